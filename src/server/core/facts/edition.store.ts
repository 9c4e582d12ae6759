import type { Prepared } from '#domain/framework/result.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Handle } from '#platform/db/handle.ts';
import { knownEdition, preparedEdition } from './prepared-edition.shape.ts';

/** Which edition of a framework, with the digest of its content. */
export interface EditionKey {
  readonly key: string;
  readonly revision: number;
  readonly hash: string;
}

/**
 * A published edition, ready to score. It is read and prepared once in a process, because it never changes.
 * @throws thing.notFound where no such edition is stored
 */
export async function findPreparedEdition(
  db: Handle<never, 'framework_editions'>,
  { key, revision, hash }: EditionKey,
): Promise<Prepared> {
  const found = knownEdition(hash);
  if (found) return found;
  const row = await db
    .selectFrom('framework_editions')
    .select('definition')
    .where('key', '=', key)
    .where('revision', '=', revision)
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (!row) throw problem('thing.notFound', { what: '个指标体系版本' });
  return preparedEdition(row.definition, hash);
}
