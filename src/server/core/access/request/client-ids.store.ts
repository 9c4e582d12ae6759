import { problem } from '#domain/kit/problem.ts';
import type { Handle } from '#platform/db/handle.ts';

export type ClientIdHandle = Handle<'client_ids'>;

/** The use for which a desk has minted an id. */
export interface ClientIdUse {
  /** Who sends it; a stand-in sends for himself. */
  readonly personId: string;
  /** What the id stands for, in code: `finding`. */
  readonly purpose: string;
  /** The same in the words of a refusal: `条问题`. */
  readonly what: string;
  readonly now: Date;
}

/**
 * Takes an id that a desk has minted, in the transaction that stores its row. `repeated` means that this person has used it
 * for the same purpose before: the row is there, and the act answers as it answered then. Of two that send at once the
 * second waits for the first.
 * @throws request.idTaken where somebody else has used the id, or the same person for another thing
 */
export async function claimClientId(
  db: ClientIdHandle,
  id: string,
  { personId, purpose, what, now }: ClientIdUse,
): Promise<'claimed' | 'repeated'> {
  const claimed = await db
    .insertInto('client_ids')
    .values({ id, person_id: personId, used_for: purpose, created_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (Number(claimed.numInsertedOrUpdatedRows) > 0) return 'claimed';
  const used = await db
    .selectFrom('client_ids')
    .where('id', '=', id)
    .select(['person_id as personId', 'used_for as purpose'])
    .executeTakeFirstOrThrow();
  if (used.personId !== personId || used.purpose !== purpose) throw problem('request.idTaken', { what });
  return 'repeated';
}
