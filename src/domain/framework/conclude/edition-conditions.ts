import type { ConditionText } from '../edition.ts';
import type { Prepared } from '../result.ts';
import type { ConditionNode } from './condition-syntax.ts';

/** A condition of an edition as it was read and checked when the edition was prepared. */
export function conditionOf({ conditions, edition }: Prepared, text: ConditionText): ConditionNode {
  const checked = conditions.get(text);
  if (checked === undefined) throw new Error(`${edition.key} has no condition ${text}`);
  return checked.node;
}
