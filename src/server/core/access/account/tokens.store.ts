import type { AccessHandle } from './accounts.store.ts';

/** Adds a token of a person for a post; `hash` is what is kept of the secret. */
export async function insertToken(
  db: AccessHandle,
  token: {
    id: string;
    personId: string;
    grantId: string;
    name: string;
    hash: string;
    permissions: string[];
    now: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await db
    .insertInto('access_tokens')
    .values({
      id: token.id,
      person_id: token.personId,
      grant_id: token.grantId,
      name: token.name,
      hash: token.hash,
      permissions: token.permissions,
      created_at: token.now,
      expires_at: token.expiresAt,
    })
    .execute();
}

/** Ends one of one's own tokens; false when it is not one of them or over already. */
export async function revokeToken(db: AccessHandle, personId: string, tokenId: string, now: Date): Promise<boolean> {
  const revoked = await db
    .updateTable('access_tokens')
    .set({ revoked_at: now })
    .where('id', '=', tokenId)
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(revoked.numUpdatedRows) === 1;
}

/** The tokens of a person that still open something. */
export async function countActiveTokens(db: AccessHandle, personId: string, now: Date): Promise<number> {
  const { count } = await db
    .selectFrom('access_tokens')
    .innerJoin('grants', 'grants.id', 'access_tokens.grant_id')
    .where('access_tokens.person_id', '=', personId)
    .where('access_tokens.revoked_at', 'is', null)
    .where('grants.revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
