import { exact, floor, fractionText, multiply, toNumber } from '../../kit/decimal.ts';
import { isMissing } from '../../kit/value.ts';
import type { ConclusionTable } from '../edition.ts';
import { isNumber } from '../score/fact-reader.ts';
import { type ConditionReading, tiedWords } from './condition-reading.ts';
import { type Conclusion, totalOf, wouldGet } from './decision-table.ts';
import { type Bounded, compared, type Judgement, lacks } from './range.ts';
import type { JudgedSubject } from './rules.ts';

type Quota = NonNullable<ConclusionTable['quota']>;

/** One subject of a round with its name. */
export interface Contender {
  readonly subject: string;
  readonly judged: JudgedSubject;
  /** What it was confirmed as: its result stands, and a grade of the quota has taken its place. */
  readonly confirmed?: readonly Conclusion[] | undefined;
}

/** What the office ruled about equals at the line of a quota: who of them gets the places that are left. */
export interface TieRuling {
  /** The decision table. */
  readonly table: string;
  /** All who stood equal, by their names in the round. */
  readonly tied: readonly string[];
  readonly chosen: readonly string[];
  /** When it was ruled and why, as the ground of each of their conclusions. */
  readonly words: string;
}

/** Equals between whom the line of a quota runs: no rule of the edition tells them apart. */
export interface Tie {
  readonly table: string;
  readonly grade: string;
  /** How many of them still get a place. */
  readonly places: number;
  readonly tied: readonly string[];
  /** What the office ruled about exactly these; null while it has not. */
  readonly ruling: TieRuling | null;
}

/** How the places of a quota are drawn. */
export interface Draw {
  readonly places: ReadonlyMap<string, Judgement>;
  readonly ties: readonly Tie[];
  /** The subjects among which the quota of each one counts. */
  readonly groups: readonly (readonly string[])[];
}

/** A candidate with the figures by which candidates are put in order: the total, then the nodes of the ties. */
interface Ranked {
  readonly subject: string;
  readonly figures: readonly Bounded[];
}

/**
 * Who is within the quota of a table. The quota is a share of all subjects of the group (the subjects that agree in `by`),
 * rounded down; the candidates are those that would get the grade without a quota, the best first by their total and
 * then by the ties of the edition. Where the line runs between equals, a person decides: all of them stay open until the office
 * has ruled about exactly these. While one of the group is unscored, nobody's place is known; where what is open in two
 * candidates decides who is ahead, theirs is not. Who was confirmed is drawn no more: its grade has taken a place, or has not.
 * @param rulings the newest first
 */
export function quotaPlaces(
  table: ConclusionTable,
  quota: Quota,
  contenders: readonly Contender[],
  rulings: readonly TieRuling[] = [],
): Draw {
  if (quota.limit === null) {
    const all = contenders.map(({ subject }) => subject);
    return { places: new Map(all.map((subject) => [subject, true])), ties: [], groups: [all] };
  }
  const groups = new Map<string, Contender[]>();
  for (const contender of contenders) {
    const key = groupOf(quota, contender.judged.reading);
    groups.set(key, [...(groups.get(key) ?? []), contender]);
  }
  const own = rulings.filter((one) => one.table === table.name);
  const drawn = [...groups.values()].map((group) => drawnGroup(table, quota, group, own));
  return {
    places: new Map(drawn.flatMap(({ places }) => [...places])),
    ties: drawn.flatMap(({ ties }) => ties),
    groups: [...groups.values()].map((group) => group.map(({ subject }) => subject)),
  };
}

function drawnGroup(
  table: ConclusionTable,
  quota: Quota,
  group: readonly Contender[],
  rulings: readonly TieRuling[],
): Omit<Draw, 'groups'> {
  const open = group.filter(({ confirmed }) => confirmed === undefined);
  const judgements = open.map(({ judged }) => wouldGet(table, quota.grade, judged));
  const unscored = open.filter((_, at) => lacks(judgements[at]!)).map(({ subject }) => subject);
  if (unscored.length > 0) {
    const lack = { of: 'given', names: [`名额：${unscored.slice(0, 5).join('、')} 尚未评完`] } as const;
    return { places: new Map(open.map(({ subject }) => [subject, lack])), ties: [] };
  }
  const taken = group.filter(({ confirmed = [] }) =>
    confirmed.some(({ table: of, name }) => of === table.name && name === quota.grade),
  );
  const seats = toNumber(floor(multiply(exact(quota.limit!), exact(group.length)))) - taken.length;
  const candidates = open.filter((_, at) => judgements[at] === true).map((one) => ranked(table, quota, one));
  const stand = new Set(open.map(({ subject }) => subject));
  const still = rulings.map((ruling): Still => {
    const left = (names: readonly string[]) => new Set(names.filter((name) => stand.has(name)));
    return { ruling, tied: left(ruling.tied), chosen: left(ruling.chosen) };
  });
  const ties: Tie[] = [];
  const told = new Set<string>();
  const places = candidates.map((one) => {
    const { place, tie } = placeOf(one, candidates, seats, still);
    // All who stand equal have one tie among them.
    if (tie !== null && !told.has(one.subject)) {
      ties.push({ table: table.name, grade: quota.grade, ...tie });
      for (const subject of tie.tied) told.add(subject);
    }
    return [one.subject, place] as const;
  });
  return { places: new Map(places), ties };
}

/** A ruling, with those of it whose results are not confirmed yet: what was confirmed has taken its place. */
interface Still {
  readonly ruling: TieRuling;
  readonly tied: ReadonlySet<string>;
  readonly chosen: ReadonlySet<string>;
}

interface Placing {
  readonly place: Judgement;
  readonly tie: Omit<Tie, 'table' | 'grade'> | null;
}

/** Whether a candidate is within the seats whatever is still open, or why that cannot be said. */
function placeOf(one: Ranked, candidates: readonly Ranked[], seats: number, rulings: readonly Still[]): Placing {
  const found = { ahead: 0, behind: 0, equal: [] as string[], unknown: [] as string[] };
  for (const other of candidates) {
    const place = order(other, one);
    if (place === 'ahead' || place === 'behind') found[place] += 1;
    else found[place].push(other.subject);
  }
  const places = seats - found.ahead;
  const ruled = found.unknown.length === 0 ? ruledAmong(found.equal, places, rulings) : undefined;
  if (ruled !== undefined) {
    return { place: ruled.chosen.has(one.subject), tie: { places, tied: found.equal, ruling: ruled.ruling } };
  }
  if (places <= 0) return { place: false, tie: null };
  if (found.equal.length + found.unknown.length <= places) return { place: true, tie: null };
  const named = (subjects: readonly string[]): string => subjects.slice(0, 5).join('、');
  if (found.unknown.length > 0) {
    const words = `名额：${one.subject}与${named(found.unknown)}的先后取决于未评的项`;
    return { place: { of: 'scores', names: [words] }, tie: null };
  }
  // No rule of the edition tells them apart.
  const words = `名额：${named(found.equal)} ${tiedWords}`;
  return { place: { of: 'given', names: [words] }, tie: { places, tied: found.equal, ruling: null } };
}

/** The newest ruling about exactly these equals and as many places as are left. */
function ruledAmong(equal: readonly string[], places: number, rulings: readonly Still[]): Still | undefined {
  return rulings.find(
    ({ tied, chosen }) =>
      chosen.size === places && tied.size === equal.length && equal.every((subject) => tied.has(subject)),
  );
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
