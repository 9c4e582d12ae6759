import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import type { preview } from '#contract/files/attachments.ts';
import type { Beforehand } from '#core/access/serve.ts';
import { type AttachmentHandle, findAttachedContent } from '#core/evidence/attachments.store.ts';
import type { Actor } from '#domain/access/actor.ts';
import { previewKind } from '#domain/file/file-kind.ts';
import { isProblem, problem } from '#domain/kit/problem.ts';
import { type Reader, readInThread } from '#platform/documents/file-read.ts';
import { type ReadSheet, readWorkbook } from '#platform/documents/workbook-read.ts';
import { assertOpen } from './file-state.shape.ts';
import { type Holders, refusalToOpen } from './holding.act.ts';

const most = { sheets: 20, rows: 200, columns: 50, characters: 200 };

/** What of a file is shown, without its name. */
export type Preview = Omit<z.input<typeof preview.output>, 'name'>;

const nothing: Preview = { sheets: [], blocks: [], more: false };

/** What a workbook or a document holds, read in a thread with bounds of its own. */
export async function readPreview(
  holders: Holders,
  id: string,
  actor: Actor,
  { reading, files, gone, today }: Beforehand<AttachmentHandle>,
): Promise<Preview> {
  const content = await reading((db) => findAttachedContent(db, id));
  // The handler says in its words that there is nothing, or nothing for this person.
  if (content === undefined || refusalToOpen(holders, actor, content, today) !== null) return nothing;
  assertOpen(files, content.scan);
  const kind = previewKind(content);
  if (kind !== 'sheets' && kind !== 'text') throw problem('file.noPreview');
  const bytes = await readFile(files.store.contentPath(content.hash));
  const reader: Reader = { person: actor.userId, gone };
  try {
    if (kind === 'text') {
      const { blocks, more } = await readInThread({ kind: 'docx', bytes }, reader);
      return { ...nothing, blocks: blocks as Preview['blocks'], more };
    }
    const { sheets } = await readWorkbook(bytes, reader);
    const shown = sheets.filter(({ hidden, isEmpty }) => !hidden && !isEmpty);
    return { ...nothing, sheets: shown.slice(0, most.sheets).map(sheetOf), more: shown.length > most.sheets };
  } catch (error) {
    if (!isProblem(error)) throw error;
    throw problem(/busy/i.test(error.code) ? 'file.previewBusy' : 'file.noPreview');
  }
}

/** The first rows of a sheet, each as long as it holds something. */
function sheetOf(sheet: ReadSheet) {
  const rows: string[][] = [];
  let more = false;
  for (const { row, cells } of sheet.rows()) {
    if (row >= most.rows) {
      more = true;
      break;
    }
    const made: string[] = [];
    for (const { column, text } of cells) {
      if (column >= most.columns) more = true;
      else made[column] = text.length > most.characters ? `${text.slice(0, most.characters)}…` : text;
    }
    rows[row] = made;
  }
  return { name: sheet.name, rows: Array.from(rows, (cells) => Array.from(cells ?? [], (text) => text ?? '')), more };
}
