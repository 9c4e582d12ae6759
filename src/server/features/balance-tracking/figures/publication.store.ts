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
  const found = await sql<Publication>`
    select p.place_id as "placeId", p.id, p.edition, p.document_number as "documentNumber",
           p.published_on as "publishedOn", p.source, p.reason, p.entered_by_name as "enteredBy",
           p.entered_at as "enteredAt",
           coalesce((
             select jsonb_agg(jsonb_build_object('level', f.level, 'indicator', f.indicator, 'value', f.value)
                              order by f.level desc, f.indicator)
               from province_publication_figures f where f.place_id = p.place_id and f.publication_id = p.id
           ), '[]') as figures,
           coalesce((
             select jsonb_agg(jsonb_build_object('level', s.level, 'code', s.code, 'name', s.name)
                              order by s.level desc, s.name, s.id)
               from province_publication_schools s where s.place_id = p.place_id and s.publication_id = p.id
           ), '[]') as schools
      from province_publications p
     where p.place_id = ${among(scope.places)} and p.period_id = ${periodId} and p.standard_key = ${standardKey}
       and p.replaced_at is null`.execute(db);
  return found.rows;
}

/** The counties whose figures of a period stand. */
export async function findPublished(
  db: TrackHandle,
  scope: Scope,
  periodId: number,
  standardKey: string,
): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('province_publications')
    .where('place_id', '=', among(scope.places))
    .where('period_id', '=', periodId)
    .where('standard_key', '=', standardKey)
    .where('replaced_at', 'is', null)
    .select('place_id as placeId')
    .execute();
  return new Set(rows.map(({ placeId }) => placeId));
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
  // The figures come in with their document by one statement: a document without figures is never written.
  await db
    .with('document', (own) =>
      own.insertInto('province_publications').values({
        ...{ place_id, id, period_id: given.periodId, standard_key: given.standardKey, edition: given.edition },
        ...{ document_number: given.documentNumber, published_on: given.publishedOn, source: given.source },
        ...{ reason: given.reason, entered_by: given.by, entered_by_name: given.byName, entered_at: given.at },
      }),
    )
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
