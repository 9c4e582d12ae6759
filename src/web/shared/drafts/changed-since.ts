import { changeSaid, type LastChange } from '#domain/kit/last-change.ts';
import type { ProblemError } from '../call/problem.ts';

/** Who saved a thing in place of the person, as the refusal of the own text says it; null where it does not say. */
export function changedSince(what: string, problem: ProblemError | null): string | null {
  const { last } = (problem?.details ?? {}) as { last?: LastChange };
  return last === undefined ? null : changeSaid(what, last);
}
