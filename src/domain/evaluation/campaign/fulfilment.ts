import { evaluationKindTitles } from '../kind.ts';
import { type EvaluationKind, type EvaluationState, evaluationKinds } from '../lists.ts';

/** The work of evaluations that fulfils an item of a work plan: `campaigns.county-inspection`, `campaigns.school-evaluation`. */
export type FulfilmentKind = `campaigns.${EvaluationKind}`;

/** The kinds, each with its title in the choice of a plan. */
export const evaluationFulfilmentTitles = Object.fromEntries(
  evaluationKinds.map((kind) => [`campaigns.${kind}`, `${evaluationKindTitles[kind]}（评估对象的结果已确认）`]),
) as Readonly<Record<FulfilmentKind, string>>;

/** The states behind a confirmed result. SQL counts by them. */
export const confirmedStates = ['rectification', 'closed'] as const satisfies readonly EvaluationState[];

/** The states that a plan does not count: a subject whose evaluation was cancelled owes nothing. */
export const uncountedStates = ['cancelled'] as const satisfies readonly EvaluationState[];
