import type { ConditionText } from '../edition.ts';
import { parseCondition } from './condition-parser.ts';
import type { Condition, ConditionVocabulary } from './condition-syntax.ts';

export type { Condition, ConditionVocabulary } from './condition-syntax.ts';

/**
 * Reads a condition of an edition: `total>=90`, `no cap`, `leaf(C20)<full or leaf(C21)<full`, `事实:拖欠教师工资月数 > 0`.
 * @throws Problem `framework.conditionInvalid` with position, length and a Chinese reason
 */
export function checkCondition(source: ConditionText, vocabulary: ConditionVocabulary): Condition {
  return { source, node: parseCondition(source, vocabulary) };
}
