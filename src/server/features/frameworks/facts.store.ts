import { sql } from 'kysely';
import type { Fact, Facts } from '#domain/framework/answer.ts';
import {
  type FactKey,
  type FactPeriod,
  factKeyOf,
  factNamesOf,
  type NamedStandard,
  standardWords,
} from '#domain/framework/names.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { isMissing, type Missing, missing } from '#domain/kit/value.ts';
import type { Ownership } from '#domain/org/ownership.ts';
import { sponsor, sponsorWord } from '#domain/org/sponsor.ts';
import type { FrameworkHandle } from './framework.store.ts';

/** Whose facts are read. A county's members are its schools, a city's its counties. */
export interface FactSubject {
  readonly type: 'unit' | 'school';
  readonly id: number;
  /** The place where the rows of its members lie; null for a subject without members. */
  readonly members: { readonly type: 'unit' | 'school'; readonly places: readonly number[] } | null;
}

/** The facts of one subject, and what of them was asked. */
export interface SubjectFacts extends Facts {
  /** Every name that was read of the assessed year, with its kind and what there is. */
  readonly asked: () => ReadonlyArray<{
    readonly name: string;
    readonly kind: FactKey['kind'] | 'attribute';
    readonly fact: Fact | Missing;
  }>;
}

/**
 * How many years before the assessed one are read. The longest series of a method spans five years, and a rule of a year
 * "not below the one before" needs one more.
 */
const yearsRead = 6;

interface FactRow {
  readonly subjectId: number;
  readonly key: string;
  readonly year: number;
  readonly kind: 'school-year' | 'calendar-year';
  readonly value: unknown;
  readonly source: string;
  readonly certificate: Record<string, unknown>;
}

/**
 * What the published view `facts` knows of a subject under the names that an edition reads, in the assessed year and the
 * years before it. A name means a school year or a calendar year, and the edition says by which offset.
 * @param year the school year that is assessed; the calendar year has the same number
 */
export async function readFacts(
  db: FrameworkHandle,
  prepared: Prepared,
  subject: FactSubject,
  year: number,
): Promise<SubjectFacts> {
  const standards = await listNamedStandards(db);
  const attributes = new Set((prepared.edition.attributes ?? []).map(({ name }) => name));
  const keys = new Map<string, FactKey>();
  for (const name of factNamesOf(prepared)) {
    const key = factKeyOf(name, standards, attributes);
    if (key !== undefined) keys.set(name, key);
  }
  const offsets = prepared.edition.reads ?? { calendarYear: 0, schoolYear: 0 };
  const first = (period: FactPeriod) => year + offsets[period];
  const wanted = [...keys.values()];
  const own = await selectFacts(db, { type: subject.type, ids: [subject.id] }, wanted, first);
  const members = subject.members === null ? undefined : await selectMembers(db, subject.members, wanted, first);

  const asked = new Set<string>();
  const reader = (rows: ReadonlyMap<string, FactRow>, id: number) => (name: string, yearsBack: number) => {
    const key = keys.get(name);
    if (key === undefined) return missing('not-filed', [name]);
    const row = rows.get(cellOf(id, key.key, kindOf[key.period], first(key.period) - yearsBack));
    return row === undefined ? missing('not-filed', [name]) : factOf(name, key, row);
  };
  const readOwn = reader(own, subject.id);
  const membersOf = (yearsBack: number) => {
    const ids = members?.of(yearsBack) ?? [];
    // Of a year in which nobody was asked nothing is known; a count over nobody would be zero.
    if (ids.length === 0) return [(name: string) => missing('not-filed', [name])];
    return ids.map((id) => {
      const read = reader(members!.rows, id);
      return (name: string) => read(name, yearsBack);
    });
  };
  return {
    read(name, yearsBack) {
      if (yearsBack === 0) asked.add(name);
      return readOwn(name, yearsBack);
    },
    members: membersOf,
    asked: () =>
      [...asked].map((name) => ({ name, kind: keys.get(name)?.kind ?? 'attribute', fact: readOwn(name, 0) })),
  };
}

/** No facts at all: for answers that are typed alone. */
export function noFacts(): SubjectFacts {
  const nothing = (name: string) => missing('not-filed', [name]);
  return { read: nothing, members: () => [nothing], asked: () => [] };
}

const kindOf = { schoolYear: 'school-year', calendarYear: 'calendar-year' } as const;

const cellOf = (id: number, key: string, kind: FactRow['kind'], year: number) => `${id} ${kind} ${year} ${key}`;

function factOf(name: string, key: FactKey, { value, source, certificate }: FactRow): Fact | Missing {
  const read = key.read(value);
  if (isMissing(read)) return missing(read.missing, [name]);
  return { ...read, source, certificate, ...(certificate.provisional === true ? { provisional: true } : {}) };
}

/** The rows of some subjects under the keys, in the years that are read. */
async function selectFacts(
  db: FrameworkHandle,
  { type, ids }: { readonly type: 'unit' | 'school'; readonly ids: readonly number[] },
  keys: readonly FactKey[],
  first: (period: FactPeriod) => number,
): Promise<ReadonlyMap<string, FactRow>> {
  if (keys.length === 0 || ids.length === 0) return new Map();
  const periods = sql`
    select id, year, kind from periods
     where (kind = 'school-year' and year between ${first('schoolYear') - yearsRead} and ${first('schoolYear')})
        or (kind = 'calendar-year' and year between ${first('calendarYear') - yearsRead} and ${first('calendarYear')})`;
  const found = await sql<FactRow>`
    with wanted as materialized (${periods})
    select f.subject_id as "subjectId", f.key, p.year, p.kind, f.value, f.source, f.certificate
      from facts f join wanted p on p.id = f.period_id
     where f.subject_type = ${type} and f.subject_id = any (${[...ids]}::int[])
       and f.key = any (${[...new Set(keys.map(({ key }) => key))]}::text[])`.execute(db);
  return new Map(found.rows.map((row) => [cellOf(row.subjectId, row.key, row.kind, row.year), row]));
}

/** The members of a subject in each year: their numbers, and the rows of all. */
interface Members {
  readonly of: (yearsBack: number) => readonly number[];
  readonly rows: ReadonlyMap<string, FactRow>;
}

async function selectMembers(
  db: FrameworkHandle,
  { type, places }: NonNullable<FactSubject['members']>,
  keys: readonly FactKey[],
  first: (period: FactPeriod) => number,
): Promise<Members> {
  if (type === 'unit') return { of: () => places, rows: await selectFacts(db, { type, ids: places }, keys, first) };
  const filed = keys.filter(({ kind }) => kind === 'filing');
  if (filed.length === 0) return { of: () => [], rows: new Map() };
  const owing = await listOwing(db, places, first('schoolYear'));
  const ids = [...new Set(owing.map(({ id }) => id))];
  const rows = new Map(await selectFacts(db, { type, ids }, filed, first));
  for (const { id, year, schoolType, sponsor } of owing) {
    // The register knows type and sponsor of a school that has not filed: it stays out of sums to which it does not belong.
    for (const [name, value] of Object.entries({ 办学类型: schoolType, 举办者: sponsor })) {
      const key = `resources.${name}`;
      const certificate = {};
      rows.set(cellOf(id, key, 'school-year', year), {
        ...{ subjectId: id, key, year, kind: 'school-year', value, source: 'directory', certificate },
      });
    }
  }
  return {
    of: (yearsBack) => owing.filter(({ year }) => year === first('schoolYear') - yearsBack).map(({ id }) => id),
    rows,
  };
}

/** The schools of the frozen register that owe a filing, by year: a sum over them is known when all have been approved. */
async function listOwing(db: FrameworkHandle, places: readonly number[], year: number) {
  const found = await sql<{ id: number; year: number; schoolType: string; sponsorCode: number; ownership: Ownership }>`
    select d.school_id as id, p.year, s.school_type as "schoolType", s.sponsor_code as "sponsorCode", s.ownership
      from filing_duties d
      join periods p on p.id = d.period_id and p.kind = 'school-year'
      join period_schools s on s.county_id = d.county_id and s.period_id = d.period_id and s.school_id = d.school_id
     where d.county_id = any (${[...places]}::int[]) and d.owes and p.year between ${year - yearsRead} and ${year}
     order by d.school_id`.execute(db);
  return found.rows.map(({ sponsorCode, ownership, ...row }) => ({
    ...row,
    sponsor: sponsorWord(sponsor(sponsorCode)?.level ?? 'other', ownership),
  }));
}

/** The standards of balance that formulas name, with the short names of their indicators. */
export async function listNamedStandards(db: FrameworkHandle): Promise<NamedStandard[]> {
  const found = await sql<{ standard: string; indicator: string; shortName: string }>`
    select standard_key as standard, indicator, short_name as "shortName" from balance_indicators
     order by standard_key, position`.execute(db);
  return Object.entries(standardWords).map(([word, key]) => ({
    ...{ key, word },
    indicators: found.rows
      .filter(({ standard }) => standard === key)
      .map(({ indicator, shortName }) => ({ key: indicator, shortName })),
  }));
}
