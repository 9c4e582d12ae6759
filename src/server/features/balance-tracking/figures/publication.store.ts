import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import { among } from '#platform/db/listing.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { TrackHandle } from '../published.store.ts';

export interface PublishedFigure {
  readonly level: CompulsoryLevel;
  readonly indicator: string;
  readonly value: string;
}

export interface PublishedSchool {
  readonly level: CompulsoryLevel;
  readonly code: string | null;
  readonly name: string;
}

/** What the province published of a county and year. */
export interface Publication {
  readonly placeId: number;
  readonly id: string;
  readonly edition: string;
  readonly documentNumber: string;
  readonly publishedOn: Day;
  readonly source: string;
  readonly reason: string | null;
  readonly enteredBy: string;
  readonly enteredAt: Date;
  readonly figures: readonly PublishedFigure[];
  readonly schools: readonly PublishedSchool[];
}

/** The publications of a period that stand, with their figures and lists. */
export async function listPublications(
  db: TrackHandle,
  scope: Scope,
  periodId: number,
  standardKey: string,
): Promise<Publication[]> {
  const heads = await db
    .selectFrom('province_publications')
    .where('place_id', '=', among(scope.places))
    .where('period_id', '=', periodId)
    .where('standard_key', '=', standardKey)
    .where('replaced_at', 'is', null)
    .select(['place_id as placeId', 'id', 'edition', 'document_number as documentNumber'])
    .select(['published_on as publishedOn', 'source', 'reason', 'entered_by_name as enteredBy'])
    .select('entered_at as enteredAt')
    .execute();
  if (heads.length === 0) return [];
  const ids = heads.map(({ id }) => id);
  const figures = await sql<PublishedFigure & { of: string }>`
    select publication_id as of, level, indicator, value from province_publication_figures
     where place_id = ${among(scope.places)} and publication_id = any(${ids}::uuid[])
     order by level desc, indicator`.execute(db);
  const schools = await sql<PublishedSchool & { of: string }>`
    select publication_id as of, level, code, name from province_publication_schools
     where place_id = ${among(scope.places)} and publication_id = any(${ids}::uuid[])
     order by level desc, name, id`.execute(db);
  return heads.map((head) => ({
    ...head,
    figures: figures.rows.filter(({ of }) => of === head.id).map(({ of: _, ...figure }) => figure),
    schools: schools.rows.filter(({ of }) => of === head.id).map(({ of: _, ...school }) => school),
  }));
}

/** How many publications of a county, period and standard were replaced. */
export async function countReplaced(
  db: TrackHandle,
  { placeId, periodId, standardKey }: { placeId: number; periodId: number; standardKey: string },
): Promise<number> {
  const { count } = await db
    .selectFrom('province_publications')
    .where('place_id', '=', placeId)
    .where('period_id', '=', periodId)
    .where('standard_key', '=', standardKey)
    .where('replaced_at', 'is not', null)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Whether figures of the county and period stand; the row is kept until the transaction ends. */
export async function lockStanding(
  db: TrackHandle,
  { placeId, periodId, standardKey }: { placeId: number; periodId: number; standardKey: string },
): Promise<{ readonly id: string } | undefined> {
  return db
    .selectFrom('province_publications')
    .where('place_id', '=', placeId)
    .where('period_id', '=', periodId)
    .where('standard_key', '=', standardKey)
    .where('replaced_at', 'is', null)
    .select('id')
    .forUpdate()
    .executeTakeFirst();
}

export interface NewPublication extends Omit<Publication, 'id' | 'enteredBy' | 'enteredAt'> {
  readonly periodId: number;
  readonly standardKey: string;
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
}

/** Ends the one that stands and writes the new one with its figures and list. Returns its id. */
export async function writePublication(
  db: TrackHandle,
  given: NewPublication,
  standing: { readonly id: string } | undefined,
): Promise<string> {
  if (standing) {
    await db
      .updateTable('province_publications')
      .set({ replaced_at: given.at })
      .where('place_id', '=', given.placeId)
      .where('id', '=', standing.id)
      .execute();
  }
  const id = newId();
  const place_id = given.placeId;
  await db
    .insertInto('province_publications')
    .values({
      ...{ place_id, id, period_id: given.periodId, standard_key: given.standardKey, edition: given.edition },
      ...{ document_number: given.documentNumber, published_on: given.publishedOn, source: given.source },
      ...{ reason: given.reason, entered_by: given.by, entered_by_name: given.byName, entered_at: given.at },
    })
    .execute();
  await db
    .insertInto('province_publication_figures')
    .values(given.figures.map((one) => ({ place_id, publication_id: id, ...one })))
    .execute();
  if (given.schools.length > 0) {
    await db
      .insertInto('province_publication_schools')
      .values(given.schools.map((one) => ({ place_id, publication_id: id, id: newId(), ...one })))
      .execute();
  }
  return id;
}
