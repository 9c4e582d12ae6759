import type { Answers, Context, Facts } from '../answer.ts';
import type { Prepared, Result, Scored, ScoreOptions } from '../result.ts';

/**
 * Scores one subject and concludes: every leaf by its method, every node by its roll-up, the decision tables of the
 * edition over both. Exact figures from leaf to conclusion; nothing is rounded but at a node whose edition says so.
 * @throws Problem `framework.answerInvalid` with every answer that does not fit, by its leaf
 */
export declare function scoreSubject(
  prepared: Prepared,
  answers: Answers,
  facts: Facts,
  context: Context,
  options: ScoreOptions,
): Result;

/** The scores alone, before anything is concluded from them. */
export declare function scoreOf(
  prepared: Prepared,
  answers: Answers,
  facts: Facts,
  context: Context,
  options: ScoreOptions,
): Scored;
