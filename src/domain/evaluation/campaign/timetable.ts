import { addDays, type Day, daysBetween } from '../../kit/school-year.ts';
import { isBefore, kindOf, stepOf } from '../kind.ts';
import { type EvaluationKind, type EvaluationState, type EvaluationStep, evaluationSteps } from '../lists.ts';

/** The days of one step, both included. */
export interface StepDays {
  readonly step: EvaluationStep;
  readonly from: Day;
  readonly to: Day;
}

/**
 * The steps of a kind one after the other from a day on, by their default lengths in calendar days. National law names no
 * days; the lengths are proposals of the kind.
 * @param start the first day of the first step
 */
export function timetableFrom(kind: EvaluationKind, start: Day): StepDays[] {
  let from = start;
  return kindOf(kind).steps.map(({ step, days }) => {
    const to = addDays(from, days - 1);
    const own = { step, from, to };
    from = addDays(to, 1);
    return own;
  });
}

/**
 * What is wrong with the days of a campaign, in sentences without a full stop: a step that is missing, foreign or named
 * twice, one that ends before it begins, one that overlaps the one before it or leaves days between them.
 */
export function timetableFaults(kind: EvaluationKind, days: readonly StepDays[]): string[] {
  const steps = kindOf(kind).steps;
  const titleOf = (step: EvaluationStep) => stepOf(kind, step)?.title ?? step;
  const faults: string[] = [];
  for (const { step, title } of steps) {
    const own = days.filter((one) => one.step === step);
    if (own.length === 0) faults.push(`“${title}”没有日期`);
    if (own.length > 1) faults.push(`“${title}”写了 ${own.length} 次`);
    for (const { from, to } of own) if (to < from) faults.push(`“${title}”的结束日期早于开始日期`);
  }
  for (const { step } of days) if (stepOf(kind, step) === undefined) faults.push(`本类评估没有“${step}”这一步`);
  if (faults.length > 0) return faults;
  const ordered = steps.map(({ step }) => days.find((one) => one.step === step)!);
  for (const [at, { step, from }] of ordered.entries()) {
    const before = ordered[at - 1];
    if (before === undefined) continue;
    const gap = daysBetween(before.to, from) - 1;
    if (gap < 0) faults.push(`“${titleOf(step)}”与“${titleOf(before.step)}”的日期重叠`);
    if (gap > 0) faults.push(`“${titleOf(before.step)}”与“${titleOf(step)}”之间空了 ${gap} 天`);
  }
  return faults;
}

/**
 * The days after one step was made longer: it ends on `to`, and every later step moves by as many days as it grew. The
 * lengths of the later steps stay, and what was done earlier stays as it is.
 * @returns null where the step has no days, or `to` is no later than its present end
 */
export function extended(days: readonly StepDays[], step: EvaluationStep, to: Day): StepDays[] | null {
  const own = days.find((one) => one.step === step);
  if (own === undefined || to <= own.to) return null;
  const grown = daysBetween(own.to, to);
  const at = evaluationSteps.indexOf(step);
  return days.map((one) => {
    if (one.step === step) return { ...one, to };
    return evaluationSteps.indexOf(one.step) > at
      ? { step: one.step, from: addDays(one.from, grown), to: addDays(one.to, grown) }
      : one;
  });
}

/** The days of all steps moved by some days. */
export function shifted(days: readonly StepDays[], by: number): StepDays[] {
  return days.map(({ step, from, to }) => ({ step, from: addDays(from, by), to: addDays(to, by) }));
}

/** How many calendar days after its end a step was done, or is not done yet today; null where it is in time. */
export function lateDays({ to }: Pick<StepDays, 'to'>, doneOn: Day | null, today: Day): number | null {
  const late = daysBetween(to, doneOn ?? today);
  return late > 0 ? late : null;
}

/** Whether a step can still be made longer: it is the present one, or one that comes after it. */
export function isExtendable(kind: EvaluationKind, state: EvaluationState, step: EvaluationStep): boolean {
  if (state === 'closed' || state === 'cancelled' || stepOf(kind, step) === undefined) return false;
  return !isBefore(kind, step, state);
}
