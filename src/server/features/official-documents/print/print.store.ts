import { sql } from 'kysely';
import type { Letter } from '#domain/letter/letter.shape.ts';
import { type LetterPrint, listPrints, type PrintFont } from '../letter.detail.store.ts';
import type { LetterHandle } from '../letter.store.ts';

/** An issued letter that is printed by the program, with the files that its writers attached. */
export interface PrintedLetterRow {
  readonly placeId: number;
  readonly id: string;
  readonly title: string;
  readonly number: string;
  readonly model: Letter;
}

/** The letter, kept until the transaction ends; undefined where it is not issued, or is printed already. */
export async function lockUnprinted(
  db: LetterHandle,
  placeId: number,
  id: string,
): Promise<PrintedLetterRow | undefined> {
  const { rows } = await sql<PrintedLetterRow>`
    select l.place_id as "placeId", l.id, l.title, l.number_text as number, l.model from lock_letter(${placeId}, ${id}) l
     where l.number is not null and not l.on_paper`.execute(db);
  const [letter] = rows;
  return letter !== undefined && (await listPrints(db, letter)).length === 0 ? letter : undefined;
}

/** A file that was printed and lies as an upload of whoever issued the letter. */
export interface BroughtPrint {
  readonly format: LetterPrint['format'];
  readonly uploadId: string;
}

/** Hangs the files of an issued letter on it and enters them with the fonts that stood in; once. */
export async function writePrints(
  db: LetterHandle,
  { placeId, id }: Pick<PrintedLetterRow, 'placeId' | 'id'>,
  prints: readonly BroughtPrint[],
  fonts: readonly PrintFont[],
  { byName, at }: { readonly byName: string; readonly at: Date },
): Promise<void> {
  await sql`
    select keep_letter_prints(${placeId}, ${id}, ${JSON.stringify(prints)}::jsonb, ${JSON.stringify(fonts)}::jsonb,
                              ${byName}, ${at}::timestamptz)`.execute(db);
}

/**
 * Hangs every file of the letter on its receipts too, at the places of the addressees; only what the program printed is
 * marked there as the frozen letter. Returns how many.
 */
export async function writeFilesOfReceipts(
  db: LetterHandle,
  { placeId, id }: Pick<PrintedLetterRow, 'placeId' | 'id'>,
  byName: string,
): Promise<number> {
  const { rows } = await sql<{ hung: number }>`select hang_letter_files(${placeId}, ${id}, ${byName}) as hung`.execute(
    db,
  );
  return rows[0]!.hung;
}

/** The attachment that holds the frozen file of a letter; undefined until it is printed. */
export async function findPrintedAttachment(
  db: LetterHandle,
  { placeId, id }: Pick<PrintedLetterRow, 'placeId' | 'id'>,
  format: LetterPrint['format'],
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select attachment_id as id from letter_prints
     where place_id = ${placeId} and letter_id = ${id} and format = ${format}`.execute(db);
  return rows[0]?.id;
}

/** The same of a receipt, on which nothing hangs but what the program copied. */
export async function findReceivedAttachment(
  db: LetterHandle,
  { placeId, id }: { readonly placeId: number; readonly id: string },
  format: LetterPrint['format'],
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from attachments
     where place_id = ${placeId} and subject_type = 'letter-receipt' and subject_id = ${id} and part = ${format}
       and detached_at is null`.execute(db);
  return rows[0]?.id;
}
