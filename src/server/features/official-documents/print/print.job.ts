import { doing, type FeatureJob } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { digestOfBytes } from '#core/evidence/digest.ts';
import { insertUpload, writeKept } from '#core/evidence/uploads.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { layOutLetter } from '#domain/letter/laid-letter.ts';
import { withLease, withWriting } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';
import { type LetterHandle, recordOf } from '../letter.store.ts';
import { printLetter } from '../official-document.jobs.ts';
import { fileNameOf, letterFileTypes } from './print.act.ts';
import { type BroughtPrint, lockUnprinted, writeFilesOfReceipts, writePrints } from './print.store.ts';

/**
 * Prints an issued letter and hangs both files on it and on its receipts. The letter is issued whether or not this works:
 * its number and its text are kept, and the job is tried again. Once it is printed, its files never change.
 */
async function print(
  services: JobServices,
  {
    placeId,
    letterId,
    places,
  }: { readonly placeId: number; readonly letterId: string; readonly places: readonly number[] },
): Promise<void> {
  const { press, files, now } = services;
  const { store } = files;
  const reading = atPlaces(places);
  const unprinted = (db: LetterHandle) => lockUnprinted(db, placeId, letterId);
  const letter = await withWriting(services.pool, reading, unprinted);
  if (letter === undefined) return;
  // No connection is held while the press works.
  const laid = layOutLetter(letter.model);
  const pdf = await press.print(laid, 'pdf');
  const word = await press.print(laid, 'word');
  const prints = await Promise.all(
    (
      [
        ['pdf', pdf.bytes],
        ['word', word.bytes],
      ] as const
    ).map(async ([format, bytes]) => {
      const upload = { id: newId(), name: fileNameOf(letter, format === 'pdf' ? 'pdf' : 'docx'), size: bytes.length };
      await store.pending.lay(upload.id, bytes);
      return { format, upload, digest: digestOfBytes(bytes) };
    }),
  );
  try {
    await withLease(services.pool, async (held) => {
      const acting = await held.reading(reading, (db) => services.acting(db));
      const person = acting.userId;
      if (person === null) throw new Error('a letter is printed on behalf of whoever issued it');
      await held.writing({ ...reading, person }, async (db: LetterHandle) => {
        if ((await unprinted(db)) === undefined) return;
        const kept: BroughtPrint[] = [];
        for (const { format, upload, digest } of prints) {
          await insertUpload(db, person, upload);
          await writeKept(db, { id: upload.id, hash: digest, mediaType: letterFileTypes[format] });
          await store.keep(upload.id, digest);
          kept.push({ format, uploadId: upload.id });
        }
        await writePrints(db, letter, kept, pdf.substitutions, { byName: acting.name, at: now() });
        await writeFilesOfReceipts(db, letter, acting.name);
        const after = { number: letter.number, pdf: prints[0]!.digest, word: prints[1]!.digest };
        await services.record(db, recordOf(letter, 'printed', { after }));
      });
    });
  } finally {
    for (const { upload } of prints) await store.pending.discard(upload.id);
  }
}

export const letterJobs: readonly FeatureJob[] = [doing(printLetter, print)];
