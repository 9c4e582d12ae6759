import type { Code } from '../edition.ts';
import { factKindOf } from '../names.ts';
import type { Prepared } from '../result.ts';
import { factsOfEdition, isOwnResult } from './read-facts.ts';

/** Where an edition asks a fact: at leaves, and in rules and conclusions. */
export interface AskedFact {
  /** `事实:在园幼儿数`, `survey.群众满意度.share`, `evaluation.county-inspection-sample.grade` */
  readonly name: string;
  /** Of how many years it is asked: the assessed one and those before it. */
  readonly years: number;
  readonly codes: readonly Code[];
  readonly inRules: boolean;
  /** The panel finds it on its visit, and the subject is not asked. */
  readonly byPanel: boolean;
}

/**
 * The facts that an edition asks of people, each with the leaves that read it (by formula, applicability, elements, method,
 * survey, notes and relaxations) and whether rules or conclusions do. A result of another evaluation is asked too, for one that
 * was held elsewhere.
 */
export function askedFacts(prepared: Prepared): readonly AskedFact[] {
  const { attributes, ofPanel } = prepared.named;
  return factsOfEdition(prepared)
    .filter(({ name }) => factKindOf(name, attributes) === 'asked' && !isOwnResult(prepared, name))
    .map((one) => ({ ...one, byPanel: ofPanel.has(one.name) }));
}
