import type { Context, Facts } from '../answer.ts';
import type { ConditionText } from '../edition.ts';
import type { Prepared, Verdict } from '../result.ts';
import { holds } from './condition-judge.ts';
import { conditionReading } from './condition-reading.ts';
import { conditionOf } from './edition-conditions.ts';

/**
 * Judges the conditions that stand at a leaf (the notes of a document, the doubling of deductions): they see the facts and
 * the circumstances of the subject, and no score.
 * @returns for a condition of the edition whether it holds, or the names of what nobody has said
 */
export function leafJudge(prepared: Prepared, facts: Facts, context: Context): (when: ConditionText) => Verdict {
  const reading = conditionReading(prepared, null, facts, context);
  return (when) => holds({ source: when, node: conditionOf(prepared, when) }, reading);
}
