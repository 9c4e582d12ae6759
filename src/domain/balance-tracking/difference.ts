import { compare, exact, round, subtract } from '../kit/decimal.ts';
import type { CompulsoryLevel } from '../org/school-level.ts';
import { weightedSpread } from '../stats/weighted-spread.ts';
import type { SchoolApart } from './school-sets.ts';

/** The key of 综合差异系数 among the indicators of a level. */
export const compositeKey = 'composite';

/** A school of a level as a run has it. */
export interface RunMember {
  readonly code: string | null;
  readonly name: string;
  readonly excludedReason: string | null;
  readonly pupils: number | null;
  readonly values: Readonly<Record<string, number | null>>;
}

/** Our figures of a level, from one named run. */
export interface OurLevel {
  readonly schools: number;
  /** The figures by indicator, `composite` among them; null where there is none. */
  readonly figures: ReadonlyMap<string, number | null>;
  readonly members: readonly RunMember[];
}

/** What the province published of a level. */
export interface PublishedLevel {
  /** Null where it published no number. */
  readonly schools: number | null;
  /** As published: the decimals count. What was not published has no entry, which is not zero. */
  readonly figures: ReadonlyMap<string, string>;
  /** The schools that it counted, where it gave a list; empty where it gave none. */
  readonly members: readonly { readonly code: string | null; readonly name: string }[];
}

export const differenceKinds = ['equal', 'rounding', 'edition', 'schools', 'unexplained', 'missing'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export const differenceKindTitles: Readonly<Record<DifferenceKind, string>> = {
  equal: '一致',
  rounding: '仅修约不同',
  edition: '口径（版本）不同',
  schools: '学校范围不同',
  unexplained: '原因待查',
  missing: '缺数据，不能比对',
};

/** One figure beside the other. */
export interface Difference {
  readonly level: CompulsoryLevel;
  readonly indicator: string;
  /** The shortest decimal of our figure. */
  readonly ours: string | null;
  /** Ours at the published number of decimals. */
  readonly oursRounded: string | null;
  readonly published: string | null;
  /** Ours, rounded, less the published one, with its sign. */
  readonly difference: string | null;
  readonly kind: DifferenceKind;
  /** Ours without the schools that the province left out, at the published decimals; null where that cannot be said. */
  readonly withoutThem: string | null;
}

/** What differs between the two sets of schools of a level. */
export interface SchoolDifference {
  readonly level: CompulsoryLevel;
  readonly ours: number;
  readonly published: number | null;
  readonly onlyOurs: readonly SchoolApart[];
  readonly onlyPublished: readonly SchoolApart[];
  /** Schools that our run left out, with the rule that did. */
  readonly excluded: readonly { readonly name: string; readonly reason: string }[];
}

/** The number of decimals of a published figure. */
export function decimalsOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

const textOf = (value: number): string => value.toString();

/**
 * Sets the figures of one level beside the published ones and says why they differ, as far as that follows from the data:
 * equal at the published decimals is rounding alone; another edition or basis that is known comes next; then another set of
 * schools. Whatever is left is not explained, and a person writes the cause.
 * @param sameEdition null where the province named no edition
 */
export function differencesOf(
  level: CompulsoryLevel,
  indicators: readonly string[],
  ours: OurLevel | null,
  published: PublishedLevel | null,
  sameEdition: boolean | null,
): Difference[] {
  const schools = ours === null || published === null ? null : schoolDifference(level, ours, published);
  const otherSchools =
    schools !== null &&
    ((schools.published !== null && schools.published !== schools.ours) ||
      schools.onlyOurs.length > 0 ||
      schools.onlyPublished.length > 0);
  const onlyOurs = otherSchools ? membersApart(ours!, published!).onlyOurs : [];
  return indicators.map((indicator) => {
    const value = ours?.figures.get(indicator) ?? null;
    const given = published?.figures.get(indicator) ?? null;
    const own = value === null ? null : textOf(value);
    if (own === null || given === null) {
      const nothing = { oursRounded: null, difference: null, withoutThem: null };
      return { level, indicator, ours: own, published: given, kind: 'missing', ...nothing };
    }
    const places = decimalsOf(given);
    const oursRounded = round(exact(own), places);
    const difference = subtract(exact(oursRounded), exact(given));
    const shared = { level, indicator, ours: own, oursRounded, published: given };
    const signed = `${compare(difference, exact(0)) > 0 ? '+' : ''}${round(difference, places)}`;
    if (compare(difference, exact(0)) === 0) {
      const kind = compare(exact(own), exact(given)) === 0 ? 'equal' : 'rounding';
      return { ...shared, kind, difference: signed, withoutThem: null };
    }
    const kind = sameEdition === false ? 'edition' : otherSchools ? 'schools' : 'unexplained';
    const effect = otherSchools ? withoutSchools(ours!, onlyOurs, indicator) : null;
    return { ...shared, kind, difference: signed, withoutThem: effect === null ? null : round(exact(effect), places) };
  });
}

/**
 * The schools that are in one set and not in the other, by code, or by name where a code is missing; one that our run left
 * out has the rule that did for its reason. Without a published list nothing is said of single schools.
 */
export function schoolDifference(level: CompulsoryLevel, ours: OurLevel, published: PublishedLevel): SchoolDifference {
  const listed = published.members.length > 0;
  const { onlyOurs, onlyPublished } = membersApart(ours, published);
  return {
    level,
    ours: ours.schools,
    published: published.schools ?? (listed ? published.members.length : null),
    onlyOurs: onlyOurs.map(({ name, code }) => ({ name, code, reason: null })),
    onlyPublished: onlyPublished.map((one) => {
      const left = ours.members.find((own) => own.excludedReason !== null && isSame(own, one));
      return { name: one.name, code: one.code, reason: left ? `本平台不计入：${left.excludedReason}` : null };
    }),
    excluded: ours.members.flatMap(({ name, excludedReason }) =>
      excludedReason === null ? [] : [{ name, reason: excludedReason }],
    ),
  };
}

type Member = { readonly code: string | null; readonly name: string };

const isSame = (one: Member, other: Member) =>
  one.code !== null && other.code !== null ? one.code === other.code : one.name === other.name;

/** The schools themselves, because two of them may have one name; none where no list was published. */
function membersApart(ours: OurLevel, { members }: PublishedLevel) {
  if (members.length === 0) return { onlyOurs: [], onlyPublished: [] };
  const inside = ours.members.filter(({ excludedReason }) => excludedReason === null);
  return {
    onlyOurs: inside.filter((own) => !members.some((other) => isSame(own, other))),
    onlyPublished: members.filter((other) => !inside.some((own) => isSame(own, other))),
  };
}

/**
 * 差异系数 of one indicator without these schools (教督〔2012〕3号: weighted by pupils); the composite is the mean of all
 * indicators. Null where nobody is left out or nothing can be calculated.
 */
function withoutSchools(ours: OurLevel, without: readonly RunMember[], indicator: string): number | null {
  if (without.length === 0) return null;
  const kept = ours.members.filter((one) => one.excludedReason === null && !without.includes(one));
  if (indicator !== compositeKey) return variation(kept, indicator);
  const all = [...ours.figures.keys()].filter((key) => key !== compositeKey).map((key) => variation(kept, key));
  const known = all.filter((value) => value !== null);
  return known.length === 0 || known.length < all.length
    ? null
    : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function variation(members: readonly RunMember[], indicator: string): number | null {
  const counted = members.flatMap(({ pupils, values }) => {
    const value = values[indicator] ?? null;
    return pupils === null || pupils <= 0 || value === null ? [] : [{ pupils, total: value * pupils }];
  });
  if (counted.length === 0) return null;
  const spread = new Float64Array(4);
  weightedSpread(
    counted.map(({ total }) => total),
    counted.map(({ pupils }) => pupils),
    0,
    counted.length,
    spread,
  );
  const [, , mean = 0, deviation = 0] = spread;
  return mean > 0 ? deviation / mean : null;
}

/** Whether somebody has to write why this figure differs. */
export function asksForCause(kind: DifferenceKind): boolean {
  return kind === 'unexplained' || kind === 'edition' || kind === 'schools';
}
