import { countHolders, listPostsHeldBy, lockHolders } from '#core/access/grant/grants.store.ts';
import { listStandInsOf } from '#core/access/grant/stand-ins.store.ts';
import type { Context } from '#core/access/serve.ts';
import type { GrantableRole } from '#domain/access/separation.ts';
import { problem } from '#domain/kit/problem.ts';

/** 三员 must stay manned: the last one of each kind is neither disabled nor relieved. `grantId`: of this post alone. */
export async function assertNotLast(ctx: Context, personId: string, grantId?: string): Promise<void> {
  for (const post of await listPostsHeldBy(ctx.db, personId)) {
    if (!post.separated || (grantId !== undefined && post.grantId !== grantId)) continue;
    await lockHolders(ctx.db, post.key);
    if ((await countHolders(ctx.db, post.key)) <= 1) throw problem('access.lastAdministrator', { role: post.name });
  }
}

/** The roles whose acts are in the hands of a person: of own posts, and of those for whom the person stands in. */
export async function rolesInHand(
  ctx: Context,
  personId: string,
): Promise<Pick<GrantableRole & { name: string }, 'key' | 'name' | 'separated' | 'secondFactor' | 'permissions'>[]> {
  const lent = (await listStandInsOf(ctx.db, personId, ctx.now)).filter((one) => one.personId === personId);
  return [
    ...(await listPostsHeldBy(ctx.db, personId)),
    ...lent.map((one) => ({
      ...{ key: one.role, name: one.roleName, separated: one.separated, secondFactor: one.secondFactor },
      permissions: one.permissions,
    })),
  ];
}
