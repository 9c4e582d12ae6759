import type { AccessHandle } from '#core/access/account/accounts.store.ts';

export async function ownTokens(db: AccessHandle, personId: string) {
  return (
    db
      .selectFrom('access_tokens')
      .innerJoin('grants', 'grants.id', 'access_tokens.grant_id')
      .innerJoin('roles', 'roles.key', 'grants.role_key')
      .where('access_tokens.person_id', '=', personId)
      .orderBy('created_at', 'desc')
      .limit(200)
      .select([
        'access_tokens.id',
        'access_tokens.name',
        'access_tokens.permissions',
        'created_at as createdAt',
        'expires_at as expiresAt',
        'last_used_at as lastUsedAt',
        'grants.id as grantId',
        'grants.unit_id as unitId',
        'grants.school_id as schoolId',
        'roles.name as roleName',
      ])
      // A token ends with its post.
      .select((of) => of.fn.coalesce('access_tokens.revoked_at', 'grants.revoked_at').as('revokedAt'))
      .execute()
  );
}

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
