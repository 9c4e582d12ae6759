import type { z } from 'zod';
import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteInput, RouteReply } from '#contract/route.ts';
import { claimClientId } from '#core/access/request/client-ids.store.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import { seatCovers } from '#domain/evaluation/campaign/panel.ts';
import { evaluationStateTitles, stepOf } from '#domain/evaluation/kind.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { type EvaluationContext, evaluationWord, loadEvaluation } from '../evaluation.act.ts';
import type { Evaluation } from '../evaluation.store.ts';
import { leafWord } from '../leaf/leaf.act.ts';
import { judgementRecord } from './judgement.shape.ts';
import { findNodes, insertRemark, listRemarks, type RemarkRow } from './remark.store.ts';

type Shown = z.output<typeof evaluations.shownRemark>;

const action = '留言';

/**
 * Why this person says nothing to the panel at a leaf, or null: the city judges now, and whoever speaks sits on the panel for this
 * leaf or concludes for the office. Nobody does who belongs to the subject.
 */
export function remarkRefusal(
  { actor }: Pick<EvaluationContext, 'actor'>,
  evaluation: Evaluation,
  { code, nodes }: { readonly code: string; readonly nodes: readonly string[] },
): Problem | null {
  const { kind, state, seat, ownSide, id } = evaluation;
  if (stepOf(kind, state)?.judges !== 'city') {
    return problem('flow.notInState', { what: evaluationWord, action, state: evaluationStateTitles[state] });
  }
  if (ownSide) return problem('evaluation.ownSide', { action });
  const concludes = actor.level === 'city' && holds(actor, 'evaluation.conclude');
  const sits = seat !== null && seatCovers({ nodes: seat.nodes, evaluations: null }, id, nodes);
  return concludes || sits ? null : problem('evaluation.notOnPanel', { code });
}

export const shownRemarks = (rows: readonly RemarkRow[], ownId: string): Shown[] =>
  rows.map(({ personId, at, ...one }) => ({ ...one, at: new Date(at).toISOString(), own: personId === ownId }));

/** Says something to the panel at a leaf. */
export async function addRemark(
  ctx: EvaluationContext,
  id: string,
  code: string,
  { id: remarkId, text }: RouteInput<typeof evaluations.remark>['body'],
): Promise<RouteReply<typeof evaluations.remark>> {
  const evaluation = await loadEvaluation(ctx, id);
  const nodes = await findNodes(ctx.db, evaluation, code);
  if (nodes === undefined) throw problem('thing.notFound', { what: leafWord });
  const refusal = remarkRefusal(ctx, evaluation, { code, nodes });
  ctx.authorize(refusal === null, refusal ?? undefined);
  const claim = { personId: ctx.actor.userId, purpose: 'evaluation-remark', what: '条留言', now: ctx.now };
  const isNew = (await claimClientId(ctx.db, remarkId, claim)) === 'claimed';
  if (isNew) await say(ctx, evaluation, { id: remarkId, code, text });
  return { remarks: shownRemarks(await listRemarks(ctx.db, evaluation, code), ctx.actor.userId) };
}

async function say(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  { id, code, text }: { readonly id: string; readonly code: string; readonly text: string },
): Promise<void> {
  const said = await insertRemark(ctx.db, evaluation, {
    ...{ id, code, text, by: signatureOf(ctx.actor), at: ctx.now },
  });
  if (!said) throw problem('evaluation.remarkBlind', { code });
  await ctx.record(judgementRecord(evaluation, 'city', 'remarked', { leafCode: code }));
}
