import { asksLayers } from '../conclude/condition-names.ts';
import type { ConditionNode, Quantity } from '../conclude/condition-syntax.ts';
import { looksBack } from '../conclude/condition-words.ts';
import { conditionOf } from '../conclude/edition-conditions.ts';
import { factsOfMethod } from '../edition/method-check.ts';
import type { Code, Indicator, Rule } from '../edition.ts';
import { factKindOf } from '../names.ts';
import type { Prepared, PreparedLeaf } from '../result.ts';
import { earlierFact, earlierFullFact, earlierRateFact, readEarlierName, roundsBack } from '../score/earlier-fact.ts';
import { parentsOf, surveyFact } from '../score/survey-fact.ts';

/** A fact that an edition reads. */
export interface ReadFact {
  /** `事实:在园幼儿数`, `均衡:…`, `survey.群众满意度.share`, `evaluation.county-inspection-sample.grade` */
  readonly name: string;
  /** Of how many years: the assessed one and those before it. */
  readonly years: number;
  /** The leaves that read it. */
  readonly codes: readonly Code[];
  /** Whether rules, conclusions or actions read it. */
  readonly inRules: boolean;
}

/** Names with the number of years in which each is read, the assessed one among them. */
export type ReadNames = ReadonlyMap<string, number>;

/** Collects names; of two readings the one that goes back further counts. */
class Names {
  readonly all = new Map<string, number>();

  add(names: Iterable<string>, years = 1): this {
    for (const name of names) this.all.set(name, Math.max(years, this.all.get(name) ?? 0));
    return this;
  }

  /** Those of a formula: of another evaluation it reads the latest round. */
  formula(names: readonly string[], years = 1): this {
    for (const name of names) {
      const earlier = readEarlierName(name);
      this.add([name], earlier === undefined || 'code' in earlier ? years : years + roundsBack - 1);
    }
    return this;
  }

  /** @param years of how many years the condition is asked: 0 asks no year */
  condition(key: string, node: ConditionNode, years = 1): this {
    switch (node.kind) {
      case 'either':
      case 'both':
        for (const part of node.parts) this.condition(key, part, years);
        return this;
      case 'not':
        return this.condition(key, node.part, years);
      case 'compare':
        for (const one of [node.first, ...node.steps.map(({ right }) => right)]) this.#quantity(key, one, years);
        return this.#full(key, node, years);
      case 'wording':
        return node.left.kind === 'evaluationGrade' ? this.add([earlierFact(node.left.key, 'grade')]) : this;
      case 'trend':
        return this.formula(node.formula.fields, node.years + 1);
      case 'formula':
      case 'anyMember':
        return this.formula(node.formula.fields, years);
      case 'anyPeer':
        return this.add(node.alike === null ? [] : [node.alike]).condition(key, node.part, years);
      default:
        return this;
    }
  }

  #quantity(key: string, asked: Quantity, years: number): void {
    switch (asked.kind) {
      case 'formula':
        this.formula(asked.formula.fields, years);
        return;
      case 'negate':
        this.#quantity(key, asked.operand, years);
        return;
      case 'arithmetic':
        this.#quantity(key, asked.left, years);
        this.#quantity(key, asked.right, years);
        return;
      case 'survey':
        this.add([surveyFact(asked.survey, asked.measure)], years);
        return;
      case 'evaluation':
        this.add([earlierFact(asked.key, asked.measure)]);
        return;
      case 'consecutive':
        this.add([earlierFact(key, 'grade')], longestRow);
        return;
      case 'rate':
        // Of the assessed year the score itself says it.
        if (years > 1) this.add([earlierRateFact(key, asked.code)], years);
        return;
      default:
        return;
    }
  }

  /** `leaf(C20)<full`: of earlier years their evaluations say it. */
  #full(key: string, { first, steps }: ConditionNode & { kind: 'compare' }, years: number): this {
    if (years > 1 && first.kind === 'leaf' && steps[0]?.right.kind === 'full')
      this.add([earlierFullFact(key, first.code)], years);
    return this;
  }
}

/** Of how many years a row of equal grades is looked for. */
const longestRow = 6;

/**
 * Of how many years a leaf reads the figures of its formula, the assessed one among them: a series of its span, one year more
 * where each year is compared with the one before, and the years of a target by year.
 */
export function yearsAsked(method: Indicator['method']): number {
  if (method?.kind === 'years') return method.rule === 'nonNegative' ? method.span : method.span + 1;
  const byYear = method?.kind === 'bands' || method?.kind === 'linear' ? method.byYear : undefined;
  if (byYear === undefined) return 1;
  return byYear.years.length - Math.max(0, byYear.years.indexOf(byYear.fromYear ?? ''));
}

/**
 * Every fact that one leaf can read, whatever was answered: those of its formulas, its method, the conditions of its notes and of
 * its dated relaxations, the survey or the evaluation that fills it.
 */
export function factsOfLeaf(prepared: Prepared, leaf: PreparedLeaf): ReadNames {
  const { formula, applies, elementFormulas, elementApplies, indicator } = leaf;
  const { method } = indicator;
  const names = new Names()
    .formula(
      [formula, ...elementFormulas].flatMap((one) => one?.fields ?? []),
      yearsAsked(method),
    )
    .formula([applies, ...elementApplies].flatMap((one) => one?.fields ?? []))
    .add(factsOfMethod(method));
  for (const { when, leaves } of datedRelaxations(prepared)) {
    if (leaves.some(({ at }) => at === leaf.at)) names.formula(when?.fields ?? []);
  }
  for (const [name, years] of factsOfNotes(prepared, leaf)) names.add([name], years);
  if (method?.kind === 'survey' && formula === null) {
    names.add([surveyFact(method.survey, method.measure)]);
    const asksParents = method.parentShare !== undefined;
    if (method.minimumAnswers || asksParents) names.add([surveyFact(method.survey, 'answers')]);
    if (asksParents) names.add([surveyFact(method.survey, 'answers', parentsOf(method))]);
  }
  if (method?.kind === 'result' && formula === null) {
    names.add([earlierFact(method.evaluation, method.measure)], method.lookBackYears ?? longestRow);
  }
  return names.all;
}

/** The relaxations that can hold: while nobody knows the last day of one, nobody is asked whom it is for. */
const datedRelaxations = ({ relaxations }: Prepared) =>
  relaxations.filter(({ relaxation }) => relaxation.until !== null);

/** The facts that the conditions at a leaf read: of the notes of its document, and of what doubles its deductions. */
export function factsOfNotes(prepared: Prepared, { indicator: { adjust = [], method } }: PreparedLeaf): ReadNames {
  const factors = method?.kind === 'deduction' ? (method.factorIf ?? []) : [];
  const names = new Names();
  for (const { when } of [...adjust, ...factors]) names.condition(prepared.edition.key, conditionOf(prepared, when));
  return names.all;
}

/** Every fact that preconditions, vetoes, caps, downgrades, conclusions, quotas and actions read, with the years of their look-back. */
export function factsOfRules(prepared: Prepared): ReadNames {
  const { key, preconditions = [], vetoes, caps, downgrades, conclusions, actions = [] } = prepared.edition;
  const names = new Names();
  for (const { when, lookBackYears } of [...vetoes, ...caps, ...downgrades]) {
    const node = conditionOf(prepared, when);
    names.condition(key, node, looksBack(node) ? 1 : Math.max(1, lookBackYears));
  }
  const others = [
    ...[...preconditions, ...actions].map(({ when }) => when),
    ...conclusions.flatMap(({ rows }) => rows.flatMap(({ when }) => when)),
  ];
  for (const when of others) names.condition(key, conditionOf(prepared, when));
  names.add(conclusions.flatMap(({ quota }) => quota?.by ?? []).filter((name) => name !== 'class'));
  return names.all;
}

/**
 * Every fact that an edition reads, each once with the leaves and the rules that read it: the one list for snapshots, for the
 * questions that are asked, for the burden and for what is read of the published view.
 */
export function factsOfEdition(prepared: Prepared): readonly ReadFact[] {
  const found = new Map<string, { years: number; codes: Set<Code>; inRules: boolean }>();
  const at = (name: string, years: number) => {
    const one = found.get(name) ?? { years: 0, codes: new Set<Code>(), inRules: false };
    one.years = Math.max(one.years, years);
    found.set(name, one);
    return one;
  };
  for (const leaf of [...prepared.leaves, ...datedRelaxations(prepared).flatMap(({ leaves }) => leaves)]) {
    for (const [name, years] of factsOfLeaf(prepared, leaf)) at(name, years).codes.add(leaf.indicator.code);
  }
  for (const name of prepared.applies?.fields ?? []) at(name, 1).inRules = true;
  for (const [name, years] of factsOfRules(prepared)) at(name, years).inRules = true;
  return [...found].map(([name, { years, codes, inRules }]) => ({ name, years, codes: [...codes], inRules }));
}

/**
 * Rules that figures may leave open although every question is answered: they compare with what nobody can enter (the balance, the
 * yearly record, another layer, years before the product). The office says of them whether they hold.
 */
export function rulesToRule({ edition, conditions, named }: Prepared): readonly Rule[] {
  return [...edition.vetoes, ...edition.caps, ...edition.downgrades].filter(({ when, lookBackYears }) => {
    const node = conditions.get(when)?.node;
    if (node === undefined) return false;
    const names = [...new Names().condition(edition.key, node).all.keys()];
    const isOfOthers = lookBackYears > 1 || looksBack(node) || asksLayers(node);
    return isOfOthers || names.some((name) => factKindOf(name, named.attributes) !== 'asked');
  });
}

/** The names of all facts that an edition reads, each once; results of the same framework in earlier years are not among them. */
export function factNamesOf(prepared: Prepared): string[] {
  return factsOfEdition(prepared).flatMap(({ name }) => (isOwnResult(prepared, name) ? [] : [name]));
}

/** Whether a name is a result of this framework itself: the product knows its evaluations and asks nobody. */
export function isOwnResult({ edition }: Prepared, name: string): boolean {
  const earlier = readEarlierName(name);
  return earlier !== undefined && (earlier.key === edition.key || 'code' in earlier);
}
