import { parentPort } from 'node:worker_threads';
import { isProblem } from '#domain/kit/problem.ts';
import type { WorkerOrder, WorkerReply } from './file-read.ts';
import { fieldsOfText, packFields } from './table-text.ts';
import { parseWorkbook } from './workbook/parse.ts';
import { readWordText } from './workbook/word/word-text.ts';

/** Runs in a thread of its own, for one file at a time: bytes in, cells out. See `file-read.ts`. */
parentPort!.on('message', async (order: WorkerOrder) => {
  const reply = await answer(order);
  parentPort!.postMessage(reply, reply.ok ? buffersOf(reply) : []);
});

async function answer(order: WorkerOrder): Promise<WorkerReply> {
  try {
    return { ok: true, content: await contentOf(order) };
  } catch (error) {
    if (isProblem(error)) return { ok: false, code: error.code, details: error.details };
    // A text can cause no other error: it would be a fault of this program.
    if (order.kind === 'text') throw error;
    // Any other error that a workbook causes is reported to its sender as a fault of the file.
    return { ok: false, code: 'import.damaged', details: undefined };
  }
}

async function contentOf(order: WorkerOrder) {
  if (order.kind === 'docx') return readWordText(order.bytes);
  if (order.kind !== 'text') return parseWorkbook(order.bytes, order.limits);
  return packFields(fieldsOfText(order.fileName, order.bytes, order.wanted));
}

/** The buffers that move to the other thread without being copied. */
function buffersOf({ content }: Extract<WorkerReply, { ok: true }>): ArrayBuffer[] {
  if ('blocks' in content) return [];
  if ('ends' in content) return [content.ends.buffer, content.widths.buffer];
  return content.sheets.flatMap(({ cells }) => Object.values(cells).map((column) => column.buffer as ArrayBuffer));
}
