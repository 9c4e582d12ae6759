import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { SchoolStatus } from '#domain/org/school-change.ts';
import type { SchoolEventDetails, SchoolEventKind } from '#domain/org/school-history.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { DirectoryHandle, NewSchool } from './directory.store.ts';
import { schoolsWithin } from './school-list.store.ts';
import { writeSchoolSearch } from './school-search.store.ts';

/** A school in the register, with the present end of its history. */
export interface RegisteredSchool extends NewSchool {
  readonly id: number;
  readonly status: SchoolStatus;
  readonly openedOn: Day;
  readonly closedOn: Day | null;
  readonly revision: number;
  /** First day of the last version. */
  readonly lastChange: Day;
}

/** The facts in a version. */
export type SchoolState = Omit<NewSchool, 'foundedYear'>;

/** The present schools with these ids, without locks: for reads that write nothing. */
export async function findSchools(
  db: DirectoryHandle,
  scope: Scope,
  ids: readonly number[],
): Promise<RegisteredSchool[]> {
  const found = await sql<StandingSchool>`
    select ${registered} from schools s where s.id = any(${[...ids]}::int[]) and ${schoolsWithin(scope)}
     order by s.id`.execute(db);
  return withLastChange(db, found.rows);
}

/**
 * The same, locked county by county and in the order of their ids, so that two acts on the same set do not deadlock. A
 * lock names its county: a distributed database takes it at one place.
 */
export async function lockSchools(
  db: DirectoryHandle,
  scope: Scope,
  ids: readonly number[],
): Promise<RegisteredSchool[]> {
  const counties = await sql<{ id: number }>`
    select distinct s.county_id as id from schools s
     where s.id = any(${[...ids]}::int[]) and ${schoolsWithin(scope)} order by 1`.execute(db);
  const locked: StandingSchool[] = [];
  for (const county of counties.rows) {
    const found = await sql<StandingSchool>`
      select ${registered} from schools s
       where s.county_id = ${county.id} and s.id = any(${[...ids]}::int[]) order by s.id for update`.execute(db);
    locked.push(...found.rows);
  }
  return withLastChange(db, locked);
}

type StandingSchool = Omit<RegisteredSchool, 'lastChange'>;

const registered = sql`
  s.id, s.code, s.name, s.school_type as "schoolType", s.sponsor_code as "sponsorCode", s.ownership,
  s.urban_class as "urbanClass", s.founded_year as "foundedYear", s.county_id as "countyId",
  s.managing_unit_id as "managingUnitId", s.status, s.opened_on as "openedOn", s.closed_on as "closedOn", s.revision`;

/**
 * This is a separate statement, because versions are stored at the school's place of their time, which may be another
 * county.
 */
async function withLastChange(db: DirectoryHandle, schools: readonly StandingSchool[]): Promise<RegisteredSchool[]> {
  const found = await sql<{ id: number; day: Day }>`
    select school_id as id, max(valid_from) as day from school_versions
     where school_id = any(${schools.map((school) => school.id)}::int[]) group by school_id`.execute(db);
  const days = new Map(found.rows.map(({ id, day }) => [id, day]));
  return schools
    .map((school) => ({ ...school, lastChange: days.get(school.id)! }))
    .sort((one, other) => one.id - other.id);
}

/** Ends the last version; if the school closes, no version follows. */
export async function writeVersionEnd(db: DirectoryHandle, schoolId: number, day: Day): Promise<void> {
  await sql`
    update school_versions set valid_to = ${day}
     where school_id = ${schoolId} and valid_to is null`.execute(db);
}

export async function insertVersion(
  db: DirectoryHandle,
  schoolId: number,
  state: SchoolState,
  validFrom: Day,
): Promise<void> {
  await db
    .insertInto('school_versions')
    .values({ ...columnsOf(state), school_id: schoolId, valid_from: validFrom })
    .execute();
}

/** Rewrites the last version: for a second change on one day, which may be a move to another county. */
export async function writeVersion(
  db: DirectoryHandle,
  schoolId: number,
  state: SchoolState,
  validFrom: Day,
): Promise<void> {
  await db.deleteFrom('school_versions').where('school_id', '=', schoolId).where('valid_to', 'is', null).execute();
  await insertVersion(db, schoolId, state, validFrom);
}

/**
 * Takes the last version back. Where it only said what the version before says again, that one goes on; otherwise it
 * had itself replaced a version of its day, whose facts it gets again.
 */
export async function writeVersionBack(db: DirectoryHandle, schoolId: number, state: SchoolState): Promise<void> {
  const [last, before] = await db
    .selectFrom('school_versions')
    .selectAll()
    .where('school_id', '=', schoolId)
    .orderBy('valid_from', 'desc')
    .limit(2)
    .execute();
  if (last === undefined) return;
  const wanted = columnsOf(state);
  const goesOn =
    before?.valid_to === last.valid_from &&
    (Object.keys(wanted) as (keyof typeof wanted)[]).every((column) => before[column] === wanted[column]);
  if (!goesOn) return writeVersion(db, schoolId, state, last.valid_from);
  await db.deleteFrom('school_versions').where('school_id', '=', schoolId).where('valid_to', 'is', null).execute();
  await db
    .updateTable('school_versions')
    .set({ valid_to: null })
    .where('county_id', '=', before.county_id)
    .where('school_id', '=', schoolId)
    .where('valid_from', '=', before.valid_from)
    .execute();
}

/**
 * Corrects wrong facts in the last version and in the versions before it that have the same wrong fact. The search ends
 * at a version with another value, because that value was right at its time.
 */
export async function updateVersions(
  db: DirectoryHandle,
  schoolId: number,
  wrong: SchoolState,
  right: SchoolState,
): Promise<void> {
  const { county_id: _, ...from } = columnsOf(wrong);
  const { county_id: __, ...to } = columnsOf(right);
  const changed = new Set((Object.keys(to) as (keyof typeof to)[]).filter((column) => to[column] !== from[column]));
  const versions = await db
    .selectFrom('school_versions')
    .select([...(Object.keys(to) as (keyof typeof to)[]), 'county_id', 'valid_from'])
    .where('school_id', '=', schoolId)
    .orderBy('valid_from', 'desc')
    .execute();
  for (const version of versions) {
    for (const column of changed) if (version[column] !== from[column]) changed.delete(column);
    if (changed.size === 0) return;
    await db
      .updateTable('school_versions')
      .set(Object.fromEntries([...changed].map((column) => [column, to[column]])))
      .where('county_id', '=', version.county_id)
      .where('school_id', '=', schoolId)
      .where('valid_from', '=', version.valid_from)
      .execute();
  }
}

/**
 * Writes the present state of a school. Its county is part of its key, and a key is never updated: a school that moves
 * is deleted and inserted again. The posts of its people follow by `school_places`.
 */
export async function updateSchool(
  db: DirectoryHandle,
  school: { readonly id: number; readonly countyId: number },
  state: SchoolState,
  more: { readonly initials?: string; readonly foundedYear?: number | null } = {},
): Promise<void> {
  const { county_id: countyId, ...columns } = columnsOf(state);
  const set = {
    ...columns,
    // A new name: what the school is found by is made anew.
    ...(more.initials === undefined ? {} : { initials: more.initials, also_found_by: null }),
    ...(more.foundedYear === undefined ? {} : { founded_year: more.foundedYear }),
  };
  if (school.countyId === countyId) {
    await db
      .updateTable('schools')
      .set({ ...set, revision: sql<number>`revision + 1` })
      .where('county_id', '=', countyId)
      .where('id', '=', school.id)
      .execute();
    await writeSchoolSearch(db, [school.id]);
    return;
  }
  const {
    kind: _,
    search: __,
    ...row
  } = await db
    .deleteFrom('schools')
    .where('county_id', '=', school.countyId)
    .where('id', '=', school.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await db
    .insertInto('schools')
    .values({ ...row, ...set, county_id: countyId, revision: row.revision + 1 })
    .execute();
  await sql`
    update school_places
       set county_id = ${countyId},
           former_counties = array_append(array_remove(former_counties, ${countyId}), county_id)
     where school_id = ${school.id} and county_id <> ${countyId}`.execute(db);
  await writeSchoolSearch(db, [school.id]);
}

export async function writeStatus(
  db: DirectoryHandle,
  id: number,
  status: SchoolStatus,
  closedOn: Day | null,
): Promise<void> {
  await db
    .updateTable('schools')
    .set({ status, closed_on: closedOn, revision: sql<number>`revision + 1` })
    .where('id', '=', id)
    .execute();
}

/** Where a school went that was merged; null where it is a school of its own again. */
export async function writeMergedInto(db: DirectoryHandle, id: number, hostId: number | null): Promise<void> {
  await db.updateTable('school_places').set({ into_school_id: hostId }).where('school_id', '=', id).execute();
}

export interface NewEvent {
  readonly schoolId: number;
  readonly countyId: number;
  readonly kind: SchoolEventKind;
  readonly day: Day;
  readonly document: string | null;
  readonly note: string | null;
  readonly details: SchoolEventDetails;
  readonly recordedBy: string;
  readonly now: Date;
}

export async function insertEvent(db: DirectoryHandle, event: NewEvent): Promise<void> {
  await db
    .insertInto('school_events')
    .values({
      county_id: event.countyId,
      id: newId(),
      school_id: event.schoolId,
      kind: event.kind,
      happened_on: event.day,
      document: event.document,
      note: event.note,
      details: JSON.stringify(event.details),
      recorded_at: event.now,
      recorded_by: event.recordedBy,
    })
    .execute();
}

function columnsOf(state: SchoolState) {
  return {
    county_id: state.countyId,
    code: state.code,
    name: state.name,
    school_type: state.schoolType,
    sponsor_code: state.sponsorCode,
    ownership: state.ownership,
    urban_class: state.urbanClass,
    managing_unit_id: state.managingUnitId,
  };
}

/** The schools with these codes in scope, including closed ones. */
export async function findSchoolIdsByCodes(
  db: DirectoryHandle,
  scope: Scope,
  codes: readonly string[],
): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select s.id from schools s where s.code = any(${[...codes]}::text[]) and ${schoolsWithin(scope)}`.execute(db);
  return found.rows.map((row) => row.id);
}

/** A school that is open now, by its name and place. */
export interface NamedSchool {
  readonly id: number;
  readonly name: string;
  readonly countyId: number;
}

/** The open schools and kindergartens in scope by name. */
export async function findNamedSchools(db: DirectoryHandle, scope: Scope): Promise<NamedSchool[]> {
  const found = await sql<NamedSchool>`
    select s.id, s.name, s.county_id as "countyId" from schools s
     where s.status = 'open' and ${schoolsWithin(scope)}
     order by s.id`.execute(db);
  return found.rows;
}

/** The open schools and kindergartens in scope that have no code yet. */
export async function findSchoolIdsWithoutCode(db: DirectoryHandle, scope: Scope): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select s.id from schools s
     where s.code is null and s.status = 'open' and ${schoolsWithin(scope)}`.execute(db);
  return found.rows.map((row) => row.id);
}
