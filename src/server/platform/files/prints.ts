import { Turns } from '../threads/turns.ts';
import { type DrawerOptions, openFileProcesses } from './file-processes.ts';
import type { Files } from './files.ts';
import type { PrintsReply } from './prints-order.ts';

export type { FilePrints } from './prints-order.ts';

export interface PrintReader {
  /**
   * The prints of a stored file, by the hash and the media type of its content: of a picture, of the text of a PDF, a Word
   * document or a workbook, of the pages of a PDF without text, and of the pictures within the others. Files of other types
   * have none.
   * @returns `unreadable` where the file is damaged, behind a password, or beyond the bounds of memory and time; `missing`
   *   where the library of pictures is not on this machine
   * @throws Problem `file.previewBusy` where too many wait
   */
  read(content: { readonly hash: string; readonly mediaType: string }): Promise<PrintsReply>;
  /** Ends what runs; a file that comes afterwards begins anew. */
  close(): void;
}

/**
 * Opens the reading of prints: one file at a time in a process with bounds, beside the processes of previews, so that nobody
 * who looks at a file waits for the work of a job.
 */
export function openPrintReader(
  store: Pick<Files, 'contentPath'>,
  bounds: Required<DrawerOptions> = printBounds,
): PrintReader {
  const turns = new Turns({ atOnce: 1, waiting: 64, ofOne: { atOnce: 1, waiting: 64 } });
  const processes = openFileProcesses(bounds, turns);
  return {
    read: async ({ hash, mediaType }) => {
      const reply = await processes.ask({ as: 'prints', mediaType, from: store.contentPath(hash) });
      return reply === 'ended' ? 'unreadable' : reply;
    },
    close: processes.close,
  };
}

/** Milliseconds for one file, milliseconds after which an idle process ends, and the memory that it may hold. */
export const printBounds = { patience: 60_000, idle: 30_000, megabytes: 700 } as const;
