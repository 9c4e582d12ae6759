import { exact, floor, fractionText, multiply, toNumber } from '../../../kit/decimal.ts';
import { isMissing } from '../../../kit/value.ts';
import type { ConclusionTable } from '../../edition.ts';
import { isNumber } from '../../score/fact-reader.ts';
import { type ConditionReading, tiedWords } from '../condition-reading.ts';
import { type Conclusion, totalOf, wouldGet } from '../decision-table.ts';
import { type Judgement, lacks } from '../range.ts';
import type { JudgedSubject } from '../rules.ts';
import { type Ranked, type Standing, standingsOf } from './standing.ts';

type Quota = NonNullable<ConclusionTable['quota']>;

/** Whether a table has a line that a round draws: a share of the subjects or a number of places. */
export const hasLine = ({ quota }: Pick<ConclusionTable, 'quota'>): boolean =>
  quota !== undefined && (quota.limit !== null || quota.places !== undefined);

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

/**
 * Who is within the quota of a table. The quota is a share of all subjects of the group (the subjects that agree in `by`), rounded
 * down, or a number of places in it; the candidates are those that would get the grade without a quota, the best first by their total and
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
  const groups = new Map<string, Contender[]>();
  for (const contender of contenders) {
    const key = groupOf(quota, contender.judged.reading);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [contender]);
    else group.push(contender);
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
  const seats = seatsOf(quota, group.length) - taken.length;
  const candidates = open.filter((_, at) => judgements[at] === true).map((one) => ranked(table, quota, one));
  const stand = new Set(open.map(({ subject }) => subject));
  const still = rulings.map((ruling): Still => {
    const left = (names: readonly string[]) => new Set(names.filter((name) => stand.has(name)));
    return { ruling, tied: left(ruling.tied), chosen: left(ruling.chosen) };
  });
  const standings = standingsOf(candidates);
  const placings = new Map([...new Set(standings)].map((standing) => [standing, placingOf(standing, seats, still)]));
  return {
    places: new Map(
      candidates.map(({ subject }, at) => [subject, placings.get(standings[at]!)!.placeOf(subject)] as const),
    ),
    // All who stand equal have one tie among them.
    ties: [...placings.values()].flatMap(({ tie }) =>
      tie === null ? [] : [{ table: table.name, grade: quota.grade, ...tie }],
    ),
  };
}

/** How many of a group get the grade at most. */
function seatsOf({ limit, places }: Quota, subjects: number): number {
  const shared = limit === null ? subjects : toNumber(floor(multiply(exact(limit), exact(subjects))));
  return Math.min(shared, places ?? subjects);
}

/** A ruling, with those of it whose results are not confirmed yet: what was confirmed has taken its place. */
interface Still {
  readonly ruling: TieRuling;
  readonly tied: ReadonlySet<string>;
  readonly chosen: ReadonlySet<string>;
}

interface Placing {
  readonly placeOf: (subject: string) => Judgement;
  readonly tie: Omit<Tie, 'table' | 'grade'> | null;
}

/** Whether those who stand equal are within the seats whatever is still open, or why that cannot be said. */
function placingOf({ ahead, equal, unknown }: Standing, seats: number, rulings: readonly Still[]): Placing {
  const places = seats - ahead;
  const ruled = unknown.length === 0 ? ruledAmong(equal, places, rulings) : undefined;
  if (ruled !== undefined) {
    const tie = { places, tied: equal, ruling: ruled.ruling };
    return { placeOf: (subject) => ruled.chosen.has(subject), tie };
  }
  if (places <= 0) return { placeOf: () => false, tie: null };
  if (equal.length + unknown.length <= places) return { placeOf: () => true, tie: null };
  const named = (subjects: readonly string[]): string => subjects.slice(0, 5).join('、');
  if (unknown.length > 0) {
    const words = `与${named(unknown)}的先后取决于未评的项`;
    return { placeOf: (subject) => ({ of: 'scores', names: [`名额：${subject}${words}`] }), tie: null };
  }
  // No rule of the edition tells them apart.
  const open = { of: 'given', names: [`名额：${named(equal)} ${tiedWords}`] } as const;
  return { placeOf: () => open, tie: { places, tied: equal, ruling: null } };
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
