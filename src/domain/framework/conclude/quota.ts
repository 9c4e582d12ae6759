import { exact, floor, fractionText, multiply, toNumber } from '../../kit/decimal.ts';
import { isMissing } from '../../kit/value.ts';
import type { ConclusionTable } from '../edition.ts';
import { isNumber } from '../score/fact-reader.ts';
import type { ConditionReading } from './condition-reading.ts';
import { totalOf, wouldGet } from './decision-table.ts';
import { type Bounded, compared, type Judgement, lacks } from './range.ts';
import type { JudgedSubject } from './rules.ts';

type Quota = NonNullable<ConclusionTable['quota']>;

/** One subject of a round with its name. */
export interface Contender {
  readonly subject: string;
  readonly judged: JudgedSubject;
}

/** A candidate with the figures by which candidates are put in order: the total, then the nodes of the ties. */
interface Ranked {
  readonly subject: string;
  readonly figures: readonly Bounded[];
}

/**
 * Who is within the quota of a table. The quota is a share of all subjects of the group (the subjects that agree in `by`),
 * rounded down; the candidates are those that would get the grade without a quota, the best first by their total and
 * then by the ties of the edition. Where the line runs between equals, a person decides: all of them stay open. While one
 * of the group is unscored, nobody's place is known; where what is open in two candidates decides who is ahead, theirs is not.
 */
export function quotaPlaces(
  table: ConclusionTable,
  quota: Quota,
  contenders: readonly Contender[],
): ReadonlyMap<string, Judgement> {
  if (quota.limit === null) return new Map(contenders.map(({ subject }) => [subject, true]));
  const groups = new Map<string, Contender[]>();
  for (const contender of contenders) {
    const key = groupOf(quota, contender.judged.reading);
    groups.set(key, [...(groups.get(key) ?? []), contender]);
  }
  return new Map([...groups.values()].flatMap((group) => placesOf(table, quota, group)));
}

function placesOf(table: ConclusionTable, quota: Quota, group: readonly Contender[]): (readonly [string, Judgement])[] {
  const judgements = group.map(({ judged }) => wouldGet(table, quota.grade, judged));
  const unscored = group.filter((_, at) => lacks(judgements[at]!)).map(({ subject }) => subject);
  if (unscored.length > 0) {
    const lack = { of: 'given', names: [`名额：${unscored.slice(0, 5).join('、')} 尚未评完`] } as const;
    return group.map(({ subject }) => [subject, lack]);
  }
  const seats = toNumber(floor(multiply(exact(quota.limit!), exact(group.length))));
  const candidates = group.filter((_, at) => judgements[at] === true).map((one) => ranked(table, quota, one));
  return candidates.map((one) => [one.subject, placeOf(one, candidates, seats)]);
}

/** Whether a candidate is within the seats whatever is still open, or why that cannot be said. */
function placeOf(one: Ranked, candidates: readonly Ranked[], seats: number): Judgement {
  const found = { ahead: 0, behind: 0, equal: [] as string[], unknown: [] as string[] };
  for (const other of candidates) {
    const place = order(other, one);
    if (place === 'ahead' || place === 'behind') found[place] += 1;
    else found[place].push(other.subject);
  }
  if (found.ahead >= seats) return false;
  if (found.ahead + found.equal.length + found.unknown.length <= seats) return true;
  const named = (subjects: readonly string[]): string => subjects.slice(0, 5).join('、');
  if (found.unknown.length > 0) {
    return { of: 'scores', names: [`名额：${one.subject}与${named(found.unknown)}的先后取决于未评的项`] };
  }
  // No rule of the edition tells them apart.
  return { of: 'given', names: [`名额：${named(found.equal)} 并列，由督导机构决定`] };
}

function ranked(table: ConclusionTable, quota: Quota, { subject, judged }: Contender): Ranked {
  const scores = judged.reading.scores;
  if (scores === null) return { subject, figures: [] };
  const total = scores[totalOf(table, quota.grade, judged.reading)]();
  const ties = quota.ties.map((tie) => ('rate' in tie ? scores.rate(tie.rate) : scores.points(tie.leaf)));
  return { subject, figures: [total, ...ties] };
}

/** Where left stands against right; what has no figure stands behind what has one. */
function order(left: Ranked, right: Ranked): 'ahead' | 'behind' | 'equal' | 'unknown' {
  // A candidate stands beside itself, whatever is open in it.
  if (left === right) return 'equal';
  for (const [at, mine] of left.figures.entries()) {
    const other = right.figures[at] ?? 'notApplicable';
    if (mine === 'notApplicable' || other === 'notApplicable') {
      if (mine === other) continue;
      return mine === 'notApplicable' ? 'behind' : 'ahead';
    }
    if (compared(mine, '>', other) === true) return 'ahead';
    if (compared(mine, '<', other) === true) return 'behind';
    if (compared(mine, '=', other) !== true) return 'unknown';
  }
  return 'equal';
}

/** Subjects without the fact stand together: in a list that does not say it, all are one group. */
function groupOf({ by }: Quota, { reader, context }: ConditionReading): string {
  return JSON.stringify(
    by.map((name) => {
      if (name === 'class') return context.class ?? null;
      const value = reader.factOf(name);
      if (isMissing(value)) return null;
      return isNumber(value) ? fractionText(value) : value;
    }),
  );
}
