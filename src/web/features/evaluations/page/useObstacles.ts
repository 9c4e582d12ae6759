import { obstacles } from '#contract/evaluations/evaluations.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useRead } from '#web/shared/call/queries.ts';
import type { Evaluation } from '../evaluation-reply.ts';

export type Obstacle = RouteOutput<typeof obstacles>['rows'][number];

/** What this person could do next and would be refused. */
export interface Obstacles {
  readonly rows: readonly Obstacle[];
  /** Whether an act is free to be done; of none while that is not known yet. */
  readonly isFree: (act: Obstacle['act']) => boolean;
}

/** The acts that something outside their own form can bar. */
const asked = ['confirmSelf', 'moveOn', 'receive', 'release', 'opinion', 'submitResult', 'confirmResult'] as const;

/** Why the next acts of this person would be refused: said before the press, and such an act is not offered. */
export function useObstacles({ id, state, can }: Evaluation): Obstacles {
  const enabled = asked.some((act) => can[act]);
  const read = useRead(obstacles, { params: { evaluationId: id } }, { enabled });
  // After a move the answer of the step before stands until the new one is there: it knows nothing of the new acts.
  const known = read.data?.state === state ? read.data : undefined;
  const rows = enabled ? (known?.rows ?? []) : [];
  // Where the reasons cannot be read the server still gives them with its refusal.
  const isKnown = !enabled || known !== undefined || read.isError;
  return { rows, isFree: (act) => isKnown && rows.every((row) => row.act !== act) };
}
