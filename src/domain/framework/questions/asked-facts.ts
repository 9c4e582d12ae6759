import { namesOfCondition } from '../conclude/condition-names.ts';
import { factsOfMethod } from '../edition/method-check.ts';
import type { Code } from '../edition.ts';
import { factKindOf, factNamesOf } from '../names.ts';
import type { Prepared, PreparedLeaf } from '../result.ts';

/** Where an edition asks a fact: at leaves, and in rules and conclusions. */
export interface AskedFact {
  /** `事实:在园幼儿数` */
  readonly name: string;
  readonly codes: readonly Code[];
  readonly inRules: boolean;
}

/**
 * The facts that an edition asks of people (`事实:` names), each with the leaves that read it: by formula, applicability,
 * elements, method, notes and relaxations. What no leaf reads is read by rules or conclusions.
 */
export function askedFacts(prepared: Prepared): AskedFact[] {
  const codes = new Map<string, Set<Code>>();
  for (const leaf of [...prepared.leaves, ...prepared.relaxations.flatMap(({ leaves }) => leaves)]) {
    for (const name of namesOfLeaf(prepared, leaf)) {
      codes.set(name, (codes.get(name) ?? new Set()).add(leaf.indicator.code));
    }
  }
  const inRules = new Set(rulesOf(prepared));
  return factNamesOf(prepared)
    .filter((name) => factKindOf(name, prepared.named.attributes) === 'asked')
    .map((name) => ({
      ...{ name, codes: [...(codes.get(name) ?? [])] },
      inRules: inRules.has(name) || !codes.has(name),
    }));
}

function namesOfLeaf(prepared: Prepared, leaf: PreparedLeaf): string[] {
  const { indicator } = leaf;
  const formulas = [leaf.formula, leaf.applies, ...leaf.elementFormulas, ...leaf.elementApplies];
  const conditions = [
    ...(indicator.adjust ?? []).map(({ when }) => when),
    ...(indicator.method?.kind === 'deduction' ? (indicator.method.factorIf ?? []).map(({ when }) => when) : []),
  ];
  return [
    ...formulas.flatMap((formula) => formula?.fields ?? []),
    ...factsOfMethod(indicator.method),
    ...conditions.flatMap((text) => namesIn(prepared, text)),
  ];
}

function rulesOf(prepared: Prepared): string[] {
  const { preconditions = [], vetoes, caps, downgrades, conclusions, actions = [] } = prepared.edition;
  const texts = [
    ...[...preconditions, ...vetoes, ...caps, ...downgrades, ...actions].map(({ when }) => when),
    ...conclusions.flatMap(({ rows }) => rows.flatMap(({ when }) => when)),
  ];
  return texts.flatMap((text) => namesIn(prepared, text));
}

function namesIn({ conditions }: Prepared, text: string): readonly string[] {
  const read = conditions.get(text);
  return read === undefined ? [] : namesOfCondition(read.node);
}
