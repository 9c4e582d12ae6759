import { randomBytes } from 'node:crypto';
import * as tokens from '#contract/session/tokens.ts';
import { countActiveTokens, insertToken, revokeToken } from '#core/access/account/tokens.store.ts';
import { serve } from '#core/access/serve.ts';
import { hashOfToken } from '#core/access/session/session.ts';
import { holds } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { lockCount } from '#platform/db/named-lock.ts';
import { newId } from '#platform/ids/new-id.ts';
import { listPostPlaces } from './session.store.ts';
import { listTokensOf } from './tokens.store.ts';

/** Tokens by which other systems act in one's own name, with a part of one's own permissions. */
export const tokenRoutes = [
  serve(tokens.list, async (ctx) => {
    const rows = await listTokensOf(ctx.db, ctx.actor.userId);
    const places = await listPostPlaces(ctx.db, rows);
    return {
      rows: rows.map((row) => ({
        id: row.id,
        name: row.name,
        permissions: row.permissions as Permission[],
        post: { roleName: row.roleName, placeName: places.get(row.grantId) ?? null },
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
        state: stateOf(row, ctx.now),
      })),
    };
  }),

  serve(tokens.create, async (ctx, { body }) => {
    const missing = body.permissions.filter((permission) => !holds(ctx.actor, permission));
    if (missing.length > 0) throw problem('access.denied');
    const { post } = ctx.actor;
    if (post === null) throw problem('access.denied');
    if (post.standInId !== null) throw problem('access.ownPostOnly');
    await lockCount(ctx.db, 'tokens', ctx.actor.userId);
    assertRoomFor('tokens', await countActiveTokens(ctx.db, ctx.actor.userId, ctx.now));
    // The prefix lets people, and scanners of source code, see what it is.
    const token = `dudao_${randomBytes(30).toString('base64url')}`;
    const id = newId();
    const expiresAt = new Date(ctx.now.getTime() + body.days * 86_400_000);
    const permissions = [...new Set(body.permissions)];
    await insertToken(ctx.db, {
      id,
      personId: ctx.actor.userId,
      grantId: post.grantId,
      name: body.name,
      hash: hashOfToken(token),
      permissions,
      now: ctx.now,
      expiresAt,
    });
    await ctx.record({
      action: 'token.created',
      objectType: 'token',
      objectId: id,
      after: { name: body.name, permissions, expiresAt: expiresAt.toISOString() },
    });
    return { id, token, expiresAt: expiresAt.toISOString() };
  }),

  serve(tokens.revoke, async (ctx, { params }) => {
    if (!(await revokeToken(ctx.db, ctx.actor.userId, params.tokenId, ctx.now))) {
      throw problem('thing.notFound', { what: '个访问令牌' });
    }
    await ctx.record({ action: 'token.revoked', objectType: 'token', objectId: params.tokenId });
    return { done: true as const };
  }),
];

function stateOf(
  row: { readonly revokedAt: Date | null; readonly expiresAt: Date },
  now: Date,
): 'active' | 'expired' | 'revoked' {
  if (row.revokedAt !== null) return 'revoked';
  return row.expiresAt <= now ? 'expired' : 'active';
}
