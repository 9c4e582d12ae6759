import type { Context, Fact, Facts } from '../framework/answer.ts';
import type { Code } from '../framework/edition.ts';
import { officeSource, saidOf } from '../framework/questions/fact-answer.ts';
import { factsOfLeaf, factsOfRules, rulesToRule } from '../framework/questions/read-facts.ts';
import type { LeafResult, Prepared, PreparedLeaf, Step } from '../framework/result.ts';
import { isRuling, rulingFact } from '../framework/score/earlier-fact.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Day } from '../kit/school-year.ts';
import { isMissing, type Missing, type MissingReason, missing } from '../kit/value.ts';
import { type LeafOrigin, leafOrigin } from './leaf.ts';
import { exactPointsText, scoreOneLeaf } from './points/score.ts';
import { relativeValue } from './relative-value.ts';

/** A fact that a leaf reads, as it was on the day of its snapshot: whoever judges later reads this one and no other. */
export interface KeptFact {
  readonly name: string;
  /** How many years before the assessed one. */
  readonly yearsBack: number;
  /** Null where nobody knows it. */
  readonly value: Fact['value'] | null;
  /** The exact part and whole of a share. */
  readonly of?: readonly [number, number];
  readonly source: string | null;
  readonly certificate: unknown;
  /** Why there is none. */
  readonly missing: MissingReason | null;
  readonly provisional: boolean;
  readonly day: Day;
  /** Of what rules count over members: the figure of each, without its name. */
  readonly members?: readonly KeptMember[];
}

type KeptMember = Pick<Fact, 'value' | 'of'> | { readonly missing: MissingReason };

/** One leaf as data fill it on a day, or leave it to a person. */
export interface SnapshotLeaf {
  readonly code: Code;
  readonly origin: LeafOrigin;
  /** False where it does not apply; null while nobody knows. */
  readonly applies: boolean | null;
  readonly facts: readonly KeptFact[];
  /** Of leaves that data fill: null while a figure is missing. */
  readonly points: string | null;
  readonly isFilled: boolean;
  /** What data measure at a leaf that is compared over all subjects: it is filled, and waits for its points. Null at every other one. */
  readonly value: string | null;
  readonly trace: readonly Step[];
}

const keyOf = ({ yearsBack, name }: Pick<KeptFact, 'yearsBack' | 'name'>): string => `${yearsBack} ${name}`;
const byKeyOf = (facts: readonly KeptFact[]) => new Map(facts.map((one) => [keyOf(one), one]));

/** What was read of facts, each name and year once, in the order in which it was asked. */
function recording(facts: Facts): { readonly facts: Facts; readonly read: Map<string, readonly [string, number]> } {
  const read = new Map<string, readonly [string, number]>();
  return {
    read,
    facts: {
      read(name, yearsBack) {
        read.set(keyOf({ yearsBack, name }), [name, yearsBack]);
        return facts.read(name, yearsBack);
      },
      members: (yearsBack) => facts.members(yearsBack),
    },
  };
}

function kept(name: string, yearsBack: number, fact: Fact | Missing, day: Day): KeptFact {
  if (isMissing(fact)) {
    const nothing = { value: null, source: null, certificate: null, provisional: false };
    return { name, yearsBack, ...nothing, missing: fact.missing, day };
  }
  const { value, of, source, certificate, provisional } = fact;
  return {
    ...{ name, yearsBack, value, ...(of === undefined ? {} : { of }), source, certificate: certificate ?? null },
    ...{ missing: null, provisional: provisional === true, day },
  };
}

/**
 * One leaf by the facts of today: does it apply, what do data give, and every fact of the subject that it reads, with source
 * and certificate. What is counted over many members (the schools of a county) is in the words of the trace.
 */
export function snapshotLeaf(
  prepared: Prepared,
  leaf: PreparedLeaf,
  facts: Facts,
  context: Context,
  day: Day,
): SnapshotLeaf {
  const { code } = leaf.indicator;
  const recorded = recording(facts);
  const result = scoreOneLeaf({ prepared, facts: recorded.facts, context }, code, null, true);
  const ofMembers: string[] = [];
  for (const [name, years] of factsOfLeaf(prepared, leaf)) {
    if (!recorded.read.has(keyOf({ name, yearsBack: 0 })) && inAggregates(name, leaf)) ofMembers.push(name);
    else for (let yearsBack = 0; yearsBack < years; yearsBack += 1) recorded.facts.read(name, yearsBack);
  }
  const origin = leafOrigin(leaf);
  const value = result.state === 'unanswered' ? relativeValue(leaf, facts) : null;
  const isFilled = origin === 'data' && (result.state !== 'unanswered' || value !== null);
  return {
    ...{ code, origin, applies: appliesBy(leaf, result) },
    facts: [
      ...[...recorded.read.values()].map(([name, back]) => kept(name, back, facts.read(name, back), day)),
      ...ofMembers.map((name) => keptOfMembers(name, facts, day)),
    ],
    points: isFilled && result.points !== null ? exactPointsText(result.points) : null,
    isFilled: isFilled || result.state === 'notApplicable',
    value: value === null ? null : exactPointsText(value),
    trace: origin === 'data' ? result.steps : [],
  };
}

/** How many members have a field, under a name that no formula reads: a snapshot keeps no figures of single schools. */
function keptOfMembers(name: string, facts: Facts, day: Day): KeptFact {
  const members = facts.members(0).map((read) => read(name));
  const known = members.filter((one): one is Fact => !isMissing(one));
  return {
    ...{ name: `${name}（各校）`, yearsBack: 0, value: known.length === 0 ? null : `${known.length} 所学校有数据` },
    ...{ source: known[0]?.source ?? null, certificate: { schools: members.length, known: known.length } },
    ...{ missing: known.length === 0 ? ('not-filed' as const) : null, day },
    provisional: known.some(({ provisional }) => provisional === true),
  };
}

/** A plain name of a county's formula is a field of its schools, and no fact of the county itself. */
function inAggregates(name: string, { formula, elementFormulas }: PreparedLeaf): boolean {
  return !name.includes(':') && [formula, ...elementFormulas].some((one) => one?.fields.includes(name));
}

function appliesBy({ applies }: PreparedLeaf, { state }: Pick<LeafResult, 'state'>): boolean | null {
  if (state === 'notApplicable') return false;
  return applies !== null && state === 'unanswered' ? null : true;
}

/** All leaves of an edition by the facts of today, in its order. */
export function snapshotOf(prepared: Prepared, facts: Facts, context: Context, day: Day): SnapshotLeaf[] {
  return prepared.leaves.map((leaf) => snapshotLeaf(prepared, leaf, facts, context, day));
}

/**
 * The facts that rules and conclusions read, in every year of their look-back, as they are on a day: with them a conclusion can be
 * drawn again. Of what they count over the schools of a county the figures of all of them are kept, without their names.
 */
export function snapshotOfRules(prepared: Prepared, facts: Facts, day: Day): KeptFact[] {
  const rulings = rulesToRule(prepared).map(({ code }) => [rulingFact(prepared.edition.key, code), 1] as const);
  return [...factsOfRules(prepared), ...rulings].flatMap(([name, years]) =>
    Array.from({ length: years }, (_, yearsBack) => ({
      ...kept(name, yearsBack, facts.read(name, yearsBack), day),
      ...membersOf(name, yearsBack, facts),
    })),
  );
}

/** The figures of the members under a name, or why they have none; nothing where none of them filed any. */
function membersOf(name: string, yearsBack: number, facts: Facts): Pick<KeptFact, 'members'> {
  const figures = facts.members(yearsBack).map((read) => read(name));
  if (figures.every((one) => isMissing(one) && one.missing === 'not-filed')) return {};
  return {
    members: figures.map((one) => {
      if (isMissing(one)) return { missing: one.missing };
      return { value: one.value, ...(one.of === undefined ? {} : { of: one.of }) };
    }),
  };
}

/**
 * Facts for a conclusion: what a leaf was judged by comes first, so that rule and leaf see one figure; of what no snapshot
 * knows, the other facts are read.
 */
export function judgedFacts(snapshot: readonly KeptFact[], others: Facts): Facts {
  const own = keptFacts(snapshot);
  return {
    read(name, yearsBack) {
      const found = own.read(name, yearsBack);
      return isMissing(found) && found.missing !== 'not-applicable' ? others.read(name, yearsBack) : found;
    },
    members: others.members,
  };
}

/** Reads the facts of a snapshot; of its members nothing is known any more. */
export function keptFacts(snapshot: readonly KeptFact[]): Facts {
  const byKey = byKeyOf(snapshot);
  return {
    read(name, yearsBack) {
      const found = byKey.get(keyOf({ yearsBack, name }));
      if (found === undefined || found.value === null) return missing(found?.missing ?? 'not-filed', [name]);
      const { value, of, source, certificate, provisional } = found;
      return {
        ...{ value, ...(of === undefined ? {} : { of }), source: source ?? '', certificate },
        ...(provisional ? { provisional } : {}),
      };
    },
    members: () => [],
  };
}

/**
 * Facts for a conclusion after a release: what was told to the subject rests on the facts that were kept with it, and nothing but
 * an act of the office changes them (what it has found, and what it rules). Of what the release did not read nothing is kept. What it
 * counted over members stays counted over the same figures.
 * @param kept what rules read at the release
 */
export function pinnedFacts(kept: readonly KeptFact[], live: Facts): Facts {
  const byKey = byKeyOf(kept);
  const own = keptFacts(kept);
  return {
    read(name, yearsBack) {
      const before = byKey.get(keyOf({ yearsBack, name }));
      const now = live.read(name, yearsBack);
      if (before === undefined || isRuling(name) || isOfOffice(before.certificate)) return now;
      return !isMissing(now) && isOfOffice(now.certificate) ? now : own.read(name, yearsBack);
    },
    members: (yearsBack) => pinnedMembers(kept, yearsBack) ?? live.members(yearsBack),
  };
}

/** The members as they were kept; undefined where no figure of theirs was. */
function pinnedMembers(kept: readonly KeptFact[], yearsBack: number): ReturnType<Facts['members']> | undefined {
  const figures = new Map(
    kept.flatMap((one) => (one.yearsBack === yearsBack && one.members !== undefined ? [[one.name, one] as const] : [])),
  );
  const [any] = figures.values();
  return any?.members?.map((_, at) => (name) => {
    const fact = figures.get(name);
    const figure = fact?.members?.[at];
    if (figure === undefined || 'missing' in figure) return missing(figure?.missing ?? 'not-filed', [name]);
    return { ...figure, source: fact?.source ?? '' };
  });
}

/** Whether the certificate of an entered fact says that the office has found it. */
function isOfOffice(certificate: unknown): boolean {
  return typeof certificate === 'object' && certificate !== null && 'source' in certificate
    ? certificate.source === officeSource
    : false;
}

/**
 * A fact of the rules that is no longer what it was, in words: `事实:…（2023 年）：0 → 1`. Of members it says that their figures
 * differ. A release from before members were kept rests on their figures of now, and so it is said of it too.
 */
export function factsChanged(before: readonly KeptFact[], now: readonly KeptFact[]): string[] {
  const byKey = byKeyOf(before);
  const said = (one: KeptFact | undefined) => (one?.value == null ? '还没有' : saidOf(one.value));
  return now.flatMap((one) => {
    const old = byKey.get(keyOf(one));
    const year = one.yearsBack === 0 ? '' : `（前 ${one.yearsBack} 年）`;
    if (canonicalJson(old?.members ?? null) !== canonicalJson(one.members ?? null))
      return [`${one.name}${year}：所辖各校的数据有变化`];
    return said(old) === said(one) ? [] : [`${one.name}${year}：${said(old)} → ${said(one)}`];
  });
}

/** Facts as they are kept with a later release: one that is still the same keeps the day on which it was read first. */
export function keptSince(before: readonly KeptFact[], now: readonly KeptFact[]): KeptFact[] {
  const dayless = ({ day: _, ...fact }: KeptFact) => canonicalJson(fact);
  const byFact = new Map(before.map((one) => [dayless(one), one]));
  return now.map((one) => byFact.get(dayless(one)) ?? one);
}
