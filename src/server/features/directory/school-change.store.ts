import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { SchoolStatus } from '#domain/org/school-change.ts';
import type { SchoolEventDetails } from '#domain/org/school-history.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { DirectoryHandle } from './directory.handle.ts';
import { schoolsWithin } from './school-list.store.ts';

/** A school as the register has it, with where its history stands. */
export interface RegisteredSchool {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly schoolType: string;
  readonly sponsorCode: number;
  readonly ownership: 'public' | 'private';
  readonly urbanClass: 'urban' | 'town' | 'rural';
  readonly foundedYear: number | null;
  readonly countyId: number;
  readonly managingUnitId: number;
  readonly status: SchoolStatus;
  readonly openedOn: Day;
  readonly closedOn: Day | null;
  readonly revision: number;
  /** First day of the version that stands last. */
  readonly lastChange: Day;
}

/** What a version holds. */
export type SchoolState = Pick<
  RegisteredSchool,
  'countyId' | 'code' | 'name' | 'schoolType' | 'sponsorCode' | 'ownership' | 'urbanClass' | 'managingUnitId'
>;

/** The schools with these ids as they stand, without holding them: for a look that writes nothing. */
export async function readSchools(
  db: DirectoryHandle,
  scope: Scope,
  ids: readonly number[],
): Promise<RegisteredSchool[]> {
  return (await selectSchools(scope, ids).execute(db)).rows;
}

/** The same, locked in the order of their ids, so that two acts on the same set do not deadlock. */
export async function lockSchools(
  db: DirectoryHandle,
  scope: Scope,
  ids: readonly number[],
): Promise<RegisteredSchool[]> {
  return (await sql<RegisteredSchool>`${selectSchools(scope, ids)} for update of s`.execute(db)).rows;
}

function selectSchools(scope: Scope, ids: readonly number[]) {
  return sql<RegisteredSchool>`
    select s.id, s.code, s.name, s.school_type as "schoolType", s.sponsor_code as "sponsorCode", s.ownership,
           s.urban_class as "urbanClass", s.founded_year as "foundedYear", s.county_id as "countyId",
           s.managing_unit_id as "managingUnitId", s.status, s.opened_on as "openedOn", s.closed_on as "closedOn",
           s.revision,
           (select max(v.valid_from) from school_versions v where v.school_id = s.id) as "lastChange"
      from schools s where s.id = any(${[...ids]}::int[]) and ${schoolsWithin(scope)}
     order by s.id`;
}

export async function giveCode(db: DirectoryHandle, code: string, schoolId: number, day: Day): Promise<void> {
  await db.insertInto('school_codes').values({ code, school_id: schoolId, status: 'current', given_on: day }).execute();
}

export async function voidCode(db: DirectoryHandle, code: string, day: Day): Promise<void> {
  await db.updateTable('school_codes').set({ status: 'void', voided_on: day }).where('code', '=', code).execute();
}

/** The code of a school that comes back, or that goes over to the school into which it was merged. */
export async function reviveCode(db: DirectoryHandle, code: string, schoolId: number): Promise<void> {
  await db
    .updateTable('school_codes')
    .set({ status: 'current', voided_on: null, school_id: schoolId })
    .where('code', '=', code)
    .execute();
}

/** Ends the version that stands last; nothing follows where the school closes. */
export async function endVersion(db: DirectoryHandle, schoolId: number, day: Day): Promise<void> {
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

/** Rewrites the version that stands last: for a second change on one day. */
export async function replaceVersion(db: DirectoryHandle, schoolId: number, state: SchoolState): Promise<void> {
  await db
    .updateTable('school_versions')
    .set(columnsOf(state))
    .where('school_id', '=', schoolId)
    .where('valid_to', 'is', null)
    .execute();
}

/**
 * Puts wrong facts right in the version that stands last and in those before it that took the same wrong fact on: a
 * version that says something else ends the search, for that fact was true until then.
 */
export async function correctVersions(
  db: DirectoryHandle,
  schoolId: number,
  wrong: SchoolState,
  right: SchoolState,
): Promise<void> {
  const before = new Map(Object.entries(columnsOf(wrong)));
  for (const [column, value] of Object.entries(columnsOf(right))) {
    if (value === before.get(column)) continue;
    await sql`
      update school_versions v set ${sql.ref(column)} = ${value}
       where v.school_id = ${schoolId}
         and not exists (
           select 1 from school_versions later
            where later.school_id = v.school_id and later.valid_from >= v.valid_from
              and ${sql.ref(`later.${column}`)} <> ${before.get(column)}
         )`.execute(db);
  }
}

/** What a school is now. Its county is part of its key: accounts of the school follow by the foreign key. */
export async function updateSchool(
  db: DirectoryHandle,
  id: number,
  state: SchoolState,
  more: { readonly initials?: string; readonly foundedYear?: number | null } = {},
): Promise<void> {
  await db
    .updateTable('schools')
    .set({
      ...columnsOf(state),
      ...(more.initials === undefined ? {} : { initials: more.initials }),
      ...(more.foundedYear === undefined ? {} : { founded_year: more.foundedYear }),
      revision: sql<number>`revision + 1`,
    })
    .where('id', '=', id)
    .execute();
}

export async function setStatus(
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

export interface NewEvent {
  readonly schoolId: number;
  readonly countyId: number;
  readonly kind: string;
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

/** The schools with these codes that lie in scope, also those that are no more. */
export async function schoolIdsByCodes(db: DirectoryHandle, scope: Scope, codes: readonly string[]): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select s.id from schools s where s.code = any(${[...codes]}::text[]) and ${schoolsWithin(scope)}`.execute(db);
  return found.rows.map((row) => row.id);
}

/** Which of these codes were ever given, wherever. */
export async function codesGiven(db: DirectoryHandle, codes: readonly string[]) {
  return db
    .selectFrom('school_codes')
    .select(['code', 'status'])
    .where('code', 'in', codes.length > 0 ? [...codes] : [''])
    .execute();
}
