import { nowhere } from '#domain/access/actor.ts';
import { judgeFile } from '#domain/file/file-kind.ts';
import { problem } from '#domain/kit/problem.ts';
import { type WholeHandle, withWriting } from '#platform/db/handle.ts';
import { evidenceOf } from '#platform/files/file-evidence.ts';
import type { FileServices } from '#platform/files/file-services.ts';
import type { Log } from '#platform/http/endpoint.ts';
import type { RawServices } from '../access/serve.ts';
import { type StoredUpload, writeKept, writeRefused, writeScan } from './uploads.store.ts';

type Known = Pick<StoredUpload, 'id' | 'name' | 'size'>;

interface Finishing {
  readonly services: Pick<RawServices, 'background'> & { readonly files: FileServices };
  readonly personId: string;
  readonly log: Pick<Log, 'error'>;
}

/**
 * Finishes an upload whose bytes are all there: looks at them, asks the scanner, and keeps them under their hash or refuses
 * them with a sentence. It runs once at a time, whoever asks. Where the server or the scanner fails, the upload waits and
 * is tried again when it is asked about next.
 */
export function finishUpload({ services, personId, log }: Finishing, upload: Known): Promise<void> {
  const { files } = services;
  return files.store.finishing(upload.id, async () => {
    try {
      await finish(upload, files, (work) => withWriting(services.background, { ...nowhere, person: personId }, work));
    } catch (error) {
      log.error({ err: error, upload: upload.id }, 'an upload could not be finished');
    }
  });
}

type Writing = <Result>(work: (db: WholeHandle) => Promise<Result>) => Promise<Result>;

async function finish({ id, name, size }: Known, { store, scanner }: FileServices, writing: Writing): Promise<void> {
  if ((await store.pending.received(id)) !== size) return;
  const path = store.pending.pathOf(id);
  const judged = judgeFile(name, await evidenceOf(path));
  const refuse = async (because: string) => {
    await writing((db) => writeRefused(db, id, problem('file.refused', { name, because }).message));
    await store.pending.discard(id);
  };
  if (!judged.kept) return refuse(judged.because);
  const hash = await store.pending.hashOf(id, size);
  // A scanner that does not answer keeps nobody from bringing files: they are opened when it has seen them.
  const said = (await scanner?.scan(path).catch(() => undefined)) ?? null;
  if (said === 'infected') return refuse('查出病毒');
  const kept = await writing(async (db) => {
    const known = await writeKept(db, { id, hash, mediaType: judged.mediaType });
    if (known === undefined) return false;
    if (said !== null) await writeScan(db, hash, said);
    await store.keep(id, hash);
    return true;
  });
  if (kept) await store.pending.discard(id);
}

/** Whether all bytes of an upload are on the disk. */
export async function isComplete({ store }: FileServices, { id, size }: Known): Promise<boolean> {
  return (await store.pending.received(id)) === size;
}
