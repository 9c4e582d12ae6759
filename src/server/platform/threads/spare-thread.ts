import type { Worker } from 'node:worker_threads';

/** Milliseconds until a thread that ended is replaced, so that the caller gets the answer first. */
const startsAfter = 50;
/** Milliseconds that a thread stays ready unused before its memory is given back. */
const standsReady = 120_000;

/**
 * Threads that serve one piece of work at a time. Work often follows on work, so a thread stands ready: the one that was
 * given back, or else a new one that is started in advance.
 */
export class SpareThread {
  readonly #open: () => Worker;
  #spare: { readonly worker: Worker; readonly forget: () => void } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(open: () => Worker) {
    this.#open = open;
  }

  /** A thread for one piece of work; the caller gives it back or ends it. */
  take(): Worker {
    if (!this.#spare) return this.#open();
    const { worker, forget } = this.#spare;
    this.#spare = undefined;
    clearTimeout(this.#timer);
    worker.off('error', forget).off('exit', forget);
    worker.ref();
    return worker;
  }

  /** Keeps a thread whose work went well: its code is compiled, so that it does the next piece of work faster. */
  giveBack(worker: Worker): void {
    if (this.#spare) this.#finish(worker);
    else this.#keep(worker);
  }

  /** Ends a thread that is not to be used again, and starts the next one. */
  end(worker: Worker): void {
    this.#finish(worker);
    if (!this.#spare) this.#later(startsAfter, () => this.#makeReady());
  }

  #makeReady(): void {
    if (!this.#spare) this.#keep(this.#open());
  }

  #keep(worker: Worker): void {
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
      this.#finish(worker);
    });
  }

  /** A thread may run out of memory before it has ended. An error that nobody listens to would end the process. */
  #finish(worker: Worker): void {
    worker.on('error', () => {});
    void worker.terminate();
  }

  /** These timers do not keep a process alive that has nothing else to do. */
  #later(milliseconds: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, milliseconds);
    this.#timer.unref();
  }
}
