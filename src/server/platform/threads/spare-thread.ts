import type { Worker } from 'node:worker_threads';

/** Milliseconds after a use until the next thread is started: whoever asked has his answer first. */
const startsAfter = 50;
/** Milliseconds that a thread stands ready unused before its memory is given back. */
const standsReady = 120_000;

/** Threads that serve one piece of work each, where work often follows on work: the next one is started beforehand. */
export class SpareThread {
  readonly #open: () => Worker;
  #spare: { readonly worker: Worker; readonly forget: () => void } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(open: () => Worker) {
    this.#open = open;
  }

  /** A thread for one piece of work; whoever takes it ends it. */
  take(): Worker {
    const spare = this.#spare;
    this.#spare = undefined;
    this.#later(startsAfter, () => this.#makeReady());
    if (!spare) return this.#open();
    const { worker, forget } = spare;
    worker.off('error', forget).off('exit', forget);
    worker.ref();
    return worker;
  }

  #makeReady(): void {
    const worker = this.#open();
    const forget = () => {
      if (this.#spare?.worker === worker) this.#spare = undefined;
    };
    // What ends before its turn is not taken; the next work starts a thread of its own and meets the fault itself.
    worker.once('error', forget).once('exit', forget);
    worker.unref();
    this.#spare = { worker, forget };
    this.#later(standsReady, () => {
      this.#spare = undefined;
      void worker.terminate();
    });
  }

  /** Neither timer keeps a process alive that has nothing else to do. */
  #later(milliseconds: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, milliseconds);
    this.#timer.unref();
  }
}
