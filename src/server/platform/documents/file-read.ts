import { type Problem, type ProblemCode, problem } from '#domain/kit/problem.ts';
import { SpareThread } from '../threads/spare-thread.ts';
import { openThread } from '../threads/thread.ts';
import { Turns } from '../threads/turns.ts';
import type { Wanted } from './heading-search.ts';
import type { PackedFields } from './table-text.ts';
import type { ReadLimits } from './workbook/limits.ts';
import type { ParsedWorkbook } from './workbook/parsed.ts';
import type { WordText } from './workbook/word/word-text.ts';

/** The party for which a file is read. */
export interface Reader {
  /** The owner of the file: one file per person is read at a time, beside the files of others. */
  readonly person?: string | undefined;
  /** Aborted when nobody waits for the file any more: it is not read, or its thread ends. */
  readonly gone?: AbortSignal | undefined;
}

/** A file for the thread, with what is needed to read it. */
export type WorkerOrder = { readonly bytes: Uint8Array } & (
  | { readonly kind: 'xlsx' | 'xls'; readonly limits: ReadLimits }
  | { readonly kind: 'docx' }
  | { readonly kind: 'text'; readonly fileName: string; readonly wanted: Wanted }
);

/** What the thread made of a file. */
export type WorkerReply<Content = ParsedWorkbook | PackedFields | WordText> =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly code: ProblemCode; readonly details: unknown };

type ContentOf<Order extends WorkerOrder> = Order['kind'] extends 'text'
  ? PackedFields
  : Order['kind'] extends 'docx'
    ? WordText
    : ParsedWorkbook;

const seconds = 30;
const memoryMegabytes = 400;

/** Two threads at once may need twice the memory of one; on the last day of a period many counties import together. */
const turns = new Turns({ atOnce: 2, waiting: 16, ofOne: { atOnce: 1, waiting: 2 } });

/**
 * Reads a file in a thread of its own with a limit on memory and time, so that a hostile or enormous file affects only its
 * sender and nobody else.
 * @throws Problem `import.busy`, `import.busyOwn`, what the thread refuses, and `import.tooLarge` or `table.tooLarge` where
 *   a limit of the thread is reached
 */
export async function readInThread<Order extends WorkerOrder>(
  order: Order,
  { person, gone }: Reader,
): Promise<ContentOf<Order>> {
  const reply = await turns.take(
    () => answerOfThread(order, gone),
    (why) => problem(why === 'own' ? 'import.busyOwn' : 'import.busy'),
    { who: person, gone },
  );
  if (!reply.ok) throw refusal(reply);
  return reply.content as ContentOf<Order>;
}

/** The thread's refusal as a refusal of this one: only its code and details can be transferred. */
function refusal({ code, details }: Extract<WorkerReply, { ok: false }>): Problem {
  return (problem as (code: ProblemCode, details: unknown) => Problem)(code, details);
}

function tooMuch(order: WorkerOrder): WorkerReply {
  const limit = `${seconds} 秒、${memoryMegabytes} MB 内存`;
  if (order.kind !== 'text') return { ok: false, code: 'import.tooLarge', details: { limit } };
  return { ok: false, code: 'table.tooLarge', details: { fileName: order.fileName, limit } };
}

/** Starting a thread takes longer than reading most files, so one stands ready. */
const readers = new SpareThread(() =>
  openThread(import.meta.dirname, 'file-read', {}, { maxOldGenerationSizeMb: memoryMegabytes }),
);

/** Bytes of the largest file after which a thread is kept: a larger one leaves a large heap behind. */
const keptAfter = 1024 * 1024;

function answerOfThread(order: WorkerOrder, gone: AbortSignal | undefined): Promise<WorkerReply> {
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
      resolve(tooMuch(order));
    }, seconds * 1000);
    const stop = () => {
      leave(false);
      resolve({ ok: false, code: 'import.busy', details: undefined });
    };
    gone?.addEventListener('abort', stop, { once: true });
    worker.once('message', (reply: WorkerReply) => {
      // The library for .xls keeps the number formats of a file in its module, and would use them in the next file.
      leave(reply.ok && order.kind !== 'xls' && order.bytes.length <= keptAfter);
      resolve(reply);
    });
    worker.once('error', (error: Error & { code?: string }) => {
      leave(false);
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(tooMuch(order));
      else reject(error);
    });
    worker.once('exit', () => {
      leave(false);
      resolve({ ok: false, code: 'import.damaged', details: undefined });
    });
    worker.postMessage(order);
  });
}
