import type { Answers } from '../answer.ts';
import type { Prepared } from '../result.ts';

/**
 * Reads answers by leaf as they stand in a file: `{"C1": {"value": 4}, "C2": {"missing": [1, 3]}}`.
 * @throws Problem `framework.answerInvalid` with every leaf that the edition lacks, every unknown key, every wrong kind of
 *   answer, unknown level or option, and points beyond what the leaf gives
 */
export declare function readAnswers(prepared: Prepared, json: unknown): Answers;
