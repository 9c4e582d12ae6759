import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { SpareThread } from './spare-thread.ts';

const opened: Worker[] = [];
const open = () => {
  const worker = new Worker('setInterval(() => {}, 1_000)', { eval: true });
  opened.push(worker);
  return worker;
};
afterEach(async () => {
  for (const worker of opened.splice(0)) await worker.terminate();
});

describe('a thread that runs out of memory while it is ended', () => {
  /** Node reports it as an error of the thread. */
  const outOfMemory = (worker: Worker) => () =>
    worker.emit('error', Object.assign(new Error('out of memory'), { code: 'ERR_WORKER_OUT_OF_MEMORY' }));

  it('ends nothing else', () => {
    const threads = new SpareThread(open);
    const worker = threads.take();
    threads.end(worker);
    expect(outOfMemory(worker)).not.toThrow();
  });

  it('ends nothing else when another thread stands ready already', () => {
    const threads = new SpareThread(open);
    const [kept, other] = [threads.take(), threads.take()];
    threads.giveBack(kept);
    threads.giveBack(other);
    expect(outOfMemory(other)).not.toThrow();
    expect(threads.take()).toBe(kept);
  });
});
