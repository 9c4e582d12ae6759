import * as evaluations from '#contract/evaluations/evaluations.ts';
import type { AnyRoute, RouteInput, RouteReply } from '#contract/route.ts';
import { permissionsOf } from '#core/access/request/identify.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import { evaluationActionTitles } from '#domain/evaluation/flow/action-titles.ts';
import type { ActOnMany } from '#domain/evaluation/flow/acts-on-many.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { newId } from '#platform/ids/new-id.ts';
import { type EvaluationContext, evaluationWord } from '../evaluation.act.ts';
import { confirmResult, finish, issueOpinion, submitResult } from '../opinion/conclude.act.ts';
import { release } from '../opinion/release.act.ts';
import { waiveStatement } from '../opinion/statement.act.ts';
import { confirmSelf, receiveSelf, submitSelf, takeSelfBack } from '../step/self.act.ts';
import * as jobs from './many.jobs.ts';
import { findNamed, findNewestAsking, insertAskedActs } from './many.store.ts';

interface Given {
  readonly revision: number;
  readonly statementDue: Day | null;
}

/** Each act on many is the single one, with the right that the route of the single one asks. */
const single: Readonly<
  Record<
    ActOnMany,
    { readonly route: AnyRoute; take(ctx: EvaluationContext, id: string, given: Given): Promise<unknown> }
  >
> = {
  receive: { route: evaluations.receive, take: receiveSelf },
  submit: { route: evaluations.submit, take: submitSelf },
  confirmSelf: { route: evaluations.confirmSelf, take: confirmSelf },
  takeBack: { route: evaluations.takeBack, take: takeSelfBack },
  release: {
    route: evaluations.release,
    take: (ctx, id, { revision, statementDue }) => release(ctx, id, { revision, statementDue: statementDue! }),
  },
  issueOpinion: { route: evaluations.issueOpinion, take: (ctx, id, { revision }) => issueOpinion(ctx, id, revision) },
  waiveStatement: {
    route: evaluations.waiveStatement,
    take: (ctx, id, { revision }) => waiveStatement(ctx, id, revision),
  },
  submitResult: { route: evaluations.submitResult, take: (ctx, id, { revision }) => submitResult(ctx, id, revision) },
  confirmResult: {
    route: evaluations.confirmResult,
    take: (ctx, id, { revision }) => confirmResult(ctx, id, revision),
  },
  finish: {
    route: evaluations.finish,
    take: (ctx, id, { revision }) => finish(ctx, id, { revision, reason: '' }),
  },
};

/** @throws access.denied where the person lacks the right that the single act asks */
function assertMay(actor: Actor, act: ActOnMany): void {
  if (!permissionsOf(single[act].route).some((one) => holds(actor, one))) throw problem('access.denied');
}

/** Takes the single act in the post of whoever asked. */
export async function takeSingle(ctx: EvaluationContext, act: ActOnMany, id: string, given: Given): Promise<void> {
  assertMay(ctx.actor, act);
  await single[act].take(ctx, id, given);
}

/** Writes down on which evaluations the act is wanted, and leaves it to a job. */
export async function askOnMany(
  ctx: EvaluationContext,
  { campaignId, act, evaluations: named, statementDue }: RouteInput<typeof evaluations.actOnMany>['body'],
): Promise<{ id: string; asked: number }> {
  const { actor, now, today, db, scope } = ctx;
  assertMay(actor, act);
  if (statementDue !== null && statementDue <= today) throw problem('evaluation.statementDueInPast', { today });
  const ids = named.map(({ id }) => id);
  const known = new Map((await findNamed(db, scope, campaignId, ids)).map((one) => [one.id, one]));
  const [first] = known.values();
  if (first === undefined || known.size < ids.length || actor.unitId === null) {
    throw problem('thing.notFound', { what: evaluationWord });
  }
  const key = { placeId: actor.unitId, askingId: newId() };
  const rows = named.map(({ id, revision }) => ({ id, revision, name: known.get(id)!.subjectName }));
  await insertAskedActs(db, key, { campaignId, act, by: actor.userId, at: now }, rows);
  await ctx.enqueue(jobs.actOnMany, {
    ...{
      ...key,
      act,
      statementDue,
      permissions: [...actor.permissions],
      tokenId: actor.tokenId,
      places: [key.placeId],
    },
    campaign: { id: campaignId, title: first.title },
  });
  await ctx.record({
    ...{ action: 'evaluation.askedOnMany', objectType: 'campaign', objectId: campaignId, placeId: key.placeId },
    after: {
      ...{ title: first.title, evaluationAct: evaluationActionTitles[act], campaignSubjects: rows.length },
      ...(statementDue === null ? {} : { statementDue }),
    },
  });
  return { id: key.askingId, asked: rows.length };
}

/** So long a person reads what became of the last asking. */
const shownFor = 14 * 86_400_000;

/** What this person asked for last in a campaign, and how far it is. */
export async function readNewest(
  { db, scope, actor, now }: EvaluationContext,
  campaignId: string,
): Promise<RouteReply<typeof evaluations.newestActOnMany>> {
  const since = new Date(now.getTime() - shownFor);
  const found = await findNewestAsking(db, scope, { campaignId, personId: actor.userId, since });
  if (found === undefined) return { asking: null };
  return { asking: { ...found, askedAt: found.askedAt.toISOString(), refused: [...found.refused] } };
}
