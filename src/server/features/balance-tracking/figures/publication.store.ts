import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import { among } from '#platform/db/listing.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { TrackHandle } from '../published.store.ts';
import { type CountyPeriod, countyPeriods } from '../track.store.ts';

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

/** What stands of a county and period. */
interface StandingPublication extends CountyPeriod {
  readonly id: string;
}

/** The publications of these periods that stand in reach. */
export async function findStanding(
  db: TrackHandle,
  scope: Scope,
  periodIds: readonly number[],
  standardKey: string,
): Promise<StandingPublication[]> {
  if (periodIds.length === 0) return [];
  return db
    .selectFrom('province_publications')
    .where('place_id', '=', among(scope.places))
    .where('period_id', 'in', [...periodIds])
    .where('standard_key', '=', standardKey)
    .where('replaced_at', 'is', null)
    .select(['place_id as placeId', 'period_id as periodId', 'id'])
    .execute();
}

/** Ends the publications of these counties and periods that stand, so that they cannot end twice. Returns them. */
export async function endStanding(
  db: TrackHandle,
  of: readonly CountyPeriod[],
  standardKey: string,
  now: Date,
): Promise<StandingPublication[]> {
  const ended = await sql<StandingPublication>`
    update province_publications p set replaced_at = ${now}
      from ${countyPeriods(of)}
     where p.place_id = w.place and p.period_id = w.period and p.place_id = any(${of.map(({ placeId }) => placeId)}::int[])
       and p.standard_key = ${standardKey} and p.replaced_at is null
    returning p.place_id as "placeId", p.period_id as "periodId", p.id`.execute(db);
  return ended.rows;
}

/** The largest number of publications, replaced ones included, that one of these counties has of one of these periods. */
export async function countMost(db: TrackHandle, of: readonly CountyPeriod[], standardKey: string): Promise<number> {
  const counted = await db
    .selectFrom('province_publications')
    .where('place_id', '=', sql<number>`any(${of.map(({ placeId }) => placeId)}::int[])`)
    .where('period_id', '=', sql<number>`any(${of.map(({ periodId }) => periodId)}::int[])`)
    .where('standard_key', '=', standardKey)
    .select(sql<number>`count(*)::int`.as('entered'))
    .groupBy(['place_id', 'period_id'])
    .execute();
  return Math.max(0, ...counted.map(({ entered }) => entered));
}

/** A publication that is entered. */
export interface NewPublication extends Omit<Publication, 'id' | 'enteredBy' | 'enteredAt'> {
  readonly periodId: number;
}

/** Whoever enters publications of a standard, and when. */
interface Entering {
  readonly standardKey: string;
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
}

/**
 * Writes publications with their figures and lists. Returns those that were written, in their order: one of a county and
 * period that somebody else has entered meanwhile is not, and the caller refuses all.
 */
export async function insertPublications<New extends NewPublication>(
  db: TrackHandle,
  given: readonly New[],
  { standardKey, by, byName, at }: Entering,
): Promise<(New & { readonly id: string })[]> {
  const documents = given.map((one) => ({ ...one, id: newId() }));
  const written = await sql<{ id: string }>`
    insert into province_publications (place_id, id, period_id, standard_key, edition, document_number, published_on,
                                       source, reason, entered_by, entered_by_name, entered_at)
    select w."placeId", w.id, w."periodId", ${standardKey}, w.edition, w."documentNumber", w."publishedOn", w.source,
           w.reason, ${by}, ${byName}, ${at}
      from jsonb_to_recordset(${JSON.stringify(documents.map(({ figures: _, schools: __, ...document }) => document))}::jsonb)
        as w("placeId" int, id uuid, "periodId" int, edition text, "documentNumber" text, "publishedOn" date, source text,
             reason text)
    on conflict (place_id, period_id, standard_key) where replaced_at is null do nothing
    returning id`.execute(db);
  const ids = new Set(written.rows.map(({ id }) => id));
  const kept = documents.filter(({ id }) => ids.has(id));
  const figures = kept.flatMap((one) =>
    one.figures.map((figure) => ({ place: one.placeId, document: one.id, period: one.periodId, ...figure })),
  );
  await sql`
    insert into province_publication_figures (place_id, publication_id, period_id, level, indicator, value)
    select w.place, w.document, w.period, w.level, w.indicator, w.value
      from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb)
        as w(place int, document uuid, period int, level text, indicator text, value text)
    returning place_id`.execute(db);
  const schools = kept.flatMap((one) =>
    one.schools.map((school) => ({
      ...{ place: one.placeId, document: one.id, period: one.periodId, id: newId() },
      ...school,
    })),
  );
  if (schools.length > 0) {
    await sql`
      insert into province_publication_schools (place_id, publication_id, period_id, id, level, code, name)
      select w.place, w.document, w.period, w.id, w.level, w.code, w.name
        from jsonb_to_recordset(${JSON.stringify(schools)}::jsonb)
          as w(place int, document uuid, period int, id uuid, level text, code text, name text)
      returning place_id`.execute(db);
  }
  return kept;
}
