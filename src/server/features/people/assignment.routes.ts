import type { z } from 'zod';
import * as assignments from '#contract/people/assignments.ts';
import { findPerson } from '#core/access/account/accounts.store.ts';
import {
  type AssignmentRow,
  endAssignment,
  findUnitName,
  insertAssignment,
  listAssignmentsOf,
  lockAssignableSchool,
} from '#core/access/grant/assignments.store.ts';
import { recordOfEndedAssignment } from '#core/access/grant/ended-rights.shape.ts';
import { findPost, type StandingPost } from '#core/access/grant/grants.store.ts';
import { type Context, serve } from '#core/access/serve.ts';
import { holds } from '#domain/access/actor.ts';
import { type AssignmentState, assignmentRefusal, assignmentState } from '#domain/access/assignment.ts';
import { problem } from '#domain/kit/problem.ts';
import { type Day, dayInChina } from '#domain/kit/school-year.ts';
import { newId } from '#platform/ids/new-id.ts';
import { recordOfPerson } from './people.audit.shape.ts';

/**
 * Assignments of posts whose role reaches by assignment. Only the 安全管理员 gives and ends them, like the posts themselves.
 */
export const assignmentRoutes = [
  serve(assignments.list, async (ctx, { params }) => {
    const post = await postOf(ctx, params);
    const mayAssign = holds(ctx.actor, 'role.grant') && post.personId !== ctx.actor.userId;
    const today = dayInChina(ctx.now);
    const rows = await listAssignmentsOf(ctx.db, post.grantId);
    return {
      rows: rows.map((row) => shapeOf(row, today, mayAssign)),
      can: { assign: mayAssign && post.reach === 'schools' },
    };
  }),

  serve(assignments.assign, async (ctx, { params, body }) => {
    const post = await lockedPost(ctx, params);
    if (post.personStatus !== 'active')
      throw problem('access.assignmentRefused', { reason: '账户已停用，启用后再指派。' });
    const school = await lockAssignableSchool(ctx.db, body.schoolId);
    if (school === undefined) throw problem('thing.notFound', { what: '所学校' });
    const standing = (await listAssignmentsOf(ctx.db, post.grantId)).filter(
      (one) => one.endedAt === null && one.schoolId === body.schoolId,
    );
    const reason = assignmentRefusal({
      role: post,
      self: post.personId === ctx.actor.userId,
      unit: { id: post.unitId, name: await findUnitName(ctx.db, post.unitId) },
      school,
      standing,
      from: body.from,
      to: body.to,
      today: dayInChina(ctx.now),
    });
    ctx.authorize(reason === null, problem('access.assignmentRefused', { reason: reason ?? '' }));
    const id = newId();
    const { schoolId, from, to } = body;
    const given = { id, grantId: post.grantId, schoolId, from, to };
    await insertAssignment(ctx.db, { ...given, by: ctx.actor.userId, now: ctx.now });
    await ctx.record(
      recordOfPerson(post.personId, 'assignment.given', {
        before: null,
        after: { role: post.key, schoolId, place: school.name, from, until: to, post: post.grantId, assignment: id },
      }),
    );
    return { id };
  }),

  serve(assignments.end, async (ctx, { params }) => {
    const post = await lockedPost(ctx, params);
    ctx.authorize(post.personId !== ctx.actor.userId, problem('access.notYourself'));
    const seen = (await listAssignmentsOf(ctx.db, post.grantId)).find((one) => one.id === params.assignmentId);
    if (seen === undefined) throw problem('thing.notFound', { what: '项指派' });
    if (seen.campaignId !== null) {
      throw problem('access.assignmentRefused', { reason: '参加的项目由立项单位指派和结束，不能在这里结束。' });
    }
    if (stateOf(seen, dayInChina(ctx.now)) === 'over')
      throw problem('access.assignmentRefused', { reason: '这项指派已经到期，不用再结束。' });
    const of = { id: seen.id, grantId: post.grantId };
    if (!(await endAssignment(ctx.db, of, ctx.actor.userId, ctx.now))) {
      throw problem('thing.notFound', { what: '项指派' });
    }
    await ctx.record(
      recordOfEndedAssignment(
        {
          ...{ ...of, personId: post.personId, role: post.key, from: seen.from, to: seen.to },
          ...{ schoolId: seen.schoolId, place: seen.schoolName ?? seen.unitName },
        },
        null,
      ),
    );
    return { done: true as const };
  }),
];

interface PostParams {
  readonly personId: string;
  readonly grantId: string;
}

/** A post that stands, of this very person. */
async function postOf(ctx: Context, { personId, grantId }: PostParams): Promise<StandingPost> {
  const post = await findPost(ctx.db, grantId);
  if (post === undefined || post.personId !== personId) throw problem('thing.notFound', { what: '个岗位' });
  return post;
}

/** The same, with the person locked: if two people assign at once, the second sees the first assignment. */
async function lockedPost(ctx: Context, params: PostParams): Promise<StandingPost & { personStatus: string }> {
  const person = await findPerson(ctx.db, params.personId, true);
  return { ...(await postOf(ctx, params)), personStatus: person?.status ?? '' };
}

function stateOf({ from, to, endedAt }: AssignmentRow, today: Day): AssignmentState {
  return assignmentState({ from, to, ended: endedAt !== null }, today);
}

function shapeOf(row: AssignmentRow, today: Day, mayAssign: boolean): z.input<typeof assignments.assignment> {
  const state = stateOf(row, today);
  return {
    ...row,
    state,
    givenAt: row.givenAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    // Only the campaign can end an assignment that it made.
    can: { end: mayAssign && row.campaignId === null && (state === 'current' || state === 'coming') },
  };
}
