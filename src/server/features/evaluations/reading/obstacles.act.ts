import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteReply } from '#contract/route.ts';
import { findSignedSteps } from '#core/workflow/step.store.ts';
import { ownHands, signingRefusal } from '#domain/access/signing.ts';
import { evaluationActionTitles } from '#domain/evaluation/flow/action-titles.ts';
import { evaluationSigning } from '#domain/evaluation/flow/signing.ts';
import { evaluationObstacles, permittedEvaluationActs } from '#domain/evaluation/flow.ts';
import type { EvaluationStepAction } from '#domain/evaluation/lists.ts';
import type { OpinionAct } from '#domain/evaluation/opinion.ts';
import { problem } from '#domain/kit/problem.ts';
import { type BroughtFacts, type EvaluationContext, factsFor, loadEvaluation, subjectOf } from '../evaluation.act.ts';
import type { Evaluation } from '../evaluation.store.ts';
import { cityJudges, panelLacksOf, registeredPanel } from '../opening/panel.act.ts';
import { findOwnDraft } from '../opinion/opinion.store.ts';
import { broughtBy, type Concluding, resultAndOpinion } from '../opinion/result.act.ts';

type Row = RouteReply<typeof evaluations.obstacles>['rows'][number];

const opinionActs = [
  'release',
  'issueOpinion',
  'submitResult',
  'confirmResult',
] as const satisfies readonly OpinionAct[];
const asksOpinion = (act: EvaluationStepAction): act is OpinionAct => (opinionActs as readonly string[]).includes(act);

/** Acts that something outside the form of the act can bar; what the others lack stands where they are done. */
const told: readonly EvaluationStepAction[] = ['confirmSelf', 'receive', 'moveOn', ...opinionActs];

/** What this person may do at this step and would be refused, by the same rules that refuse it. */
export async function readObstacles(
  ctx: EvaluationContext,
  id: string,
): Promise<RouteReply<typeof evaluations.obstacles>> {
  const evaluation = await loadEvaluation(ctx, id);
  const can = permittedEvaluationActs(subjectOf(ctx, evaluation, await factsFor(ctx, evaluation, 'answer')), ctx.actor);
  const rows: Row[] = [];
  const concluding = told.some((one) => can[one] && asksOpinion(one)) ? await resultAndOpinion(ctx, evaluation) : null;
  for (const act of told.filter((one) => can[one])) {
    const facts = await factsFor(ctx, evaluation, act);
    const subject = subjectOf(ctx, evaluation, facts, await broughtFor(ctx, evaluation, act, concluding));
    const hand = await handRefusal(ctx, evaluation, act);
    const reasons = [...(hand === null ? [] : [hand]), ...evaluationObstacles(act, subject, ctx.actor)];
    if (reasons.length > 0) rows.push({ act, title: evaluationActionTitles[act], reasons, otherHand: hand !== null });
  }
  return { state: evaluation.state, rows };
}

async function broughtFor(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  act: EvaluationStepAction,
  concluding: Concluding | null,
): Promise<BroughtFacts> {
  if (asksOpinion(act) && concluding !== null) return broughtBy(ctx, concluding, act);
  if (act !== 'moveOn' || ctx.actor.level !== 'city' || !cityJudges(evaluation)) return {};
  return { panelLacks: await panelLacksOf(ctx.db, evaluation, await registeredPanel(ctx, evaluation), ctx.today) };
}

/** Why it takes another hand, as the act itself says it; null where this person's will do. */
async function handRefusal(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  act: EvaluationStepAction,
): Promise<string | null> {
  const signing = evaluationSigning(act);
  if (!signing?.judging.includes(act)) return null;
  const steps = (await findSignedSteps(ctx.db, [evaluation])).get(evaluation.id) ?? [];
  const refusal = signingRefusal(steps, ctx.actor, act, signing);
  if (refusal !== null) return refusal.message;
  if (act !== 'confirmResult') return null;
  const name = await findOwnDraft(ctx.db, evaluation, ownHands(ctx.actor));
  return name === undefined ? null : problem('access.sameHand', { name }).message;
}
