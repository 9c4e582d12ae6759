import { parentPort } from 'node:worker_threads';
import { isProblem } from '#domain/kit/problem.ts';
import { parseWorkbook } from './workbook/parse.ts';
import type { WorkerOrder, WorkerReply } from './workbook-read.ts';

/** Runs in a thread of its own, for one file at a time: bytes in, cells out. See `workbook-read.ts`. */
parentPort!.on('message', async (order: WorkerOrder) => {
  const reply = await answer(order);
  parentPort!.postMessage(reply, reply.ok ? columnsOf(reply) : []);
});

async function answer({ bytes, limits }: WorkerOrder): Promise<WorkerReply> {
  try {
    return { ok: true, book: await parseWorkbook(bytes, limits) };
  } catch (error) {
    if (isProblem(error)) return { ok: false, code: error.code, details: error.details };
    // Any other error that a file causes is reported to its sender as a fault of the file.
    return { ok: false, code: 'import.damaged', details: undefined };
  }
}

/** The buffers that move to the other thread without being copied. */
function columnsOf({ book }: Extract<WorkerReply, { ok: true }>): ArrayBuffer[] {
  return book.sheets.flatMap(({ cells }) => Object.values(cells).map((column) => column.buffer as ArrayBuffer));
}
