import type { Formula } from '../../formula/formula.ts';
import { compare, type Exact, exact } from '../../kit/decimal.ts';
import { isMissing, type Missing, missing } from '../../kit/value.ts';
import type { Facts } from '../answer.ts';
import type { Verdict } from '../result.ts';
import { earlierFact, earlierFullFact } from '../score/earlier-fact.ts';
import { factReader, isNumber, type Known } from '../score/fact-reader.ts';
import { type ConditionReading, noScores, openRoundOf } from './condition-reading.ts';
import type { Condition, ConditionNode, RuleKind, Wording } from './condition-syntax.ts';
import { layerWord } from './condition-words.ts';
import { namesOf, quantity } from './quantity-reading.ts';
import { compared, type Judgement, joined, known, type Lack, lacks } from './range.ts';

/** Whether a condition holds, or the names of what is not known yet. */
export function holds(condition: Condition, reading: ConditionReading): Verdict {
  const judgement = judge(condition.node, reading);
  return lacks(judgement) ? missing('not-filed', judgement.names) : judgement;
}

/**
 * Whether a condition holds, in three values: a part that is not known matters only where the other parts leave it open. A
 * comparison with what does not apply to the subject, or with a score of an earlier year that is not kept, does not hold; its
 * negation does not hold either, because there is nothing of which it could be said.
 * @param wanted false: whether the condition does not hold (非)
 */
export function judge(node: ConditionNode, reading: ConditionReading, wanted = true): Judgement {
  const turned = (judgement: Judgement): Judgement => (wanted ? judgement : inverse(judgement));
  switch (node.kind) {
    case 'either':
    case 'both': {
      const parts = node.parts.map((part) => judge(part, reading, wanted));
      return (node.kind === 'either') === wanted ? either(parts) : inverse(either(parts.map(inverse)));
    }
    case 'not':
      return judge(node.part, reading, !wanted);
    case 'compare':
      return comparison(node, reading, wanted);
    case 'wording':
      return wording(node, reading, wanted);
    case 'anyRule':
      return turned(anyRule(node.rules, reading));
    case 'anyOption':
      return reading.yearsBack > 0 ? false : turned(anyOption(node, reading));
    case 'verdict':
      return reading.yearsBack > 0 ? false : turned(reading.scores?.verdict(node.code) ?? noScores);
    case 'precondition':
      return turned(orOpen(reading.precondition, true, reading));
    case 'inQuota':
      return turned(reading.inQuota);
    case 'first':
    case 'again': {
      const { occasion } = reading.context;
      // Two cut-offs hang on it, so nothing is concluded without it.
      return occasion === undefined
        ? { of: 'scores', names: ['申报次数（occasion）'] }
        : (occasion === node.kind) === wanted;
    }
    case 'urgent':
    case 'beyondSchool':
      return turned(reading.context[node.kind] === true);
    case 'trend':
      return turned(trend(node, reading));
    case 'formula':
      return truthOf(node.formula, reading, wanted);
    case 'anyMember':
      return turned(anyMember(node.formula, reading));
    case 'anyPeer':
      return turned(anyPeer(node.part, node.alike, reading));
  }
}

/** True if any is; false if all are; else what is in the way. */
export function either(judgements: readonly Judgement[]): Judgement {
  if (judgements.includes(true)) return true;
  return judgements.filter(lacks).reduce<Lack | null>(joined, null) ?? false;
}

/** The opposite of a judgement; what is not known stays so. */
export function inverse(judgement: Judgement): Judgement {
  return lacks(judgement) ? judgement : !judgement;
}

/**
 * What nobody has given counts as said, and is named as open; what hangs on a score stays open, and of a strict reading what
 * nobody has given does too.
 */
function orOpen(judgement: Judgement, otherwise: boolean, reading: ConditionReading): Judgement {
  if (!lacks(judgement) || judgement.of === 'scores') return judgement;
  if (reading.strict) return { of: 'scores', names: judgement.names };
  for (const name of judgement.names) reading.open.add(name);
  return otherwise;
}

function anyRule(kind: RuleKind, reading: ConditionReading): Judgement {
  if (reading.rules === null) return noScores;
  return orOpen(either(reading.rules[kind]), false, reading);
}

function anyOption(node: ConditionNode & { kind: 'anyOption' }, reading: ConditionReading): Judgement {
  const count = reading.scores?.answered(node.option, node.of, node.under);
  return count === undefined ? noScores : compared(count, '>=', known(exact(1)));
}

function comparison(node: ConditionNode & { kind: 'compare' }, reading: ConditionReading, wanted: boolean): Judgement {
  if (reading.yearsBack > 0) {
    const earlier = fullBefore(node, reading, wanted);
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
  const failed = either(steps);
  return wanted ? inverse(failed) : failed;
}

/** `leaf(C20)<full` in an earlier year: what the evaluation of that year left behind, else not known to hold. */
function fullBefore(
  node: ConditionNode & { kind: 'compare' },
  reading: ConditionReading,
  wanted: boolean,
): boolean | undefined {
  const [step, more] = node.steps;
  if (node.first.kind !== 'leaf' || step?.right.kind !== 'full' || more) return undefined;
  const { key } = reading.prepared.edition;
  const full = reading.reader.factOf(earlierFullFact(key, node.first.code), reading.yearsBack);
  if (typeof full !== 'boolean') return false;
  // Nobody has more than all points.
  const holds = { '<': !full, '<>': !full, '=': full, '>=': full, '<=': true, '>': false }[step.operator];
  return holds === wanted;
}

function truthOf(formula: Formula, reading: ConditionReading, wanted = true): Judgement {
  const value = reading.reader.valueOf(formula, reading.yearsBack);
  if (!isMissing(value)) return (value === true) === wanted;
  if (value.missing === 'not-applicable') return false;
  return { of: 'given', names: namesOf(value, reading.yearsBack) };
}

/**
 * Some years in a row, each below (or above) the year before, which needs one value more: a short series is not known,
 * and one year against the trend decides it.
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
  // Somebody who is not settled yet may still bring it about.
  const open = openRoundOf(reading.context);
  const others = open === undefined ? [] : [open];
  if (alike === null) return either([...peers.map((peer) => judge(part, peer)), ...others]);
  const own = reading.reader.factOf(alike);
  if (isMissing(own)) return { of: 'given', names: [alike] };
  const alikes = peers.filter((peer) => same(peer.reader.factOf(alike), own));
  return either([...alikes.map((peer) => judge(part, peer)), ...others]);
}

function same(left: Known | Missing, right: Known): boolean {
  if (isNumber(left) && isNumber(right)) return compare(left as Exact, right as Exact) === 0;
  return left === right;
}

function wording(
  { left, equal, words }: ConditionNode & { kind: 'wording' },
  reading: ConditionReading,
  wanted: boolean,
): Judgement {
  if (reading.yearsBack > 0) return false;
  const found = wordsOf(left, reading);
  if (found === null) return false;
  if (typeof found !== 'string') return found;
  return (found === words) === (equal === wanted);
}

/** The word that is asked for, null where the subject has none, or what is in the way. */
function wordsOf(left: Wording, { context, scores, concluded, reader }: ConditionReading): string | Lack | null {
  switch (left.kind) {
    case 'class':
      return context.class ?? { of: 'given', names: ['类别（class）'] };
    case 'conclusion':
      return concluded?.[0] ?? noScores;
    case 'layerGrade':
      return context.layers?.[left.layer]?.grade ?? { of: 'given', names: [`${layerWord(left.layer)}结论`] };
    case 'evaluationGrade': {
      const rounds = context.evaluations?.[left.key];
      if (rounds !== undefined) return rounds[0]?.grade ?? null;
      const kept = reader.factOf(earlierFact(left.key, 'grade'));
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
