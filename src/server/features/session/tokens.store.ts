import type { AccessHandle } from '#core/access/account/accounts.store.ts';

/** The tokens of a person, newest first, at most 200. */
export async function listTokensOf(db: AccessHandle, personId: string) {
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
