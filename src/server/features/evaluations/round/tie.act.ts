import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteInput, RouteReply } from '#contract/route.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { type CampaignTie, hasQuota } from '#domain/evaluation/campaign/round.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { type EvaluationContext, recordOf } from '../evaluation.act.ts';
import type { Evaluation } from '../evaluation.store.ts';
import { lockResults, lookAtRound } from '../opinion/round.act.ts';
import { editionOfCampaign } from './campaign-edition.act.ts';
import { listByIds } from './campaign-evaluations.store.ts';
import { findTieRuling, insertTieRuling, listTieRulings, tieEndWrite } from './tie.store.ts';

type Ties = RouteReply<typeof evaluations.ties>;

const instantOf = (at: Date | null) => (at === null ? null : new Date(at).toISOString());

/** Who stands equal at the lines of the quotas of a campaign, and what the office has ruled about it. */
export async function readTies(ctx: EvaluationContext, campaignId: string): Promise<Ties> {
  const found = await editionOfCampaign(ctx, campaignId);
  if (found === undefined || !hasQuota(found.prepared)) return { hasQuota: false, waits: [], open: [], rulings: [] };
  const { any, prepared } = found;
  const { standing, drawn } = await lookAtRound(ctx, prepared, any, null);
  const known = new Map(standing.map((one) => [one.id, one]));
  const rulings = await listTieRulings(ctx.db, any);
  const counting = new Set(drawn?.ties.flatMap(({ ruledBy }) => ruledBy ?? []));
  const subject = (evaluationId: string) => ({
    evaluationId,
    name: known.get(evaluationId)?.name ?? '已取消的对象',
    releasedAt: instantOf(known.get(evaluationId)?.releasedAt ?? null),
  });
  return {
    hasQuota: true,
    waits: standing.flatMap(({ settled, name }) => (settled ? [] : [name])),
    open: openOf(drawn?.ties ?? []).map(({ table, grade, places, tied }) => ({
      ...{ table, grade, places, tied: tied.map(subject) },
    })),
    rulings: rulings.map(({ id, table, grade, tied, chosen, reason, ruledOn, ruledBy, ...ended }) => ({
      ...{ id, table, grade, reason, ruledOn, ruledBy, counts: counting.has(id) },
      tied: tied.map((one) => ({ ...subject(one), chosen: chosen.includes(one) })),
      ...{ endedOn: instantOf(ended.endedAt), endedBy: ended.endedBy, endedReason: ended.endedReason },
    })),
  };
}

const openOf = (ties: readonly CampaignTie[]) => ties.filter(({ ruledBy }) => ruledBy === null);

const isSame = (one: readonly string[], other: readonly string[]) =>
  [...one].sort().join() === [...other].sort().join();

/** Nobody rules about a subject on whose side he stands. */
function assertApart(ctx: EvaluationContext, all: readonly Evaluation[], action: string): void {
  ctx.authorize(!all.some(({ ownSide }) => ownSide), problem('evaluation.ownSide', { action }));
}

/**
 * Rules about subjects that stand equal at the line of a quota: no rule of the edition tells them apart, so the office says who gets
 * the places that are left, and why. All of them are concluded by it, those that get none too.
 */
export async function ruleTie(
  ctx: EvaluationContext,
  { campaignId, table, tied, chosen, reason }: RouteInput<typeof evaluations.ruleTie>['body'],
): Promise<{ id: string }> {
  const found = await editionOfCampaign(ctx, campaignId);
  if (found === undefined) throw problem('thing.notFound', { what: '个评估项目' });
  const { any, prepared } = found;
  await lockResults(ctx.db, campaignId);
  const { drawn } = await lookAtRound(ctx, prepared, any, null);
  const tie = openOf(drawn?.ties ?? []).find((one) => one.table === table && isSame(one.tied, tied));
  if (tie === undefined) throw problem('evaluation.tieMoved', { table });
  const all = await listByIds(ctx.db, ctx.scope, tie.tied, ctx.actor.userId);
  assertApart(ctx, all, '就并列作出认定');
  const own = [...new Set(chosen)].filter((id) => tie.tied.includes(id));
  if (own.length !== tie.places || own.length !== chosen.length) {
    throw problem('evaluation.tiePlaces', { places: tie.places, chosen: chosen.length });
  }
  const one = { id: newId(), table, grade: tie.grade, tied: tie.tied, chosen: own, reason, ruledOn: ctx.today };
  await insertTieRuling(ctx.db, any, one, { id: ctx.actor.userId, name: signatureOf(ctx.actor), at: ctx.now });
  await recordAll(ctx, all, 'tieRuled', { chosen: own, reason });
  return { id: one.id };
}

/** Takes a ruling back, while nothing that rests on it was fed back: then these stand equal again. */
export async function endTie(ctx: EvaluationContext, id: string, reason: string): Promise<{ id: string }> {
  const seen = await findTieRuling(ctx.db, ctx.scope, id);
  if (seen === undefined) throw problem('thing.notFound', { what: '项认定' });
  await lockResults(ctx.db, seen.campaignId);
  const found = (await findTieRuling(ctx.db, ctx.scope, id)) ?? seen;
  const all = await listByIds(ctx.db, ctx.scope, found.tied, ctx.actor.userId);
  assertApart(ctx, all, '撤回就并列作出的认定');
  if (found.endedAt !== null) throw problem('evaluation.tieEnded');
  const released = all.filter(({ releasedAt }) => releasedAt !== null).map(({ subjectName }) => subjectName);
  if (released.length > 0) throw problem('evaluation.tieReleased', { names: released });
  const ended = { by: signatureOf(ctx.actor), at: ctx.now, reason };
  ctx.along(tieEndWrite(ctx.db, found.placeId, id, ended));
  await recordAll(ctx, all, 'tieEnded', { chosen: found.chosen, reason });
  return { id };
}

const mostNamed = 100;

/** One row of the audit for each of them, at the city: it names the others. */
async function recordAll(
  ctx: EvaluationContext,
  all: readonly Evaluation[],
  done: 'tieRuled' | 'tieEnded',
  { chosen, reason }: { readonly chosen: readonly string[]; readonly reason: string },
): Promise<void> {
  const names = all.map(({ subjectName }) => subjectName);
  // Each of them has a row that names all: of very many it names the first.
  const tied =
    names.length > mostNamed ? `${names.slice(0, mostNamed).join('、')}等 ${names.length} 个` : names.join('、');
  for (const one of all) {
    const after = { tiedSubjects: tied, tiePlace: chosen.includes(one.id) ? '列入名额' : '未列入名额', reason };
    await ctx.record({ ...recordOf(one, done, { after }), placeId: one.campaignPlaceId, schoolId: null });
  }
}
