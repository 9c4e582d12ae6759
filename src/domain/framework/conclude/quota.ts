import { compare, type Exact, exact, multiply } from '../../kit/decimal.ts';
import { isMissing } from '../../kit/value.ts';
import type { ConclusionTable } from '../edition.ts';
import { isNumber } from '../score/fact-reader.ts';
import type { ConditionReading } from './condition-reading.ts';
import { totalOf, wouldGet } from './decision-table.ts';
import { type Judgement, lacks } from './range.ts';
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
  readonly figures: readonly (Exact | null)[];
}

/**
 * Who is within the quota of a table. The quota is a share of all subjects of the group (the subjects that agree in `by`),
 * rounded down; the candidates are those that would get the grade without a quota, the best first by their total and
 * then by the ties of the edition. Where the line runs between equals, a person decides: all of them stay open. While one
 * of the group is unscored, nobody's place is known.
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
  const seats = Number(floor(multiply(exact(quota.limit!), exact(group.length))));
  const candidates = group.filter((_, at) => judgements[at] === true).map((one) => ranked(table, quota, one));
  const order = [...candidates].sort(ahead);
  return order.map(({ subject }, at) => {
    const line = order[seats - 1];
    const next = order[seats];
    // Equal on both sides of the line: no rule of the edition tells them apart.
    if (line && next && ahead(line, next) === 0 && ahead(order[at]!, line) === 0) {
      const equals = order.filter((one) => ahead(one, line) === 0).map((one) => one.subject);
      return [subject, { of: 'given', names: [`名额：${equals.join('、')} 并列，由督导机构决定`] }];
    }
    return [subject, at < seats];
  });
}

function ranked(table: ConclusionTable, quota: Quota, { subject, judged }: Contender): Ranked {
  const scores = judged.reading.scores;
  if (scores === null) return { subject, figures: [] };
  const total = scores[totalOf(table, quota.grade, judged.reading)]().low;
  const ties = quota.ties.map((tie) => {
    const figure = 'rate' in tie ? scores.rate(tie.rate) : scores.points(tie.leaf);
    return figure === 'notApplicable' ? null : figure.low;
  });
  return { subject, figures: [total, ...ties] };
}

/** Negative where left is ahead; what has no figure stands behind what has one. */
function ahead(left: Ranked, right: Ranked): number {
  for (const [at, mine] of left.figures.entries()) {
    const other = right.figures[at] ?? null;
    if (mine === null || other === null) {
      if (mine === other) continue;
      return mine === null ? 1 : -1;
    }
    const order = compare(other, mine);
    if (order !== 0) return order;
  }
  return 0;
}

/** Subjects without the fact stand together: in a list that does not say it, all are one group. */
function groupOf({ by }: Quota, { reader, context }: ConditionReading): string {
  return JSON.stringify(
    by.map((name) => {
      if (name === 'class') return context.class ?? null;
      const value = reader.factOf(name);
      if (isMissing(value)) return null;
      return isNumber(value) ? `${value.s}·${value.n}/${value.d}` : value;
    }),
  );
}

function floor(value: Exact): bigint {
  return value.n / value.d;
}
