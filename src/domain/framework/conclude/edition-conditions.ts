import type { ConditionText } from '../edition.ts';
import type { Prepared } from '../result.ts';
import { checkCondition } from './condition.ts';
import type { Condition, ConditionNode, ConditionVocabulary } from './condition-syntax.ts';

/** Conditions that were read late, by edition. */
const read = new WeakMap<Prepared, Map<ConditionText, ConditionNode>>();

/**
 * A condition of an edition as it was checked when the edition was prepared. A condition from elsewhere is read against
 * the codes of the edition, with every fact taken as a number.
 * @throws Problem `framework.conditionInvalid`
 */
export function conditionOf(prepared: Prepared, text: ConditionText): ConditionNode {
  const checked: Condition | undefined = prepared.conditions?.get(text);
  if (checked !== undefined) return checked.node;
  const late = read.get(prepared) ?? new Map<ConditionText, ConditionNode>();
  read.set(prepared, late);
  const known = late.get(text);
  if (known !== undefined) return known;
  const { node } = checkCondition(text, looseVocabulary(prepared));
  late.set(text, node);
  return node;
}

/** Whether any condition of the edition looks at the other subjects of the round. */
export function asksPeers({ edition }: Prepared): boolean {
  const { preconditions = [], vetoes, caps, downgrades, conclusions, actions = [] } = edition;
  const texts = [
    ...[...preconditions, ...vetoes, ...caps, ...downgrades, ...actions].map(({ when }) => when),
    ...conclusions.flatMap(({ rows }) => rows.flatMap(({ when }) => when)),
  ];
  return texts.some((text) => text.includes('anyPeer'));
}

function looseVocabulary({ order }: Prepared): ConditionVocabulary {
  return {
    codes: new Set(order.map(({ code }) => code)),
    facts: {
      find: (name) => ({ name, type: 'number', unit: undefined, own: true }),
      nearest: () => undefined,
    },
  };
}
