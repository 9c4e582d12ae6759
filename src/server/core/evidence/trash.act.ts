import { nowhere } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import type { Services } from '../access/serve.ts';
import { isContentKnown } from './uploads.store.ts';

/**
 * What a crash left between forgetting a content and removing its bytes: back where the content is known, away otherwise.
 * A content that is known misses its bytes meanwhile, so the start does it too.
 */
export async function settleTrash({ pool, files }: Pick<Services, 'pool' | 'files'>): Promise<void> {
  for (const { hash, putBack, remove } of await files.store.trash()) {
    await withWriting(pool, nowhere, async (db) => ((await isContentKnown(db, hash)) ? putBack() : remove()));
  }
}
