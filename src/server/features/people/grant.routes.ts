import * as people from '#contract/people/people.ts';
import { endSessionsOf, findPerson, revokeTokensOf } from '#core/access/account/accounts.store.ts';
import { currentRole, findGrantPlace, findRole, insertGrant, revokeGrant } from '#core/access/grant/grants.store.ts';
import { serve } from '#core/access/serve.ts';
import { grantRefusal, needsTwoPeople } from '#domain/access/separation.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { assertNotLast } from './people.act.ts';

/** Giving and taking roles: the business of the 安全管理员 alone. */
export const grantRoutes = [
  serve(people.grantRole, async (ctx, { params, body }) => {
    const person = await findPerson(ctx.db, params.personId, true);
    if (person === undefined) throw problem('thing.notFound', { what: '个人员' });
    const role = await findRole(ctx.db, body.role);
    if (role === undefined) throw problem('thing.notFound', { what: '个角色' });
    const place = body.unitId === null ? null : await findGrantPlace(ctx.db, body.unitId, body.schoolId);
    if (body.unitId !== null && place === null) throw problem('thing.notFound', { what: '个单位或学校' });
    const current = await currentRole(ctx.db, person.id);
    const reason = grantRefusal(
      role,
      { unitLevel: place?.unitLevel ?? null, schoolId: body.schoolId },
      current,
      person.id === ctx.actor.userId,
    );
    ctx.authorize(reason === null, problem('access.grantRefused', { reason: reason ?? '' }));
    if (person.status !== 'active') throw problem('access.grantRefused', { reason: '账户已停用，不能授予角色。' });
    // Whoever handed the password out, or holds the link, would still be able to come in as this person.
    if (needsTwoPeople(role) && (person.password_changed_at === null || person.must_change_password)) {
      throw problem('access.grantRefused', {
        reason: `此人还没有自己设定密码，不能授予${role.name}；请本人先登录并设定密码。`,
      });
    }
    await insertGrant(ctx.db, {
      id: newId(),
      personId: person.id,
      role: role.key,
      unitId: body.unitId,
      schoolId: body.schoolId,
      grantedBy: ctx.actor.userId,
      now: ctx.now,
    });
    await endEverywhere(ctx, person.id);
    await ctx.record({
      action: 'role.granted',
      objectType: 'person',
      objectId: person.id,
      before: current === null ? null : { role: current.key, unitId: current.unitId, schoolId: current.schoolId },
      after: { role: role.key, unitId: body.unitId, schoolId: body.schoolId, place: place?.name ?? null },
    });
    return { done: true as const };
  }),

  serve(people.revokeRole, async (ctx, { params }) => {
    const person = await findPerson(ctx.db, params.personId, true);
    if (person === undefined) throw problem('thing.notFound', { what: '个人员' });
    ctx.authorize(person.id !== ctx.actor.userId, problem('access.notYourself'));
    const current = await currentRole(ctx.db, person.id);
    if (current === null) throw problem('access.grantRefused', { reason: '此人现在没有角色。' });
    await assertNotLast(ctx, person.id);
    await revokeGrant(ctx.db, person.id, ctx.actor.userId, ctx.now);
    await endEverywhere(ctx, person.id);
    await ctx.record({
      action: 'role.revoked',
      objectType: 'person',
      objectId: person.id,
      before: { role: current.key, unitId: current.unitId, schoolId: current.schoolId },
      after: null,
    });
    return { done: true as const };
  }),
];

/** A changed right holds from this moment: what was opened under the old one is closed. */
async function endEverywhere(ctx: Parameters<typeof assertNotLast>[0], personId: string): Promise<void> {
  await endSessionsOf(ctx.db, personId);
  await revokeTokensOf(ctx.db, personId, ctx.now);
}
