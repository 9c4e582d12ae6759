import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { problem } from '#domain/kit/problem.ts';
import type { LaidLetter } from '#domain/letter/laid-letter.ts';
import { layOutReport } from '#domain/report/laid-report.ts';
import type { Report } from '#domain/report/report.ts';
import { Turns } from '../../threads/turns.ts';
import type { CardSheet, PressOrder, PressReply, Printed } from './press-order.ts';

/** Who waits for a file. */
interface Asked {
  /** The person, who has a share of the press; absent: the program itself. */
  readonly who?: string | undefined;
  /** Aborted when nobody waits any more; a letter that is being printed then ends. */
  readonly gone?: AbortSignal | undefined;
}

export interface LetterPress {
  /**
   * The letter as a file: PDF, or Word to be edited. A watermark stands across the pages of a PDF.
   * @throws Problem `letter.busy` where too many wait, `letter.tooLarge` above the bounds of the press
   */
  print(
    letter: LaidLetter,
    as: PressOrder['as'],
    asked?: Asked & { readonly watermark?: string | undefined },
  ): Promise<Printed>;
  /**
   * A report as a file.
   * @throws Problem `report.busy`, `report.tooLarge`
   */
  printReport(report: Report, as: PressOrder['as'], asked?: Asked): Promise<Printed>;
  /**
   * Cards as a PDF: one alone on a page of its size, several on sheets.
   * @throws Problem `report.busy`, `report.tooLarge`
   */
  printCards(cards: CardSheet, asked?: Asked): Promise<Printed>;
  /** Ends the press; one that is asked again afterwards begins anew. */
  close(): void;
}

export interface PressOptions {
  /** The folder with fonts of the office; null: none. */
  readonly fontsDir: string | null;
  /** Milliseconds that one letter may take, and after which an idle press is ended. */
  readonly patience?: number;
  readonly idle?: number;
  /** The memory that the press may hold, fonts and compiler included. */
  readonly megabytes?: number;
  /** The program of the press; only tests have another one. */
  readonly program?: string;
}

/** A letter, a second form of it and a report: what one person may have here, one of them in the press. */
const share = { atOnce: 1, waiting: 2 };
/** Milliseconds after which whoever still waits is told so. */
const longestWait = 60_000;
/** The part of its memory above which a press is ended between two letters: a new one then has room for the next. */
const full = 0.9;

/**
 * Prints letters and reports in a process of its own, one after another. It is started by the first of them, because few posts print
 * and the start of the server waits for nothing of it, and it is ended when no letter came for a while: it holds the fonts
 * in memory.
 */
export function openLetterPress({
  fontsDir,
  patience = 20_000,
  idle = 60_000,
  megabytes = 600,
  program = programOfPress(),
}: PressOptions): LetterPress {
  const turns = new Turns({ atOnce: 1, waiting: 32, ofOne: share, patience: longestWait });
  let press: ChildProcess | undefined;
  let leaving: NodeJS.Timeout | undefined;
  /** Those that were ended from here, and not by themselves. */
  const closed = new WeakSet<ChildProcess>();

  const close = () => {
    clearTimeout(leaving);
    if (press !== undefined) closed.add(press);
    press?.kill('SIGKILL');
    press = undefined;
  };

  const work = async (order: PressOrder, gone: AbortSignal | undefined): Promise<Printed> => {
    clearTimeout(leaving);
    const isFresh = press === undefined;
    const running = press ?? startPress(program, fontsDir, megabytes);
    if (press === undefined) {
      press = running;
      // One that ends while no letter is in it is not asked again.
      running.once('exit', () => {
        if (press === running) press = undefined;
      });
    }
    hold(running, true);
    const reply = await answerOf(running, order, { patience, gone });
    if (reply === 'gone') {
      if (press === running) close();
      throw busy(order);
    }
    if (reply === 'full' && !isFresh && !closed.has(running)) {
      // What was printed before may have filled it.
      if (press === running) press = undefined;
      return work(order, gone);
    }
    if (typeof reply === 'string') {
      close();
      const limit = `${patience / 1000} 秒、${megabytes} MB 内存`;
      throw 'letter' in order ? problem('letter.tooLarge', { limit }) : problem('report.tooLarge', { limit });
    }
    hold(running, false);
    if (reply.held > megabytes * 1024 * 1024 * full) close();
    else leaving = setTimeout(close, idle).unref();
    if ('fault' in reply) throw new Error(`the press could not set it: ${reply.fault}`);
    return reply.printed;
  };

  return {
    print: (letter, as, { watermark, who, gone } = {}) => {
      const order = { letter, as, watermark };
      return turns.take(
        () => work(order, gone),
        () => busy(order),
        { who, gone },
      );
    },
    printReport: (report, as, { who, gone } = {}) => {
      const order = { report: layOutReport(report), as };
      return turns.take(
        () => work(order, gone),
        () => busy(order),
        { who, gone },
      );
    },
    printCards: (cards, { who, gone } = {}) => {
      const order = { cards, as: 'pdf' as const };
      return turns.take(
        () => work(order, gone),
        () => busy(order),
        { who, gone },
      );
    },
    close,
  };
}

const busy = (order: PressOrder) => problem('letter' in order ? 'letter.busy' : 'report.busy');

/** Whether the program stays up for the press: only while a letter is in it. */
function hold(press: ChildProcess, isHeld: boolean): void {
  if (isHeld) {
    press.ref();
    press.channel?.ref();
  } else {
    press.unref();
    press.channel?.unref();
  }
}

/** The file of the press, beside the bundle in a build. */
function programOfPress(): string {
  const folder = import.meta.dirname;
  const name = 'letter-press.worker';
  const built = [folder, path.dirname(folder)].map((one) => path.join(one, `${name}.js`)).find(existsSync);
  return built ?? path.join(folder, `${name}.ts`);
}

/** The process gets nothing of our environment but where modules lie. */
function startPress(program: string, fontsDir: string | null, megabytes: number): ChildProcess {
  return fork(program, [fontsDir ?? '', String(megabytes)], {
    execArgv: program.endsWith('.ts') ? ['--import', 'tsx'] : [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: process.env.NODE_PATH === undefined ? {} : { NODE_PATH: process.env.NODE_PATH },
  });
}

/** @returns `full` where the press was ended for its memory, `late` where it did not answer in time, `gone` where nobody waits */
function answerOf(
  press: ChildProcess,
  order: PressOrder,
  { patience, gone }: { readonly patience: number; readonly gone: AbortSignal | undefined },
): Promise<PressReply | 'full' | 'late' | 'gone'> {
  return new Promise((resolve, reject) => {
    const settle = (answer: () => void) => {
      clearTimeout(late);
      press.off('message', answered).off('exit', ended).off('error', failed);
      gone?.removeEventListener('abort', left);
      answer();
    };
    const answered = (reply: unknown) => settle(() => resolve(reply as PressReply));
    const failed = (error: Error) => settle(() => reject(error));
    const ended = (code: number | null, signal: string | null) =>
      settle(() =>
        signal === 'SIGKILL'
          ? resolve('full')
          : reject(new Error(`the press for letters ended with ${signal ?? code}`)),
      );
    const late = setTimeout(() => settle(() => resolve('late')), patience);
    const left = () => settle(() => resolve('gone'));
    gone?.addEventListener('abort', left, { once: true });
    press.on('message', answered).on('exit', ended).on('error', failed);
    press.send(order);
  });
}
