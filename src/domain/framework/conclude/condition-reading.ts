import type { Formula } from '../../formula/formula.ts';
import { compare, type Exact, exact } from '../../kit/decimal.ts';
import { isMissing, type Missing, missing, namesInTheWay } from '../../kit/value.ts';
import type { Context, Facts } from '../answer.ts';
import type { Prepared, Scored, Verdict } from '../result.ts';
import { type FactReader, factReader, isNumber, type Known } from '../score/fact-reader.ts';
import { surveyFact } from '../score/given.ts';
import type { Condition, ConditionNode, Quantity, RuleKind, Wording } from './condition-syntax.ts';
import {
  type Bounded,
  calculated,
  compared,
  type Judgement,
  joined,
  known,
  type Lack,
  lacks,
  type Range,
  turned,
  unknown,
} from './range.ts';
import { ScoreView } from './score-view.ts';

/** What a condition is read against. */
export interface ConditionReading {
  readonly prepared: Prepared;
  /** Null inside a leaf: there words about scores are not known. */
  readonly scores: ScoreView | null;
  readonly facts: Facts;
  readonly reader: FactReader;
  readonly context: Context;
  /** Years before the assessed one; there only facts are known, and what earlier evaluations left behind as facts. */
  readonly yearsBack: number;
  /** How each veto, cap and downgrade was judged, once they were. */
  readonly rules: Readonly<Record<RuleKind, readonly Judgement[]>> | null;
  readonly precondition: Judgement;
  readonly inQuota: Judgement;
  /** The conclusions, once they were drawn. */
  readonly concluded: readonly string[] | null;
  /** All subjects of the round, this one included; null outside a round. */
  readonly peers: readonly ConditionReading[] | null;
  /** Collects the names of what was taken as not holding because nobody has said it. */
  readonly open: Set<string>;
}

/** A reading of one subject, before its rules are judged. */
export function conditionReading(
  prepared: Prepared,
  scored: Scored | null,
  facts: Facts,
  context: Context,
): ConditionReading {
  return {
    ...{ prepared, facts, context, yearsBack: 0, rules: null, precondition: true, concluded: null, peers: null },
    scores: scored && new ScoreView(prepared, scored),
    reader: factReader(facts),
    inQuota: context.inQuota ?? { of: 'given', names: ['名额'] },
    open: new Set(),
  };
}

/** Whether a condition holds, or the names of what is not known yet. */
export function holds(condition: Condition, reading: ConditionReading): Verdict {
  const judgement = judge(condition.node, reading);
  return lacks(judgement) ? missing('not-filed', judgement.names) : judgement;
}

/**
 * Whether a condition holds, in three values: a part that is not known matters only where the other parts leave it open. A
 * comparison with what does not apply to the subject does not hold.
 */
export function judge(node: ConditionNode, reading: ConditionReading): Judgement {
  switch (node.kind) {
    case 'either':
      return either(node.parts.map((part) => judge(part, reading)));
    case 'both':
      return inverse(either(node.parts.map((part) => inverse(judge(part, reading)))));
    case 'not':
      return inverse(judge(node.part, reading));
    case 'compare':
      return comparison(node, reading);
    case 'wording':
      return wording(node.left, node.equal, node.words, reading);
    case 'anyRule':
      return anyRule(node.rules, reading);
    case 'anyOption':
      return anyOption(node, reading);
    case 'verdict':
      return reading.yearsBack > 0 ? false : (reading.scores?.verdict(node.code) ?? noScores);
    case 'precondition':
      return orOpen(reading.precondition, true, reading);
    case 'inQuota':
      return reading.inQuota;
    case 'first':
    case 'again': {
      const { occasion } = reading.context;
      // Two cut-offs hang on it, so nothing is concluded without it.
      return occasion === undefined ? { of: 'scores', names: ['申报次数（occasion）'] } : occasion === node.kind;
    }
    case 'urgent':
    case 'beyondSchool':
      return reading.context[node.kind] === true;
    case 'trend':
      return trend(node, reading);
    case 'formula':
      return truthOf(node.formula, reading);
    case 'anyMember':
      return anyMember(node.formula, reading);
    case 'anyPeer':
      return anyPeer(node.part, node.alike, reading);
  }
}

const noScores: Lack = { of: 'scores', names: ['得分'] };

/** True if any is; false if all are; else what is in the way. */
export function either(judgements: readonly Judgement[]): Judgement {
  if (judgements.includes(true)) return true;
  return judgements.filter(lacks).reduce<Lack | null>(joined, null) ?? false;
}

function inverse(judgement: Judgement): Judgement {
  return lacks(judgement) ? judgement : !judgement;
}

/** What nobody has given counts as said, and is named as open; what hangs on a score stays open. */
function orOpen(judgement: Judgement, otherwise: boolean, reading: ConditionReading): Judgement {
  if (!lacks(judgement) || judgement.of === 'scores') return judgement;
  for (const name of judgement.names) reading.open.add(name);
  return otherwise;
}

function anyRule(kind: RuleKind, reading: ConditionReading): Judgement {
  if (reading.rules === null) return noScores;
  return orOpen(either(reading.rules[kind]), false, reading);
}

function anyOption(node: ConditionNode & { kind: 'anyOption' }, reading: ConditionReading): Judgement {
  if (reading.yearsBack > 0) return false;
  const count = reading.scores?.answered(node.option, node.of, node.under);
  return count === undefined ? noScores : compared(count, '>=', known(exact(1)));
}

function comparison(node: ConditionNode & { kind: 'compare' }, reading: ConditionReading): Judgement {
  if (reading.yearsBack > 0) {
    const earlier = fullBefore(node, reading);
    if (earlier !== undefined) return earlier;
  }
  const steps: Judgement[] = [];
  let left = quantity(node.first, reading);
  for (const { operator, right: written } of node.steps) {
    const right = quantity(written, reading);
    if (left === 'notApplicable' || right === 'notApplicable') return false;
    steps.push(inverse(compared(left, operator, right)));
    left = right;
  }
  return inverse(either(steps));
}

/** `leaf(C20)<full` in an earlier year: what the evaluation of that year left behind, else not known to hold. */
function fullBefore(node: ConditionNode & { kind: 'compare' }, reading: ConditionReading): boolean | undefined {
  const [step, more] = node.steps;
  if (node.first.kind !== 'leaf' || step?.right.kind !== 'full' || more) return undefined;
  const { key } = reading.prepared.edition;
  const full = reading.reader.factOf(`evaluation.${key}.leaf.${node.first.code}.full`, reading.yearsBack);
  if (typeof full !== 'boolean') return false;
  return step.operator === '<' ? !full : full;
}

/** The number that a condition asks for, with the range that it can still take. */
export function quantity(asked: Quantity, reading: ConditionReading): Bounded {
  switch (asked.kind) {
    case 'number':
      return known(asked.value);
    case 'negate': {
      const operand = quantity(asked.operand, reading);
      return operand === 'notApplicable' ? operand : turned(operand);
    }
    case 'arithmetic': {
      const [left, right] = [quantity(asked.left, reading), quantity(asked.right, reading)];
      if (left === 'notApplicable' || right === 'notApplicable') return 'notApplicable';
      return calculated(asked.operator, left, right);
    }
    case 'formula':
      return numberOf(reading.reader.valueOf(asked.formula, reading.yearsBack), reading);
    case 'survey':
      return survey(asked.survey, asked.measure, reading);
    case 'rate':
      if (reading.yearsBack > 0) return earlierRate(asked.code, reading);
      return reading.scores?.rate(asked.code) ?? unknown('scores', [asked.code]);
    case 'layer':
    case 'evaluation':
    case 'consecutive':
    case 'tenureMonths':
    case 'servedMonths':
    case 'repeatedNo':
      return reading.yearsBack > 0 ? 'notApplicable' : given(asked, reading);
    case 'targetsMissing':
      return reading.yearsBack > 0 ? 'notApplicable' : targetsMissing(reading);
    default:
      if (reading.yearsBack > 0) return 'notApplicable';
      return reading.scores === null ? unknown('scores', noScores.names) : scoreOf(asked, reading.scores);
  }
}

type ScoreQuantity = Exclude<
  Quantity,
  {
    kind:
      | 'number'
      | 'negate'
      | 'arithmetic'
      | 'formula'
      | 'survey'
      | 'rate'
      | 'layer'
      | 'evaluation'
      | 'consecutive'
      | 'tenureMonths'
      | 'servedMonths'
      | 'repeatedNo'
      | 'targetsMissing';
  }
>;

function scoreOf(asked: ScoreQuantity, scores: ScoreView): Bounded {
  switch (asked.kind) {
    case 'total':
      return scores.total();
    case 'base':
      return scores.base();
    case 'bonus':
      return scores.bonus();
    case 'failedMust':
      return scores.failedMust();
    case 'mustRate':
      return scores.leastMustRate();
    case 'mustNo':
      return scores.answered('no', 'must');
    case 'leaf':
      return scores.points(asked.code);
    case 'full':
      return scores.max(asked.code);
    case 'minRate':
      return scores.leastRate(asked.level);
    case 'options':
      return scores.answered(asked.option);
    case 'count':
      return scores.graded(asked.grade, asked.under);
  }
}

/** Words for what a person has to give, as they stand in `open`. */
const givenWords = { tenureMonths: '任职月数', servedMonths: '履职月数', repeatedNo: '连续判否次数' } as const;
const layerWords: Readonly<Record<string, string>> = { self: '自评', county: '县级', city: '市级', province: '省级' };

function given(
  asked: Extract<Quantity, { kind: 'layer' | 'evaluation' | 'consecutive' | keyof typeof givenWords }>,
  { context, concluded, prepared, reader }: ConditionReading,
): Bounded {
  switch (asked.kind) {
    case 'layer': {
      const total = context.layers?.[asked.layer]?.total;
      return total === undefined ? unknown('given', [`${layerName(asked.layer)}得分`]) : known(exact(total));
    }
    case 'evaluation': {
      const rounds = context.evaluations?.[asked.key];
      if (rounds === undefined) {
        const kept = reader.factOf(`evaluation.${asked.key}.${asked.measure}`);
        return isNumber(kept) ? known(kept) : unknown('given', [`评估 ${asked.key} 的结果`]);
      }
      const figure = rounds[0]?.[asked.measure];
      return figure === undefined ? 'notApplicable' : known(exact(figure));
    }
    case 'consecutive': {
      if (concluded === null) return unknown('scores', noScores.names);
      if (!concluded.includes(asked.grade)) return known(exact(0));
      const earlier = context.evaluations?.[prepared.edition.key];
      if (earlier === undefined) return { low: exact(1), high: null, lack: { of: 'given', names: ['以前年度的结论'] } };
      const until = earlier.findIndex(({ grade }) => grade !== asked.grade);
      return known(exact(1 + (until === -1 ? earlier.length : until)));
    }
    default: {
      const number = context[asked.kind];
      return number === undefined ? unknown('given', [givenWords[asked.kind]]) : known(exact(number));
    }
  }
}

function layerName(layer: string): string {
  return layerWords[layer] ?? layer;
}

/** Leaves with a target by year of which no target is known: in the edition, or as a fact of the subject. */
function targetsMissing({ prepared, reader }: ConditionReading): Range {
  const open = prepared.leaves.flatMap(({ indicator: { method }, formula }) => {
    const byYear = method?.kind === 'bands' || method?.kind === 'linear' ? method.byYear : undefined;
    if (byYear === undefined || Object.values(byYear.targets).every((target) => target !== null)) return [];
    const targets = (formula?.fields ?? []).filter((name) => name.endsWith('目标值'));
    return targets.filter((name) => isMissing(reader.factOf(name)));
  });
  if (open.length === 0) return known(exact(0));
  return { low: exact(0), high: exact(open.length), lack: { of: 'given', names: [...new Set(open)] } };
}

/** A share or a mean of a survey: what its leaf has measured, else the fact of the survey. */
function survey(name: string, measure: 'share' | 'mean', reading: ConditionReading): Bounded {
  if (reading.yearsBack === 0 && reading.scores !== null) {
    const leaves = reading.scores.scored.leaves;
    for (const { indicator } of reading.prepared.leaves) {
      const { method } = indicator;
      if (method?.kind !== 'survey' || method.survey !== name || method.measure !== measure) continue;
      const leaf = leaves.find(({ code }) => code === indicator.code);
      if (leaf?.value) return known(leaf.value);
    }
  }
  return numberOf(reading.reader.factOf(surveyFact(name, measure), reading.yearsBack), reading);
}

function earlierRate(code: string, reading: ConditionReading): Bounded {
  const { key } = reading.prepared.edition;
  const rate = reading.reader.factOf(`evaluation.${key}.rate.${code}`, reading.yearsBack);
  return isNumber(rate) ? known(rate) : 'notApplicable';
}

function numberOf(value: Known | Missing, reading: ConditionReading): Bounded {
  if (isNumber(value)) return known(value);
  if (isMissing(value) && value.missing === 'not-applicable') return 'notApplicable';
  return unknown('given', isMissing(value) ? namesOf(value, reading.yearsBack) : []);
}

/** The facts in the way, with their year where it is not the assessed one. */
function namesOf(value: Missing, yearsBack: number): string[] {
  return namesInTheWay(value).map((name) => (yearsBack === 0 ? name : `${name}（前 ${yearsBack} 年）`));
}

function truthOf(formula: Formula, reading: ConditionReading): Judgement {
  const value = reading.reader.valueOf(formula, reading.yearsBack);
  if (!isMissing(value)) return value === true;
  if (value.missing === 'not-applicable') return false;
  return { of: 'given', names: namesOf(value, reading.yearsBack) };
}

/**
 * Three years in a row below the year before, which needs four values: a short series is not known, and one year against
 * the trend decides it.
 */
function trend(node: ConditionNode & { kind: 'trend' }, { reader, yearsBack }: ConditionReading): Judgement {
  const values = Array.from({ length: node.years + 1 }, (_, back) => reader.valueOf(node.formula, yearsBack + back));
  const steps = values.slice(1).map((before, back): Judgement => {
    const after = values[back]!;
    if (isNumber(before) && isNumber(after)) {
      return node.direction === 'down' ? compare(after, before) < 0 : compare(after, before) > 0;
    }
    const open = [after, before].flatMap((value, at) =>
      isMissing(value) ? namesOf(value, yearsBack + back + at) : [],
    );
    return { of: 'given', names: open };
  });
  return inverse(either(steps.map(inverse)));
}

function anyMember(formula: Formula, reading: ConditionReading): Judgement {
  const members = reading.facts.members(reading.yearsBack);
  if (members.length === 0) return { of: 'given', names: formula.fields };
  return either(
    members.map((read) => {
      const facts: Facts = { read: (name) => read(name), members: () => [] };
      return truthOf(formula, { ...reading, facts, reader: factReader(facts), yearsBack: 0 });
    }),
  );
}

/** A rule of a group: it holds for all as soon as it holds for one of them. */
function anyPeer(part: ConditionNode, alike: string | null, reading: ConditionReading): Judgement {
  const peers = reading.peers ?? [reading];
  if (alike === null) return either(peers.map((peer) => judge(part, peer)));
  const own = reading.reader.factOf(alike);
  if (isMissing(own)) return { of: 'given', names: [alike] };
  return either(peers.filter((peer) => same(peer.reader.factOf(alike), own)).map((peer) => judge(part, peer)));
}

function same(left: Known | Missing, right: Known): boolean {
  if (isNumber(left) && isNumber(right)) return compare(left as Exact, right as Exact) === 0;
  return left === right;
}

function wording(left: Wording, equal: boolean, words: string, reading: ConditionReading): Judgement {
  if (reading.yearsBack > 0) return false;
  const found = wordsOf(left, reading);
  if (found === null) return false;
  if (typeof found !== 'string') return found;
  return (found === words) === equal;
}

/** The word that is asked for, null where the subject has none, or what is in the way. */
function wordsOf(left: Wording, { context, scores, concluded, reader }: ConditionReading): string | Lack | null {
  switch (left.kind) {
    case 'class':
      return context.class ?? { of: 'given', names: ['类别（class）'] };
    case 'conclusion':
      return concluded?.[0] ?? noScores;
    case 'layerGrade':
      return context.layers?.[left.layer]?.grade ?? { of: 'given', names: [`${layerName(left.layer)}结论`] };
    case 'evaluationGrade': {
      const rounds = context.evaluations?.[left.key];
      if (rounds !== undefined) return rounds[0]?.grade ?? null;
      const kept = reader.factOf(`evaluation.${left.key}.grade`);
      return typeof kept === 'string' ? kept : { of: 'given', names: [`评估 ${left.key} 的结论`] };
    }
    default: {
      if (scores === null) return noScores;
      const found = left.kind === 'option' ? scores.option(left.code) : scores.grade(left.code);
      if (found !== undefined) return found;
      return scores.isOpen(left.code) ? { of: 'scores', names: [left.code] } : null;
    }
  }
}
