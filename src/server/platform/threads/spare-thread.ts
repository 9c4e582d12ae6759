import type { Worker } from 'node:worker_threads';

/** Milliseconds after a use until the next thread is started, so that the caller gets the answer first. */
const startsAfter = 50;
/** Milliseconds that a thread stays ready unused before its memory is given back. */
const standsReady = 120_000;

/** Threads that serve one piece of work each. Work often follows on work, so the next thread is started in advance. */
export class SpareThread {
  readonly #open: () => Worker;
  #spare: { readonly worker: Worker; readonly forget: () => void } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(open: () => Worker) {
    this.#open = open;
  }

  /** A thread for one piece of work; the caller ends it. */
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
    // A thread that ended while unused is not handed out; the next work starts its own thread and meets the fault
    // itself.
    worker.once('error', forget).once('exit', forget);
    worker.unref();
    this.#spare = { worker, forget };
    this.#later(standsReady, () => {
      this.#spare = undefined;
      void worker.terminate();
    });
  }

  /** These timers do not keep a process alive that has nothing else to do. */
  #later(milliseconds: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, milliseconds);
    this.#timer.unref();
  }
}
