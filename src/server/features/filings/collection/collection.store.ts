import { type RawBuilder, sql } from 'kysely';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { type CollectionState, resourceRecord } from '#domain/collection/collection.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import type { FilingHandle } from '../filing.store.ts';

/** A form that is asked for a period, with its timetable: what the contract calls a period of filing. */
export interface CollectionRow {
  readonly id: number;
  readonly periodId: number;
  readonly schoolYear: number;
  readonly name: string;
  readonly edition: string;
  readonly opensOn: string;
  readonly deadline: string;
  readonly graceDays: number;
  readonly cityDeadline: string;
  readonly state: CollectionState;
  /** It ended with nothing handed in: it is meant only where it is named. */
  readonly passedOver: boolean;
  /** The day on which the school year was archived, and by whom; null while it takes writes. */
  readonly archivedOn: string | null;
  readonly archivedBy: string | null;
  /** The last day of the school year. */
  readonly endsOn: string;
}

function selectCollections(db: FilingHandle) {
  return db
    .selectFrom('collections as c')
    .innerJoin('periods as p', 'p.id', 'c.period_id')
    .where('c.key', '=', resourceRecord)
    .where('c.state', '<>', 'cancelled')
    .select(['c.id', 'c.period_id as periodId', 'p.year as schoolYear', 'c.name', 'c.catalogue_edition as edition'])
    .select(['c.opens_on as opensOn', 'c.deadline', 'c.grace_days as graceDays', 'c.city_deadline as cityDeadline'])
    .select([
      'c.state',
      'p.passed_over as passedOver',
      'p.archived_on as archivedOn',
      'p.archived_by_name as archivedBy',
      'p.ends_on as endsOn',
    ])
    .orderBy('p.year', 'desc')
    .$castTo<CollectionRow>();
}

/** The choice of a yearly record: the record of a school year, or the current one on a day. */
export type CollectionQuestion =
  | { readonly year: number; readonly today?: string }
  | { readonly year?: number | undefined; readonly today: string };

/**
 * The id of the yearly record that is meant, as an expression. Without a year it is the newest that has begun, so that a
 * year which is opened ahead of its day does not push the year under way aside; the newest of all while none has begun. A
 * year that was passed over is meant only where it is named, or where there is no other.
 */
export function collectionMeant({ year, today }: CollectionQuestion): RawBuilder<number> {
  const order =
    year === undefined
      ? sql`order by p.passed_over, c.opens_on <= ${today}::date desc, p.year desc limit 1`
      : sql`and p.year = ${year}`;
  return sql<number>`(
    select c.id from collections c join periods p on p.id = c.period_id
     where c.key = ${resourceRecord} and c.state <> 'cancelled' ${order})`;
}

/** The yearly record that is meant, or undefined where there is none. */
export async function findCollection(db: FilingHandle, of: CollectionQuestion): Promise<CollectionRow | undefined> {
  return selectCollections(db).where('c.id', '=', collectionMeant(of)).executeTakeFirst();
}

/** The yearly records, newest first. */
export async function listCollections(db: FilingHandle): Promise<CollectionRow[]> {
  return selectCollections(db).execute();
}

/** The collection with this id. */
export async function findCollectionById(db: FilingHandle, id: number): Promise<CollectionRow | undefined> {
  return selectCollections(db).where('c.id', '=', id).executeTakeFirst();
}

/** The collection with this id, locked because it is going to change. */
export async function lockCollection(db: FilingHandle, id: number): Promise<CollectionRow | undefined> {
  return selectCollections(db).where('c.id', '=', id).forUpdate('c').executeTakeFirst();
}

export async function writeTimetable(
  db: FilingHandle,
  id: number,
  dates: { readonly deadline: string; readonly graceDays: number; readonly cityDeadline: string },
): Promise<void> {
  await db
    .updateTable('collections')
    .set({ deadline: dates.deadline, grace_days: dates.graceDays, city_deadline: dates.cityDeadline })
    .where('id', '=', id)
    .execute();
}

export async function writeState(db: FilingHandle, id: number, state: CollectionState): Promise<void> {
  await db.updateTable('collections').set({ state }).where('id', '=', id).execute();
}

/** Writes an opened collection of a period that the transaction has locked. */
export async function writeCollection(
  db: FilingHandle,
  given: Omit<CollectionRow, 'id' | 'schoolYear' | 'state' | 'passedOver' | 'archivedOn' | 'archivedBy' | 'endsOn'> & {
    readonly ownerUnitId: number;
  },
): Promise<number> {
  const { id } = await db
    .insertInto('collections')
    .values({
      key: resourceRecord,
      period_id: given.periodId,
      owner_unit_id: given.ownerUnitId,
      catalogue_edition: given.edition,
      name: given.name,
      flow: 'school-county-city',
      opens_on: given.opensOn,
      deadline: given.deadline,
      grace_days: given.graceDays,
      city_deadline: given.cityDeadline,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The schools that owed the record of a school year. */
export async function listOwing(db: FilingHandle, year: number): Promise<number[]> {
  const collection = await findCollection(db, { year });
  if (!collection) return [];
  const rows = await db
    .selectFrom('collection_subjects')
    .where('collection_id', '=', collection.id)
    .where('subject_type', '=', 'school')
    .where('owes', '=', true)
    .select('subject_id')
    .execute();
  return rows.map((row) => row.subject_id);
}

/** The counties in reach that a collection asks. */
export async function listAsked(db: FilingHandle, places: readonly number[], id: number): Promise<number[]> {
  const found = await sql<{ place: number }>`
    select distinct s.place_id as place from collection_subjects s
     where s.place_id = any(${[...places]}::int[]) and s.collection_id = ${id}
     order by place`.execute(db);
  return found.rows.map(({ place }) => place);
}

/** The approved values of each school in a school year, wherever it lay then: a school that moved keeps its figures. */
export async function findApproved(
  db: FilingHandle,
  year: number,
): Promise<Map<number, { schoolType: string; urbanClass: string; values: Record<string, CellValue> }>> {
  const collection = await findCollection(db, { year });
  if (!collection) return new Map();
  const found = await sql<{
    schoolId: number;
    schoolType: string;
    urbanClass: string;
    values: Record<string, CellValue>;
  }>`
    select f.school_id as "schoolId", ps.school_type as "schoolType", ps.urban_class as "urbanClass", f.approved as values
      from filings f
      join period_schools ps
        on ps.county_id = f.place_id and ps.period_id = ${collection.periodId} and ps.school_id = f.school_id
     where f.collection_id = ${collection.id} and f.approved is not null`.execute(db);
  return new Map(found.rows.map(({ schoolId, ...row }) => [schoolId, row]));
}

/** A school on the list of a collection; with a reason it owes nothing. */
export interface ListedSchool {
  readonly countyId: number;
  readonly schoolId: number;
  readonly code: string | null;
  readonly name: string;
  readonly initials: string;
  readonly managingUnitId: number;
  readonly reason: string | null;
}

/** Fixes the list of a collection. */
export async function writeSubjects(
  db: FilingHandle,
  collectionId: number,
  schools: readonly ListedSchool[],
): Promise<void> {
  await sql`
    insert into collection_subjects (place_id, collection_id, subject_type, subject_id, code, name, initials,
                                     managing_unit_id, owes, reason)
    select w."countyId", ${collectionId}::int, 'school', w."schoolId", w.code, w.name, w.initials, w."managingUnitId",
           w.reason is null, w.reason
      from jsonb_to_recordset(${JSON.stringify(schools)}::jsonb)
        as w("countyId" int, "schoolId" int, code text, name text, initials text, "managingUnitId" int, reason text)
    returning subject_id`.execute(db);
}

export interface NewFiling extends Omit<ListedSchool, 'reason'> {
  readonly id: string;
  readonly schoolType: string;
  readonly reference: Readonly<Record<string, CellValue>>;
  readonly peers: Readonly<Record<string, { median: number; schools: number }>>;
  readonly required: number;
  /** A day of its own, where that of the list lies behind or too near; absent for the list's. */
  readonly until?: string | undefined;
}

/** One empty filing for each school that owes one. A required field that is empty is a hard finding from the start. */
export async function writeFilings(
  db: FilingHandle,
  collectionId: number,
  filings: readonly NewFiling[],
  now: Date,
): Promise<void> {
  await sql`
    insert into filings (place_id, id, collection_id, subject_type, subject_id, code, name, initials, school_type,
                         managing_unit_id, managed_by, reference, peers, required, hard_findings, deadline_extension, created_at,
                         updated_at)
    select w."countyId", w.id, ${collectionId}::int, 'school', w."schoolId", w.code, w.name, w.initials, w."schoolType",
           w."managingUnitId", case when w."managingUnitId" = w."countyId" then 'county' else 'city' end, w.reference,
           w.peers, w.required, w.required, w.until, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(filings)}::jsonb)
        as w("countyId" int, id uuid, "schoolId" int, code text, name text, initials text, "schoolType" text,
             "managingUnitId" int, reference jsonb, peers jsonb, required int, until date)
    returning id`.execute(db);
}

/** The audit row of an act on one collection. */
export function recordOfCollection(
  id: number,
  action: string,
  what: Pick<AuditEntry, 'placeId' | 'schoolId' | 'before' | 'after'>,
): AuditEntry {
  return { action, objectType: 'period', objectId: id, ...what };
}
