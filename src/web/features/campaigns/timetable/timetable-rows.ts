import { kindOf } from '#domain/evaluation/kind.ts';
import type { EvaluationKind, EvaluationState, EvaluationStep } from '#domain/evaluation/lists.ts';
import type { GanttRow } from './Gantt.tsx';

interface Standing {
  readonly state: EvaluationState;
  readonly lateDays: number | null;
  readonly steps: ReadonlyArray<{ readonly step: EvaluationStep; readonly to: string; readonly doneOn: string | null }>;
}

/**
 * The steps of a campaign as bars. Where its evaluations are known, a step is done once no evaluation stands before it or in
 * it, and late where one of those in it is; otherwise the days alone decide.
 */
export function timetableRows(
  kind: EvaluationKind,
  days: ReadonlyArray<{ readonly step: EvaluationStep; readonly from: string; readonly to: string }>,
  today: string,
  evaluations: readonly Standing[] | null,
): GanttRow[] {
  const running = evaluations?.filter(({ state }) => state !== 'cancelled') ?? null;
  const order = kindOf(kind).steps.map(({ step }) => step);
  const placeOf = (state: EvaluationState) => {
    const at = (order as readonly EvaluationState[]).indexOf(state);
    return at === -1 ? order.length : at;
  };
  return days.map(({ step, from, to }) => {
    const title = kindOf(kind).steps.find((one) => one.step === step)?.title ?? step;
    const base = { key: step, title, from, to };
    if (running === null || running.length === 0) {
      return { ...base, tone: from <= today && today <= to && running !== null ? 'now' : 'ahead' };
    }
    const here = running.filter(({ state }) => state === step);
    const isDone = running.every(({ state }) => placeOf(state) > order.indexOf(step));
    const extended = running
      .flatMap(({ steps }) => steps.filter((one) => one.step === step && one.to > to))
      .map((one) => one.to);
    const tone = isDone
      ? 'done'
      : here.some(({ lateDays }) => lateDays !== null)
        ? 'late'
        : here.length > 0
          ? 'now'
          : 'ahead';
    return {
      ...{ ...base, tone },
      ...(here.length > 0 ? { note: `${here.length} 个` } : {}),
      ...(extended.length > 0 ? { extendedTo: extended.sort().at(-1) } : {}),
    };
  });
}
