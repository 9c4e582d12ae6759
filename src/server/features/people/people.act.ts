import { currentRole, holdersOf, lockHolders } from '#core/access/grant/grants.store.ts';
import type { Context } from '#core/access/serve.ts';
import { problem } from '#domain/kit/problem.ts';

/** 三员 must stay manned: the last one of each kind is neither disabled nor relieved. */
export async function assertNotLast(ctx: Context, personId: string): Promise<void> {
  const role = await currentRole(ctx.db, personId);
  if (!role?.separated) return;
  await lockHolders(ctx.db, role.key);
  if ((await holdersOf(ctx.db, role.key)) <= 1) throw problem('access.lastAdministrator', { role: role.name });
}
