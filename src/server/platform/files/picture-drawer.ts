import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { problem } from '#domain/kit/problem.ts';
import { Turns } from '../threads/turns.ts';
import type { PictureOrder, PictureReply } from './picture-order.ts';

/** The party for which a picture is drawn. */
export interface Viewer {
  readonly person?: string | undefined;
  /** Aborted when nobody waits for it any more. */
  readonly gone?: AbortSignal | undefined;
}

export interface PictureDrawer {
  /**
   * Draws a copy of a picture into a file.
   * @throws Problem `file.notDrawn` for a picture that cannot be read within the bounds, `file.noDrawing` where the library
   *   is not there, `file.previewBusy` where too many wait
   */
  draw(order: PictureOrder, viewer?: Viewer): Promise<void>;
  /** Ends what runs; a picture that comes afterwards begins anew. */
  close(): void;
}

export interface DrawerOptions {
  /** Milliseconds that one picture may take, and after which an idle process is ended. */
  readonly patience?: number;
  readonly idle?: number;
  /** The memory that one process may hold. */
  readonly megabytes?: number;
}

/**
 * Draws at most two pictures at once, each in a process of its own, and one for each person. The processes are started by
 * the first picture and end when none came for a while.
 */
export function openPictureDrawer({
  patience = 15_000,
  idle = 60_000,
  megabytes = 600,
}: DrawerOptions = {}): PictureDrawer {
  const turns = new Turns({ atOnce: 2, waiting: 64, ofOne: { atOnce: 1, waiting: 16 } });
  const running = new Set<ChildProcess>();
  const free: ChildProcess[] = [];
  const leaving = new WeakMap<ChildProcess, NodeJS.Timeout>();

  const start = (): ChildProcess => {
    const begun = startProcess(megabytes);
    running.add(begun);
    begun.once('exit', () => end(begun));
    return begun;
  };
  const end = (one: ChildProcess) => {
    clearTimeout(leaving.get(one));
    running.delete(one);
    if (free.includes(one)) free.splice(free.indexOf(one), 1);
    one.kill('SIGKILL');
  };

  const work = async (order: PictureOrder): Promise<void> => {
    const drawing = free.pop() ?? start();
    clearTimeout(leaving.get(drawing));
    hold(drawing, true);
    const reply = await answerOf(drawing, order, patience);
    if (reply === 'ended') end(drawing);
    else {
      hold(drawing, false);
      free.push(drawing);
      leaving.set(drawing, setTimeout(end, idle, drawing).unref());
    }
    if (reply === 'missing') throw problem('file.noDrawing');
    if (reply !== 'drawn') throw problem('file.notDrawn');
  };

  return {
    draw: (order, { person, gone } = {}) =>
      turns.take(
        () => work(order),
        () => problem('file.previewBusy'),
        { who: person, gone },
      ),
    close: () => {
      for (const one of [...running]) end(one);
    },
  };
}

/** Whether the program stays up for the process: only while a picture is in it. */
function hold(drawing: ChildProcess, isHeld: boolean): void {
  if (isHeld) {
    drawing.ref();
    drawing.channel?.ref();
  } else {
    drawing.unref();
    drawing.channel?.unref();
  }
}

/** The file lies beside the bundle in a build. The process gets nothing of our environment but where modules lie. */
function startProcess(megabytes: number): ChildProcess {
  const folder = import.meta.dirname;
  const name = 'picture-draw.worker';
  const built = [folder, path.dirname(folder)].map((one) => path.join(one, `${name}.js`)).find(existsSync);
  return fork(built ?? path.join(folder, `${name}.ts`), [String(megabytes)], {
    execArgv: built === undefined ? ['--import', 'tsx'] : [],
    // What a library of machine code says of a broken picture is no line of our log.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: process.env.NODE_PATH === undefined ? {} : { NODE_PATH: process.env.NODE_PATH },
  });
}

/** @returns `ended` where the process ended by itself or was ended for its memory, and where it did not answer in time */
function answerOf(drawing: ChildProcess, order: PictureOrder, patience: number): Promise<PictureReply | 'ended'> {
  return new Promise((resolve) => {
    const settle = (reply: PictureReply | 'ended') => {
      clearTimeout(late);
      drawing.off('message', answered).off('exit', ended).off('error', ended);
      resolve(reply);
    };
    const answered = (reply: unknown) => settle(reply as PictureReply);
    const ended = () => settle('ended');
    const late = setTimeout(ended, patience);
    drawing.on('message', answered).on('exit', ended).on('error', ended);
    drawing.send(order);
  });
}
