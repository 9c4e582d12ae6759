import { setImmediate } from 'node:timers/promises';
import type { Slices } from '#domain/kit/slices.ts';

/** Milliseconds for which long work holds the thread at a time; requests are answered between two slices. */
const slice = 10;

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
