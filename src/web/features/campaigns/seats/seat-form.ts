import { everyNode } from '#domain/evaluation/campaign/panel.ts';
import type { Candidate } from '../campaign-reply.ts';

/** Which subjects a seat has: all, all but those from which the person keeps away, or some by name. */
export type Reach = 'all' | 'unblocked' | 'some';

/** The reach that is proposed for somebody: nobody is put where he is shut out. */
export const reachFor = (candidate: Pick<Candidate, 'blocked'> | null): Reach =>
  candidate !== null && candidate.blocked.length > 0 ? 'unblocked' : 'all';

/** The evaluations of a reach; null is all of the campaign. */
export function evaluationsOf(
  reach: Reach,
  blocked: readonly string[],
  chosen: readonly string[],
  subjects: ReadonlyArray<{ readonly evaluationId: string }>,
): string[] | null {
  if (reach === 'all') return null;
  if (reach === 'some') return [...chosen];
  const shut = new Set(blocked);
  return subjects.flatMap(({ evaluationId }) => (shut.has(evaluationId) ? [] : [evaluationId]));
}

/** Of how many of his subjects somebody has to be asked about first. */
export function askedOf(evaluationIds: readonly string[] | null, asked: readonly string[]): number {
  return evaluationIds === null ? asked.length : asked.filter((id) => evaluationIds.includes(id)).length;
}

/** No branch named is the whole tree. */
export const nodesOf = (codes: readonly string[]) => (codes.length === 0 ? [everyNode] : [...codes]);
