import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { problem } from '#domain/kit/problem.ts';
import { Turns } from '../threads/turns.ts';
import type { PictureOrder, ProcessOrder, ReplyTo } from './picture-order.ts';

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

/** Processes of their own in which files are read that anybody may have made. */
export interface FileProcesses {
  /**
   * Has an order done.
   * @returns `ended` where the process ended by itself, for its memory or for its time
   * @throws Problem `file.previewBusy` where too many wait
   */
  ask<Order extends ProcessOrder>(order: Order, viewer?: Viewer): Promise<ReplyTo<Order> | 'ended'>;
  /** Ends what runs; an order that comes afterwards begins anew. */
  close(): void;
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
  const processes = openFileProcesses({ patience, idle, megabytes }, turns);
  return {
    draw: async (order, viewer) => {
      const reply = await processes.ask(order, viewer);
      if (reply === 'missing') throw problem('file.noDrawing');
      if (reply !== 'drawn') throw problem('file.notDrawn');
    },
    close: processes.close,
  };
}

/** Processes for orders of one kind, with their bounds and with the turns in which the orders come. */
export function openFileProcesses({ patience, idle, megabytes }: Required<DrawerOptions>, turns: Turns): FileProcesses {
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

  const work = async <Order extends ProcessOrder>(order: Order): Promise<ReplyTo<Order> | 'ended'> => {
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
    return reply;
  };

  return {
    ask: (order, { person, gone } = {}) =>
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
    // Bytes travel as bytes.
    serialization: 'advanced',
    env: process.env.NODE_PATH === undefined ? {} : { NODE_PATH: process.env.NODE_PATH },
  });
}

/** @returns `ended` where the process ended by itself or was ended for its memory, and where it did not answer in time */
function answerOf<Order extends ProcessOrder>(
  drawing: ChildProcess,
  order: Order,
  patience: number,
): Promise<ReplyTo<Order> | 'ended'> {
  return new Promise((resolve) => {
    const settle = (reply: ReplyTo<Order> | 'ended') => {
      clearTimeout(late);
      drawing.off('message', answered).off('exit', ended).off('error', ended);
      resolve(reply);
    };
    const answered = (reply: unknown) => settle(reply as ReplyTo<Order>);
    const ended = () => settle('ended');
    const late = setTimeout(ended, patience);
    drawing.on('message', answered).on('exit', ended).on('error', ended);
    drawing.send(order);
  });
}
