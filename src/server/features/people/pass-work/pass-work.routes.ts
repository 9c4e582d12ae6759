import * as handing from '#contract/people/pass-work.ts';
import { findPerson } from '#core/access/account/accounts.store.ts';
import type { Feature } from '#core/access/feature.ts';
import { type KindOfWork, type LeavingPost, workPassed } from '#core/access/pass-work.ts';
import { type Context, type Served, serve } from '#core/access/serve.ts';
import { holds } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { recordOfPerson } from '../people.audit.shape.ts';
import { listPostsOf } from '../people.store.ts';
import { findNamesAt, isPassing, listOpenWork, listSuccessors, type Successor } from './pass-work.store.ts';

/**
 * What a person has open at a post passes to another post of the same unit or school, also after the post was taken back. The
 * features say what that is, count it, and pass it in jobs of their own: the administrator who decides reads nothing of it.
 */
export function passRoutes(features: () => readonly Feature[]): readonly Served[] {
  const kindsOf = (): Readonly<Record<string, KindOfWork>> =>
    Object.assign({}, ...features().map(({ passesWork }) => passesWork?.kinds));
  const openAt = async (ctx: Context, { post }: Leaving, to: string | null) => {
    const kinds = kindsOf();
    const rows = await listOpenWork(ctx.db, features(), post, to);
    return rows.map((row) => ({ ...row, work: kinds[row.kind]! }));
  };
  /** The kinds that the post may take, and why not the others that its role fits. */
  const takes = (to: Successor, office: readonly Successor[], post: LeavingPost, among: ReadonlySet<string>) => {
    const kinds: string[] = [];
    const bars: string[] = [];
    for (const [kind, { fits, bars: barred }] of Object.entries(kindsOf())) {
      if (!among.has(kind) || !fits(to)) continue;
      const bar = barred?.(to, office, post) ?? null;
      if (bar === null) kinds.push(kind);
      else bars.push(bar);
    }
    return { kinds, bars };
  };

  return [
    serve(handing.openWork, async (ctx, { params }) => {
      const leaving = await leavingPost(ctx, params);
      const can = { passWork: holds(ctx.actor, 'role.grant') && params.personId !== ctx.actor.userId };
      if (leaving === null) return { rows: [], successors: [], can };
      const [open, office] = [await openAt(ctx, leaving, null), await listSuccessors(ctx.db, leaving.post)];
      const among = new Set(open.map(({ kind }) => kind));
      return {
        rows: open.map(({ kind, count, work: { title, stays } }) => ({ kind, title, count, stays: stays ?? null })),
        successors: office.map((one) => ({
          ...{
            grantId: one.grantId,
            name: one.name,
            roleName: one.roleName,
            ...takes(one, office, leaving.post, among),
          },
        })),
        can,
      };
    }),

    serve(handing.passWork, async (ctx, { params, body }) => {
      await findPerson(ctx.db, params.personId, true);
      ctx.authorize(params.personId !== ctx.actor.userId, problem('access.notYourself'));
      const leaving = await leavingPost(ctx, params);
      if (leaving === null) throw refused('这个岗位不在单位或学校，没有可移交的工作。');
      const { post, role } = leaving;
      // Whoever hands over too waits for the lock of the person, and then for the jobs.
      if (await isPassing(ctx.db, features(), post)) {
        throw refused('这个人在这里的一次移交正在办理，请稍候刷新，再看还有什么没有移交。');
      }
      const office = await listSuccessors(ctx.db, post);
      const to = office.find(({ grantId }) => grantId === body.to);
      if (to === undefined) throw problem('thing.notFound', { what: '个接手的岗位' });
      const open = (await openAt(ctx, leaving, to.personId)).filter(({ kind }) => body.kinds.includes(kind));
      if (open.length === 0) throw refused('所选的工作已经办完或已移交，请刷新后查看。');
      const { kinds, bars } = takes(to, office, post, new Set(open.map(({ kind }) => kind)));
      if (bars.length > 0) throw refused(bars.join(''));
      const lacking = open.filter(({ kind }) => !kinds.includes(kind)).map(({ work }) => work.title);
      if (lacking.length > 0) throw refused(`${to.name}的${to.roleName}无权办理：${lacking.join('、')}。`);
      const passing = open.filter((row) => row.passing > 0);
      const staying = open
        .filter((row) => row.passing < row.count)
        .map(({ work, count, passing: n }) => `${work.stays ?? work.title} ${count - n} 项`)
        .join('、');
      if (passing.length === 0) throw refused(`所选的工作都不能移交给${to.name}：${staying}。请移交给其他人。`);
      const what = passing.map(({ work, passing: n }) => `${work.title} ${n} 项`).join('、');
      const { placeId, schoolId, sectionId } = post;
      await ctx.announce(workPassed, {
        ...{
          places: [...new Set([placeId, ...passing.flatMap(({ places }) => places)])],
          placeId,
          schoolId,
          sectionId,
        },
        kinds: passing.map(({ kind }) => kind),
        from: { id: post.personId, name: post.name, names: [...post.names], postId: post.grantId, role },
        to: { id: to.personId, name: to.name, postId: to.grantId, role: to.role },
      });
      await ctx.record(
        recordOfPerson(post.personId, 'person.workPassed', {
          after: { post: post.grantId, what, successor: to.name, successorPost: to.grantId },
        }),
      );
      const beyond = passing.flatMap(({ held, work }) => (held === null ? [] : (work.beyond?.(held, to.name) ?? [])));
      return { what, staying: staying === '' ? null : staying, beyond: beyond.length === 0 ? null : beyond.join('') };
    }),
  ];
}

const refused = (reason: string) => problem('access.passRefused', { reason });

interface Leaving {
  readonly post: LeavingPost;
  readonly role: string;
}

/** The post with its place, also one that was taken back; null where it has none. */
async function leavingPost(
  ctx: Context,
  { personId, grantId }: { readonly personId: string; readonly grantId: string },
): Promise<Leaving | null> {
  const person = await findPerson(ctx.db, personId);
  const found = (await listPostsOf(ctx.db, [personId])).find((one) => one.grantId === grantId);
  if (person === undefined || found === undefined) throw problem('thing.notFound', { what: '个岗位' });
  const { unitId: placeId, schoolId, sectionId, role } = found;
  if (placeId === null) return null;
  const at = { personId, name: person.name, placeId, schoolId };
  return {
    post: { grantId, ...at, ...(await findNamesAt(ctx.db, at)), sectionId, today: dayInChina(ctx.now) },
    role,
  };
}
