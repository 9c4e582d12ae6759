import type { Day } from '../../kit/school-year.ts';
import { evaluationKindTitles } from '../kind.ts';
import { type EvaluationKind, type EvaluationState, evaluationKinds } from '../lists.ts';

/** The work of evaluations that fulfils an item of a work plan: `campaigns.county-inspection`, `campaigns.school-evaluation`. */
export type FulfilmentKind = `campaigns.${EvaluationKind}`;

/** The kinds, each with its title in the choice of a plan. */
export const evaluationFulfilmentTitles = Object.fromEntries(
  evaluationKinds.map((kind) => [`campaigns.${kind}`, `${evaluationKindTitles[kind]}（评估对象的结果已确认）`]),
) as Readonly<Record<FulfilmentKind, string>>;

/** The states behind a confirmed result. SQL that counts and the rule below name the same. */
export const confirmedStates = ['rectification', 'closed'] as const satisfies readonly EvaluationState[];

/** The states that a plan does not count: a subject whose evaluation was cancelled owes nothing. */
export const uncountedStates = ['cancelled'] as const satisfies readonly EvaluationState[];

/** How far the evaluations of one kind and year are. */
export interface EvaluationFulfilment {
  readonly done: number;
  readonly total: number;
  readonly lastDay: Day | null;
}

/** How many of some evaluations have a confirmed result, and when the last of them was confirmed. */
export function fulfilmentOf(
  evaluations: readonly { readonly state: EvaluationState; readonly decidedOn: Day | null }[],
): EvaluationFulfilment {
  const counted = evaluations.filter(({ state }) => !(uncountedStates as readonly string[]).includes(state));
  const done = counted.filter(({ state }) => (confirmedStates as readonly string[]).includes(state));
  const days = done.flatMap(({ decidedOn }) => decidedOn ?? []).sort();
  return { done: done.length, total: counted.length, lastDay: days.at(-1) ?? null };
}
