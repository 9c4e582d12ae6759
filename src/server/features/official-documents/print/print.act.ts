import { readFile } from 'node:fs/promises';
import { type FileToMake, pdfType, wordType } from '#contract/route.ts';
import type { Context } from '#core/access/serve.ts';
import { findAttachedContent } from '#core/evidence/attachments.store.ts';
import { layOutLetter } from '#domain/letter/laid-letter.ts';
import type { Letter } from '#domain/letter/letter.shape.ts';
import type { LetterHandle } from '../letter.store.ts';

/** Stands across the pages of what is not issued. */
const watermark = '草稿';

/** The content type of each file of a letter. */
export const letterFileTypes = { pdf: pdfType, word: wordType } as const;

/** The name of the file of a letter: its number where it has one, and its title. */
export function fileNameOf(letter: { readonly number: string | null; readonly title: string }, ending: string): string {
  return `${letter.number === null ? '草稿_' : `${letter.number}_`}${letter.title.replaceAll(/[\s/\\]/g, '')}.${ending}`;
}

/**
 * The letter as a file: the frozen one where it was printed, also after the fonts of the office have changed; otherwise it is
 * printed when the transaction has ended.
 * @param attachmentId of the frozen file
 */
export async function printReply(
  { db, files, press, actor }: Pick<Context<LetterHandle>, 'db' | 'files' | 'press' | 'actor'>,
  letter: { readonly number: string | null; readonly title: string; readonly model: Letter },
  as: 'pdf' | 'word',
  attachmentId?: string,
): Promise<FileToMake> {
  const frozen = attachmentId === undefined ? undefined : await findAttachedContent(db, attachmentId);
  const laid = layOutLetter(letter.model);
  return {
    fileName: fileNameOf(letter, as === 'pdf' ? 'pdf' : 'docx'),
    contentType: letterFileTypes[as],
    inline: as === 'pdf',
    body: async (gone) =>
      frozen === undefined
        ? (
            await press.print(laid, as, {
              who: actor.userId,
              gone,
              watermark: letter.number === null ? watermark : undefined,
            })
          ).bytes
        : readFile(files.store.contentPath(frozen.hash)),
  };
}
