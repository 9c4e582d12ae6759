import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteInput, RouteReply } from '#contract/route.ts';
import { totalTrace } from '#domain/evaluation/points/total-trace.ts';
import { givenOf } from '#domain/evaluation/points/unit-total.ts';
import { editionOf } from '../edition.act.ts';
import { type EvaluationContext, loadEvaluation } from '../evaluation.act.ts';
import { shownTotal } from '../unit-leaves.shape.ts';
import { layersOf } from './detail.act.ts';
import { findWhole } from './detail.store.ts';

/** How the total of a layer came about, over what this person sees: the same leaves and the same function as on the page. */
export async function readTrace(
  ctx: EvaluationContext,
  id: string,
  { layer }: RouteInput<typeof evaluations.trace>['query'],
): Promise<RouteReply<typeof evaluations.trace>> {
  const evaluation = await loadEvaluation(ctx, id);
  const { prepared } = await editionOf(ctx.db, evaluation);
  const whole = await findWhole(ctx.db, evaluation, ctx.actor.userId, { newest: 1, today: ctx.today });
  const { total, lines } = totalTrace(prepared, givenOf(prepared, layersOf(prepared, whole)[layer]));
  return {
    total: shownTotal(layer, total),
    lines: lines.map(({ steps, ...line }) => ({
      ...line,
      steps: steps.map(({ words, value }) => ({ words, value: value ?? null })),
    })),
  };
}
