import type { Code } from '../edition.ts';
import type { ConditionNode, Quantity } from './condition-syntax.ts';

/**
 * The facts that the formulas of a condition read of the subject, its members or its peers, each as often as it stands
 * there. Figures of surveys and of earlier evaluations are no facts of the vocabulary.
 */
export function namesOfCondition(node: ConditionNode): readonly string[] {
  switch (node.kind) {
    case 'either':
    case 'both':
      return node.parts.flatMap(namesOfCondition);
    case 'not':
      return namesOfCondition(node.part);
    case 'compare':
      return [node.first, ...node.steps.map(({ right }) => right)].flatMap(namesOfQuantity);
    case 'trend':
    case 'formula':
    case 'anyMember':
      return node.formula.fields;
    case 'anyPeer':
      return [...(node.alike === null ? [] : [node.alike]), ...namesOfCondition(node.part)];
    default:
      return [];
  }
}

/** The options of leaves that a condition asks for; `code` null: of any leaf. */
export function optionsOfCondition(
  node: ConditionNode,
): readonly { readonly code: Code | null; readonly option: string }[] {
  if (node.kind === 'either' || node.kind === 'both') return node.parts.flatMap(optionsOfCondition);
  if (node.kind === 'not' || node.kind === 'anyPeer') return optionsOfCondition(node.part);
  if (node.kind === 'anyOption') return [{ code: null, option: node.option }];
  if (node.kind !== 'wording' || node.left.kind !== 'option') return [];
  return [{ code: node.left.code, option: node.words }];
}

/** Whether a condition looks at the other subjects of the round. */
export function asksPeers(node: ConditionNode): boolean {
  if (node.kind === 'either' || node.kind === 'both') return node.parts.some(asksPeers);
  return node.kind === 'not' ? asksPeers(node.part) : node.kind === 'anyPeer';
}

/** Whether a condition compares what a layer came to: its points, or its grade. */
export function asksLayers(node: ConditionNode): boolean {
  switch (node.kind) {
    case 'either':
    case 'both':
      return node.parts.some(asksLayers);
    case 'not':
    case 'anyPeer':
      return asksLayers(node.part);
    case 'compare':
      return [node.first, ...node.steps.map(({ right }) => right)].some(isOfLayer);
    case 'wording':
      return node.left.kind === 'layerGrade';
    default:
      return false;
  }
}

function isOfLayer(asked: Quantity): boolean {
  if (asked.kind === 'negate') return isOfLayer(asked.operand);
  if (asked.kind === 'arithmetic') return isOfLayer(asked.left) || isOfLayer(asked.right);
  return asked.kind === 'layer';
}

function namesOfQuantity(asked: Quantity): readonly string[] {
  switch (asked.kind) {
    case 'formula':
      return asked.formula.fields;
    case 'negate':
      return namesOfQuantity(asked.operand);
    case 'arithmetic':
      return [...namesOfQuantity(asked.left), ...namesOfQuantity(asked.right)];
    default:
      return [];
  }
}
