import { type Problem, problem } from '#domain/kit/problem.ts';
import { openThread } from '../threads/thread.ts';
import { Turns } from '../threads/turns.ts';
import { containerLimits, inspectContainer } from './workbook-container.ts';

/** A cell that is not empty. Rows and columns count from zero. */
export interface ReadCell {
  readonly row: number;
  readonly column: number;
  /** `error`: Excel shows #DIV/0! and the like. */
  readonly kind: 'number' | 'text' | 'truth' | 'date' | 'error';
  readonly value: number | string;
  /** As Excel shows it. */
  readonly text: string;
}

export interface ReadSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly cells: readonly ReadCell[];
}

export interface ReadWorkbook {
  readonly format: 'xlsx' | 'xls';
  readonly sheets: readonly ReadSheet[];
}

/** What the worker sends back. */
export type WorkerReply =
  | { readonly ok: true; readonly sheets: ReadSheet[] }
  | { readonly ok: false; readonly reason: 'password' | 'damaged' | 'too-large' };

/**
 * What is read of a workbook. A text is cut behind `textLength`: nothing that is filled in may be longer, and what is
 * will be refused by its field. `characters` bounds all texts of the book together.
 */
export const readLimits = {
  rows: 6000,
  cells: 400_000,
  textLength: 600,
  characters: 8_000_000,
  seconds: 30,
  memoryMegabytes: 400,
} as const;

/** Two threads at once may need twice the memory of one; on the last day of a period many counties import together. */
const turns = new Turns(2, 10);

/**
 * Reads the cells of a workbook. The library works in a thread of its own with a limit on memory and time, so that a
 * hostile or enormous file costs its sender an answer and nobody else anything.
 * @throws Problem `import.notWorkbook`, `import.passwordProtected`, `import.tooLarge`, `import.damaged`, `import.busy`
 */
export async function readWorkbook(bytes: Uint8Array): Promise<ReadWorkbook> {
  const format = await inspectContainer(bytes);
  const reply = await turns.take(
    () => readInWorker(bytes),
    () => problem('import.busy'),
  );
  if (reply.ok) return { format, sheets: reply.sheets };
  throw refusal(reply.reason);
}

function refusal(reason: 'password' | 'damaged' | 'too-large'): Problem {
  if (reason === 'password') return problem('import.passwordProtected');
  if (reason === 'damaged') return problem('import.damaged');
  return problem('import.tooLarge', { limit: `${containerLimits.bytes / 1024 / 1024} MB` });
}

function readInWorker(bytes: Uint8Array): Promise<WorkerReply> {
  return new Promise((resolve, reject) => {
    const worker = openThread(
      import.meta.dirname,
      'workbook-read',
      { bytes, limits: readLimits },
      { maxOldGenerationSizeMb: readLimits.memoryMegabytes },
    );
    const timer = setTimeout(() => {
      resolve({ ok: false, reason: 'too-large' });
      void worker.terminate();
    }, readLimits.seconds * 1000);
    worker.once('message', (reply: WorkerReply) => {
      clearTimeout(timer);
      resolve(reply);
      void worker.terminate();
    });
    worker.once('error', (error: Error & { code?: string }) => {
      clearTimeout(timer);
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ ok: false, reason: 'too-large' });
      else reject(error);
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve({ ok: false, reason: 'damaged' });
    });
  });
}
