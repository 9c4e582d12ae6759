import { type Problem, type ProblemCode, problem } from '#domain/kit/problem.ts';
import { SpareThread } from '../threads/spare-thread.ts';
import { openThread } from '../threads/thread.ts';
import { Turns } from '../threads/turns.ts';
import type { ReadLimits } from './workbook/limits.ts';
import { formatOf } from './workbook/parse.ts';
import type { ParsedWorkbook } from './workbook/parsed.ts';
import { ReadSheet } from './workbook/sheet.ts';

export { cellFault } from './workbook/cell/cell-fault.ts';
export type { ReadCell, ReadSheet } from './workbook/sheet.ts';

export interface ReadWorkbook {
  readonly format: 'xlsx' | 'xls';
  readonly sheets: readonly ReadSheet[];
}

/** The party for which a file is read. */
export interface Reader {
  /** The owner of the file: one file per person is read at a time, beside the files of others. */
  readonly person?: string | undefined;
  /** Aborted when nobody waits for the file any more: it is not read, or its thread ends. */
  readonly gone?: AbortSignal | undefined;
}

/** The worker's input and its reply. */
export interface WorkerOrder {
  readonly bytes: Uint8Array;
  readonly limits: ReadLimits;
}

export type WorkerReply =
  | { readonly ok: true; readonly book: ParsedWorkbook }
  | { readonly ok: false; readonly code: ProblemCode; readonly details: unknown };

/**
 * Limits for the tables of the product: one school a row, and more rows, columns and cells than a city has. The reader
 * keeps longer texts than any imported table accepts, so that a field can say by how much a text is too long; imports
 * check that when the server starts.
 */
export const readLimits: ReadLimits = {
  rows: 6000,
  columns: 1024,
  cells: 400_000,
  walked: 5_000_000,
  ranges: 10_000,
  merged: 60_000,
  textLength: 2400,
  characters: 8_000_000,
};

const seconds = 30;
const memoryMegabytes = 400;

/** Two threads at once may need twice the memory of one; on the last day of a period many counties import together. */
const turns = new Turns({ atOnce: 2, waiting: 16, ofOne: { atOnce: 1, waiting: 2 } });

/**
 * Reads the cells of a workbook in a thread of its own with a limit on memory and time, so that a hostile or enormous
 * file affects only its sender and nobody else.
 * @throws Problem `import.notWorkbook`, `import.passwordProtected`, `import.tooLarge`, `import.damaged`, `import.busy`,
 *   `import.busyOwn`
 */
export async function readWorkbook(
  bytes: Uint8Array,
  { person, gone }: Reader = {},
  limits = readLimits,
): Promise<ReadWorkbook> {
  const format = formatOf(bytes);
  const reply = await turns.take(
    () => readInWorker({ bytes, limits }, format, gone),
    (why) => problem(why === 'own' ? 'import.busyOwn' : 'import.busy'),
    { who: person, gone },
  );
  if (!reply.ok) throw refusal(reply);
  return { format, sheets: reply.book.sheets.map((sheet) => new ReadSheet(sheet, reply.book)) };
}

/** The worker's refusal as a refusal of this thread: only its code and details can be transferred. */
function refusal({ code, details }: Extract<WorkerReply, { ok: false }>): Problem {
  return (problem as (code: ProblemCode, details: unknown) => Problem)(code, details);
}

const tooMuch: WorkerReply = {
  ok: false,
  code: 'import.tooLarge',
  details: { limit: `${seconds} 秒、${memoryMegabytes} MB 内存` },
};

/** Starting a thread takes longer than reading most files, so one stands ready. */
const readers = new SpareThread(() =>
  openThread(import.meta.dirname, 'workbook-read', {}, { maxOldGenerationSizeMb: memoryMegabytes }),
);

/** Bytes of the largest file after which a thread is kept: a larger one leaves a large heap behind. */
const keptAfter = 1024 * 1024;

function readInWorker(
  order: WorkerOrder,
  format: ReadWorkbook['format'],
  gone: AbortSignal | undefined,
): Promise<WorkerReply> {
  return new Promise((resolve, reject) => {
    const worker = readers.take();
    const leave = (isKept: boolean) => {
      clearTimeout(timer);
      gone?.removeEventListener('abort', stop);
      // Only these: the thread hangs on listeners of its own.
      for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
      if (isKept) readers.giveBack(worker);
      else readers.end(worker);
    };
    const timer = setTimeout(() => {
      leave(false);
      resolve(tooMuch);
    }, seconds * 1000);
    const stop = () => {
      leave(false);
      resolve({ ok: false, code: 'import.busy', details: undefined });
    };
    gone?.addEventListener('abort', stop, { once: true });
    worker.once('message', (reply: WorkerReply) => {
      // The library for .xls keeps the number formats of a file in its module, and would use them in the next file.
      leave(reply.ok && format === 'xlsx' && order.bytes.length <= keptAfter);
      resolve(reply);
    });
    worker.once('error', (error: Error & { code?: string }) => {
      leave(false);
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(tooMuch);
      else reject(error);
    });
    worker.once('exit', () => {
      leave(false);
      resolve({ ok: false, code: 'import.damaged', details: undefined });
    });
    worker.postMessage(order);
  });
}
