import * as handing from '#contract/people/hand-over.ts';
import { findPerson } from '#core/access/account/accounts.store.ts';
import type { Feature } from '#core/access/feature.ts';
import { type LeavingPost, workHandedOver } from '#core/access/hand-over.ts';
import { type Context, type Served, serve } from '#core/access/serve.ts';
import { holds } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { recordOfPerson } from '../people.audit.shape.ts';
import { listPostsOf } from '../people.store.ts';
import { listOpenWork, listSuccessors, type Successor } from './hand-over.store.ts';

/**
 * What a person has open at a post passes to another post of the same unit or school. The features say what that is, count it,
 * and pass it in jobs of their own: the administrator who decides reads nothing of it.
 */
export function handOverRoutes(features: () => readonly Feature[]): readonly Served[] {
  const doors = () => features().flatMap(({ handsOver }) => handsOver ?? []);
  const kindsOf = () => Object.assign({}, ...doors().map(({ kinds }) => kinds)) as Kinds;
  const openAt = async (ctx: Context, post: LeavingPost) => {
    const kinds = kindsOf();
    const rows = await listOpenWork(
      ctx.db,
      doors().map(({ of }) => of(post)),
    );
    return rows.map(({ kind, count }) => ({ kind, title: kinds[kind]!.title, count }));
  };
  const mayTake = (one: Successor) =>
    Object.entries(kindsOf()).flatMap(([kind, { fits }]) => (fits(one) ? [kind] : []));

  return [
    serve(handing.openWork, async (ctx, { params }) => {
      const post = await leavingPost(ctx, params);
      const successors = post === null ? [] : await listSuccessors(ctx.db, post);
      return {
        rows: post === null ? [] : await openAt(ctx, post),
        successors: successors.map((one) => ({
          ...{ grantId: one.grantId, name: one.name, roleName: one.roleName, kinds: mayTake(one) },
        })),
        can: { handOver: holds(ctx.actor, 'role.grant') && params.personId !== ctx.actor.userId },
      };
    }),

    serve(handing.handOver, async (ctx, { params, body }) => {
      await findPerson(ctx.db, params.personId, true);
      ctx.authorize(params.personId !== ctx.actor.userId, problem('access.notYourself'));
      const post = await leavingPost(ctx, params);
      if (post === null)
        throw problem('access.handOverRefused', { reason: '这个岗位不在单位或学校，没有可移交的工作。' });
      const open = (await openAt(ctx, post)).filter(({ kind }) => body.kinds.includes(kind));
      if (open.length === 0)
        throw problem('access.handOverRefused', { reason: '所选的工作已经办完或已移交，请刷新后查看。' });
      const to = (await listSuccessors(ctx.db, post)).find(({ grantId }) => grantId === body.to);
      if (to === undefined) throw problem('thing.notFound', { what: '个接手的岗位' });
      const lacking = open.filter(({ kind }) => !mayTake(to).includes(kind)).map(({ title }) => title);
      if (lacking.length > 0) {
        throw problem('access.handOverRefused', {
          reason: `${to.name}的${to.roleName}无权办理：${lacking.join('、')}。`,
        });
      }
      const { placeId, schoolId } = post;
      const what = open.map(({ title, count }) => `${title} ${count} 项`).join('、');
      await ctx.announce(workHandedOver, {
        ...{ places: [placeId], placeId, schoolId, what, kinds: open.map(({ kind }) => kind) },
        from: { id: post.personId, name: post.name, postId: post.grantId },
        to: { id: to.personId, name: to.name, postId: to.grantId },
      });
      await ctx.record(
        recordOfPerson(post.personId, 'person.handedOver', {
          after: { post: post.grantId, what, successor: to.name, successorPost: to.grantId },
        }),
      );
      return { done: true as const };
    }),
  ];
}

type Kinds = NonNullable<Feature['handsOver']>['kinds'];

/** The post with its place; null where it has none. */
async function leavingPost(
  ctx: Context,
  { personId, grantId }: { readonly personId: string; readonly grantId: string },
): Promise<LeavingPost | null> {
  const person = await findPerson(ctx.db, personId);
  const post = (await listPostsOf(ctx.db, [personId])).find((one) => one.grantId === grantId && one.revokedAt === null);
  if (person === undefined || post === undefined) throw problem('thing.notFound', { what: '个岗位' });
  const { unitId: placeId, schoolId } = post;
  return placeId === null
    ? null
    : { grantId, personId, name: person.name, placeId, schoolId, today: dayInChina(ctx.now) };
}
