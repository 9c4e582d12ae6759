import { asksRound } from '#domain/evaluation/campaign/round.ts';
import { comparedWith, concludeLayer } from '#domain/evaluation/points/score.ts';
import type { ScoredSubject } from '#domain/framework/conclude/conclude.ts';
import type { Result } from '#domain/framework/result.ts';
import { editionOf } from '../edition.act.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import { type Evaluation, findEvaluation } from '../evaluation.store.ts';
import { type SettledLayers, settledLayers } from './layers.act.ts';
import { listRoundStanding, type RoundStanding } from './round.store.ts';

/**
 * Concludes an evaluation: by itself, or among the subjects of its campaign where the edition looks at them (quotas, rules of a group).
 * While one of the others is not settled its place is not known, and the conclusion names whom it waits for.
 */
export async function concludeAmong(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  { scene, city, others }: Pick<SettledLayers, 'scene' | 'city' | 'others'>,
): Promise<Result> {
  const { prepared, context } = scene;
  if (!asksRound(prepared)) return concludeLayer(scene, city, others);
  const round = await listRoundStanding(ctx.db, ctx.scope.places, evaluation);
  const open = round.filter(({ settled }) => !settled).map(({ name }) => name);
  // Places are drawn over settled scores alone.
  if (open.length > 0) return concludeLayer({ ...scene, context: { ...context, openRound: open } }, city, others);
  const among = await scoredSubjects(ctx, round);
  return concludeLayer(scene, city, others, { name: evaluation.subjectName, among });
}

/** The others as rules compare them, each by its settled points and the facts that were kept of it. */
async function scoredSubjects(ctx: EvaluationContext, round: readonly RoundStanding[]): Promise<ScoredSubject[]> {
  const found: ScoredSubject[] = [];
  for (const [at, { id, name }] of round.entries()) {
    const evaluation = await findEvaluation(ctx.db, ctx.scope, id, null);
    if (evaluation === undefined) continue;
    // The last round of each subject gave it leaves of its own.
    const { prepared } = await editionOf(ctx.db, evaluation);
    const { scene, city, others } = await settledLayers(ctx, evaluation, prepared);
    // Two subjects may have one name.
    const subject = round.findIndex((one) => one.name === name) === at ? name : `${name}（${id.slice(0, 8)}）`;
    found.push({ subject, scored: city, facts: scene.facts, context: comparedWith(scene.context, others) });
  }
  return found;
}
