import type { Answers, Context, Facts } from '../answer.ts';
import type { Prepared, Result, ScoreOptions } from '../result.ts';

/** One subject of a round, with what is known of it. */
export interface RoundSubject {
  readonly subject: string;
  readonly answers: Answers;
  readonly facts: Facts;
  readonly context: Context;
}

/**
 * Scores all subjects of a round together: `relative` leaves take their points from the places of all, quotas count over
 * all. While one subject lacks a value, a relative leaf is provisional for every subject.
 * @throws Problem `framework.answerInvalid`
 */
export declare function scoreRound(
  prepared: Prepared,
  subjects: readonly RoundSubject[],
  options: ScoreOptions,
): ReadonlyMap<string, Result>;
