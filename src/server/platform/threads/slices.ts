import { setImmediate } from 'node:timers/promises';

/** Milliseconds for which long work holds the thread at a time; requests are answered between two slices. */
const slice = 10;

/** Work that may pause at each `yield`. */
export type Slices<Result> = Generator<undefined, Result, undefined>;

/** Runs long work of the main thread without holding it: it makes way for requests after each slice. */
export async function inSlices<Result>(work: Slices<Result>): Promise<Result> {
  for (;;) {
    const until = performance.now() + slice;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await setImmediate();
  }
}
