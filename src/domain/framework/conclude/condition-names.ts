import type { Code } from '../edition.ts';
import type { ConditionNode, Quantity } from './condition-syntax.ts';

/** A condition with every condition inside it, in the order of its text. */
export function nodesOf(node: ConditionNode): readonly ConditionNode[] {
  if (node.kind === 'either' || node.kind === 'both') return [node, ...node.parts.flatMap(nodesOf)];
  return node.kind === 'not' || node.kind === 'anyPeer' ? [node, ...nodesOf(node.part)] : [node];
}

/** The quantities that one comparison compares, down to those that it calculates with; none of any other condition. */
export function quantitiesOf(node: ConditionNode): readonly Quantity[] {
  return node.kind === 'compare' ? [node.first, ...node.steps.map(({ right }) => right)].flatMap(operandsOf) : [];
}

function operandsOf(asked: Quantity): readonly Quantity[] {
  if (asked.kind === 'negate') return operandsOf(asked.operand);
  return asked.kind === 'arithmetic' ? [...operandsOf(asked.left), ...operandsOf(asked.right)] : [asked];
}

interface AskedOption {
  readonly code: Code | null;
  readonly option: string;
}

/** The options of leaves that a condition asks for; `code` null: of any leaf. */
export function optionsOfCondition(node: ConditionNode): readonly AskedOption[] {
  return nodesOf(node).flatMap((one): readonly AskedOption[] => {
    if (one.kind === 'anyOption') return [{ code: null, option: one.option }];
    return one.kind === 'wording' && one.left.kind === 'option' ? [{ code: one.left.code, option: one.words }] : [];
  });
}

/** Whether a condition looks at the other subjects of the round. */
export function asksPeers(node: ConditionNode): boolean {
  return nodesOf(node).some(({ kind }) => kind === 'anyPeer');
}

/** Whether a condition compares what a layer came to: its points, or its grade. */
export function asksLayers(node: ConditionNode): boolean {
  return nodesOf(node).some(
    (one) =>
      (one.kind === 'wording' && one.left.kind === 'layerGrade') ||
      quantitiesOf(one).some(({ kind }) => kind === 'layer'),
  );
}
