import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { problem } from '#domain/kit/problem.ts';
import type { LaidLetter } from '#domain/letter/laid-letter.ts';
import { layOutReport } from '#domain/report/laid-report.ts';
import type { Report } from '#domain/report/report.ts';
import { Turns } from '../../threads/turns.ts';
import type { PressOrder, PressReply, Printed } from './press-order.ts';

export interface LetterPress {
  /**
   * The letter as a file: PDF, or Word to be edited. A watermark stands across the pages of a PDF.
   * @throws Problem `letter.busy` where too many wait, `letter.tooLarge` above the bounds of the press
   */
  print(letter: LaidLetter, as: PressOrder['as'], watermark?: string): Promise<Printed>;
  /**
   * A report as a file.
   * @param gone aborted when nobody waits for it any more
   * @throws Problem `report.busy`, `report.tooLarge`
   */
  printReport(report: Report, as: PressOrder['as'], gone?: AbortSignal): Promise<Printed>;
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
}

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
}: PressOptions): LetterPress {
  const turns = new Turns({ atOnce: 1, waiting: 32, ofOne: { atOnce: 1, waiting: 32 } });
  let press: ChildProcess | undefined;
  let leaving: NodeJS.Timeout | undefined;

  const close = () => {
    clearTimeout(leaving);
    press?.kill('SIGKILL');
    press = undefined;
  };

  const work = async (order: PressOrder): Promise<Printed> => {
    clearTimeout(leaving);
    const running = press ?? startPress(fontsDir, megabytes);
    if (press === undefined) {
      press = running;
      // One that ends while no letter is in it is not asked again.
      running.once('exit', () => {
        if (press === running) press = undefined;
      });
    }
    hold(running, true);
    const reply = await answerOf(running, order, patience);
    if (reply === 'tooLarge') {
      close();
      const limit = `${patience / 1000} 秒、${megabytes} MB 内存`;
      throw 'letter' in order ? problem('letter.tooLarge', { limit }) : problem('report.tooLarge', { limit });
    }
    hold(running, false);
    leaving = setTimeout(close, idle).unref();
    if ('fault' in reply) throw new Error(`the press could not set it: ${reply.fault}`);
    return reply.printed;
  };

  return {
    print: (letter, as, watermark) =>
      turns.take(
        () => work({ letter, as, watermark }),
        () => problem('letter.busy'),
      ),
    printReport: (report, as, gone) =>
      turns.take(
        () => work({ report: layOutReport(report), as }),
        () => problem('report.busy'),
        { gone },
      ),
    close,
  };
}

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

/** The file of the press, beside the bundle in a build. The process gets nothing of our environment but where modules lie. */
function startPress(fontsDir: string | null, megabytes: number): ChildProcess {
  const folder = import.meta.dirname;
  const name = 'letter-press.worker';
  const built = [folder, path.dirname(folder)].map((one) => path.join(one, `${name}.js`)).find(existsSync);
  return fork(built ?? path.join(folder, `${name}.ts`), [fontsDir ?? '', String(megabytes)], {
    execArgv: built === undefined ? ['--import', 'tsx'] : [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: process.env.NODE_PATH === undefined ? {} : { NODE_PATH: process.env.NODE_PATH },
  });
}

/** @returns `tooLarge` where the press was ended for its memory or did not answer in time */
function answerOf(press: ChildProcess, order: PressOrder, patience: number): Promise<PressReply | 'tooLarge'> {
  return new Promise((resolve, reject) => {
    const settle = (answer: () => void) => {
      clearTimeout(late);
      press.off('message', answered).off('exit', ended).off('error', failed);
      answer();
    };
    const answered = (reply: unknown) => settle(() => resolve(reply as PressReply));
    const failed = (error: Error) => settle(() => reject(error));
    const ended = (code: number | null, signal: string | null) =>
      settle(() =>
        signal === 'SIGKILL'
          ? resolve('tooLarge')
          : reject(new Error(`the press for letters ended with ${signal ?? code}`)),
      );
    const late = setTimeout(() => settle(() => resolve('tooLarge')), patience);
    press.on('message', answered).on('exit', ended).on('error', failed);
    press.send(order);
  });
}
