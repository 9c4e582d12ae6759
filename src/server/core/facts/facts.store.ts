import { sql } from 'kysely';
import type { Circumstances, Fact, Facts } from '#domain/framework/answer.ts';
import type { FactKind } from '#domain/framework/lists.ts';
import { type FactKey, factKeyOf, type NamedFacts } from '#domain/framework/names.ts';
import { earlierEvaluations, earlierNames } from '#domain/framework/questions/earlier-evaluations.ts';
import { factYear, yearKindOf } from '#domain/framework/questions/fact-year.ts';
import { factsOfEdition, isOwnResult } from '#domain/framework/questions/read-facts.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { isMissing, type Missing, missing } from '#domain/kit/value.ts';
import type { Handle } from '#platform/db/handle.ts';

/** What is read of facts: the published view, and the periods that it names. */
export type FactsHandle = Handle<never, 'facts' | 'periods'>;

/** Whose facts are read. A county's members are its schools, a city's its counties. */
export interface FactSubject {
  readonly type: 'unit' | 'school';
  readonly id: number;
  /** The place where the rows of its members lie; null for a subject without members. */
  readonly members: { readonly type: 'unit' | 'school'; readonly places: readonly number[] } | null;
}

/** The facts of one subject, what of them was asked, and what its earlier evaluations came to. */
export interface SubjectFacts extends Facts {
  /** Whether this is the first evaluation of the subject, and what the earlier ones came to; nothing of no subject. */
  readonly circumstances: Circumstances;
  /** Every name that was read of the assessed year, with its kind and what there is. */
  readonly asked: () => ReadonlyArray<{
    readonly name: string;
    readonly kind: FactKind;
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
  readonly placeId: number;
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
export async function findFacts(
  db: FactsHandle,
  prepared: Prepared,
  subject: FactSubject,
  year: number,
): Promise<SubjectFacts> {
  const [found] = await findFactsOfAll(db, prepared, [subject], year);
  return found!;
}

/**
 * The same of several subjects of one type, in as many statements as of one: for the subjects of a campaign, which are compared.
 * @returns in the order of the subjects
 */
export async function findFactsOfAll(
  db: FactsHandle,
  prepared: Prepared,
  subjects: readonly FactSubject[],
  year: number,
): Promise<readonly SubjectFacts[]> {
  const [any] = subjects;
  if (any === undefined) return [];
  const keys = new Map<string, FactKey>();
  const read = factsOfEdition(prepared).map(({ name }) => name);
  for (const name of new Set([...read, ...earlierNames(prepared)])) {
    const key = factKeyOf(name, prepared.named);
    if (key !== undefined) keys.set(name, key);
  }
  const first = (period: FactKey['period']) => factYear(prepared.edition, period, year);
  const wanted = [...keys.values()];
  const own = await selectFacts(db, { type: any.type, ids: subjects.map(({ id }) => id) }, wanted, first);
  const withMembers = subjects.flatMap(({ members }) => members ?? []);
  const places = [...new Set(withMembers.flatMap((one) => one.places))];
  const [some] = withMembers;
  const members =
    some === undefined
      ? undefined
      : await selectMembers(db, { type: some.type, places }, wanted, prepared.named, first);
  return subjects.map((subject) => factsOfOne(prepared, subject, { keys, first, own, members }));
}

interface ReadFacts {
  readonly keys: ReadonlyMap<string, FactKey>;
  readonly first: (period: FactKey['period']) => number;
  readonly own: ReadonlyMap<string, FactRow>;
  readonly members: Members | undefined;
}

function factsOfOne(prepared: Prepared, subject: FactSubject, { keys, first, own, members }: ReadFacts): SubjectFacts {
  const asked = new Set<string>();
  const reader = (rows: ReadonlyMap<string, FactRow>, id: number) => (name: string, yearsBack: number) => {
    const key = keys.get(name);
    if (key === undefined) return missing('not-filed', [name]);
    const row = rows.get(cellOf(id, key.key, yearKindOf[key.period], first(key.period) - yearsBack));
    return row === undefined ? missing('not-filed', [name]) : factOf(name, key, row);
  };
  const readOwn = reader(own, subject.id);
  const membersOf = (yearsBack: number) => {
    const ids = subject.members === null ? [] : (members?.of(yearsBack, subject.members.places) ?? []);
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
      [...asked]
        .filter((name) => !isOwnResult(prepared, name))
        .map((name) => ({ name, kind: keys.get(name)?.kind ?? 'attribute', fact: readOwn(name, 0) })),
    circumstances: earlierEvaluations(prepared, readOwn, yearsRead),
  };
}

/** No facts at all: for answers that are typed alone. */
export function noFacts(): SubjectFacts {
  const nothing = (name: string) => missing('not-filed', [name]);
  return { read: nothing, members: () => [nothing], circumstances: {}, asked: () => [] };
}

const cellOf = (id: number, key: string, kind: FactRow['kind'], year: number) => `${id} ${kind} ${year} ${key}`;

function factOf(name: string, key: FactKey, { value, source, certificate }: FactRow): Fact | Missing {
  const read = key.read(value);
  if (isMissing(read)) return missing(read.missing, [name]);
  return { ...read, source, certificate, ...(certificate.provisional === true ? { provisional: true } : {}) };
}

/** The rows of some subjects under the keys, in the years that are read. */
async function selectFacts(
  db: FactsHandle,
  {
    type,
    ids,
    places,
  }: { readonly type: 'unit' | 'school'; readonly ids?: readonly number[]; readonly places?: readonly number[] },
  keys: readonly FactKey[],
  first: (period: FactKey['period']) => number,
): Promise<ReadonlyMap<string, FactRow>> {
  if (keys.length === 0) return new Map();
  const whose = ids
    ? sql`f.subject_id = any (${[...ids]}::int[])`
    : sql`f.place_id = any (${[...(places ?? [])]}::int[])`;
  const periods = sql`
    select id, year, kind from periods
     where (kind = 'school-year' and year between ${first('schoolYear') - yearsRead} and ${first('schoolYear')})
        or (kind = 'calendar-year' and year between ${Math.min(first('calendarYear'), first('assessed')) - yearsRead}
                                                 and ${Math.max(first('calendarYear'), first('assessed'))})`;
  const found = await sql<FactRow>`
    with wanted as materialized (${periods})
    select f.subject_id as "subjectId", f.place_id as "placeId", f.key, p.year, p.kind, f.value, f.source, f.certificate
      from facts f join wanted p on p.id = f.period_id
     where f.subject_type = ${type} and ${whose}
       and f.key = any (${[...new Set(keys.map(({ key }) => key))]}::text[])`.execute(db);
  const rows = new Map<string, FactRow>();
  for (const row of found.rows) {
    const cell = cellOf(row.subjectId, row.key, row.kind, row.year);
    // What the product has computed itself goes before what somebody has entered of another place's evaluation.
    if (row.source !== 'entered' || !rows.has(cell)) rows.set(cell, row);
  }
  return rows;
}

/** The members of subjects in each year: the numbers of those that lie at some places, and the rows of all. */
interface Members {
  readonly of: (yearsBack: number, places: readonly number[]) => readonly number[];
  readonly rows: ReadonlyMap<string, FactRow>;
}

async function selectMembers(
  db: FactsHandle,
  { type, places }: NonNullable<FactSubject['members']>,
  keys: readonly FactKey[],
  named: NamedFacts,
  first: (period: FactKey['period']) => number,
): Promise<Members> {
  if (type === 'unit') {
    return { of: (_yearsBack, own) => own, rows: await selectFacts(db, { type, ids: places }, keys, first) };
  }
  const filed = keys.filter(({ kind }) => kind === 'filing');
  if (filed.length === 0) return { of: () => [], rows: new Map() };
  // The register knows the type of every school that owes a filing: these are the members, whether approved or not.
  const rows = await selectFacts(db, { type, places }, [...filed, factKeyOf('办学类型', named)!], first);
  const byPlaceAndYear = new Map<string, Set<number>>();
  for (const { subjectId, placeId, year } of rows.values()) {
    const cell = `${placeId} ${year}`;
    byPlaceAndYear.set(cell, (byPlaceAndYear.get(cell) ?? new Set()).add(subjectId));
  }
  const of = (yearsBack: number, own: readonly number[]) => [
    ...new Set(own.flatMap((place) => [...(byPlaceAndYear.get(`${place} ${first('schoolYear') - yearsBack}`) ?? [])])),
  ];
  return { of, rows };
}
