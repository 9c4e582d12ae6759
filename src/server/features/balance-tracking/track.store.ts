import { type CompiledQuery, sql } from 'kysely';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import type { Scope } from '#domain/access/actor.ts';
import type { LedgerCount, TermState, TrackState } from '#domain/balance-tracking/state.ts';
import type { Day, SchoolYear } from '#domain/kit/school-year.ts';
import { among } from '#platform/db/listing.ts';
import { type LockedRow, rowsWrite } from '#platform/db/locked-row.ts';
import { isReturned, type TrackHandle, withStanding } from './published.store.ts';

/** A track with what its flow asks. */
export interface TrackRow {
  readonly type: 'balance-track';
  readonly placeId: number;
  readonly id: string;
  readonly schoolId: null;
  readonly countyName: string;
  readonly periodId: number;
  readonly schoolYear: SchoolYear;
  readonly standardKey: string;
  readonly state: TrackState;
  readonly since: Day;
  readonly revision: number;
  readonly reason: string | null;
  /** The day by which the present state is to be left. */
  readonly dueOn: Day | null;
  readonly published: boolean;
  /** The newest self-report was passed on and is not decided yet. */
  readonly prepared: boolean;
  /** The self-report came back and has not been passed on again. */
  readonly returned: boolean;
  /** The newest self-report was submitted and is not decided yet. */
  readonly submitted: boolean;
  /** The newest self-report; null before the first. */
  readonly reportId: string | null;
  readonly ledger: LedgerCount;
  /** The day by which each state is to be left, in their order. */
  readonly terms: readonly { readonly state: TermState; readonly dueOn: Day }[];
}

/** The issues of each track as the ledger has them now. */
const ledgerOf = (scope: Pick<Scope, 'places'>, today: Day) => sql`
  select i.place_id, i.track_id, count(*)::int as raised,
         count(*) filter (where f.state in ('closed', 'cancelled'))::int as settled,
         count(*) filter (where f.state = 'cancelled')::int as cancelled,
         count(*) filter (where f.state <> 'found')::int as noticed,
         count(*) filter (where f.state not in ('closed', 'cancelled') and f.due_on < ${today}::date)::int as late
    from balance_track_issues i
    ${withStanding}
   where i.place_id = ${among(scope.places)}
   group by i.place_id, i.track_id`;

/** Tracks of these places with all that tells where they stand. */
export const selectTracks = (scope: Pick<Scope, 'places'>, today: Day) => sql`
  select 'balance-track' as type, t.place_id as "placeId", t.id, null as "schoolId", u.name as "countyName",
         t.period_id as "periodId", t.school_year as "schoolYear", t.standard_key as "standardKey", t.state, t.since,
         t.revision, t.reason, term.due_on as "dueOn", publication.id is not null as published,
         coalesce(report.prepared_at is not null and report.decision is null, false) as prepared,
         ${isReturned} as returned,
         coalesce(report.submitted_at is not null and report.decision is null, false) as submitted,
         report.id as "reportId",
         jsonb_build_object(
           'raised', coalesce(ledger.raised, 0), 'settled', coalesce(ledger.settled, 0),
           'cancelled', coalesce(ledger.cancelled, 0), 'noticed', coalesce(ledger.noticed, 0), 'late', coalesce(ledger.late, 0)
         ) as ledger,
         coalesce((
           select jsonb_agg(jsonb_build_object('state', every.state, 'dueOn', every.due_on) order by every.due_on, every.state)
             from balance_track_terms every where every.place_id = t.place_id and every.track_id = t.id
         ), '[]') as terms
    from balance_tracks t
    join org_units u on u.id = t.place_id
    left join balance_track_terms term on term.place_id = t.place_id and term.track_id = t.id and term.state = t.state
    left join province_publications publication
      on publication.place_id = t.place_id and publication.period_id = t.period_id
     and publication.standard_key = t.standard_key and publication.replaced_at is null
    left join (
      select distinct on (r.place_id, r.track_id) r.place_id, r.track_id, r.id, r.prepared_at, r.submitted_at, r.decision
        from balance_track_reports r where r.place_id = ${among(scope.places)}
       order by r.place_id, r.track_id, r.round desc
    ) report on report.place_id = t.place_id and report.track_id = t.id
    left join (${ledgerOf(scope, today)}) ledger on ledger.place_id = t.place_id and ledger.track_id = t.id
   where t.place_id = ${among(scope.places)}`;

/** The tracks of a year that stand, or those that were cancelled, newest first. */
export async function listTracks(
  db: TrackHandle,
  scope: Scope,
  today: Day,
  year: SchoolYear,
  which: 'standing' | 'cancelled' = 'standing',
): Promise<TrackRow[]> {
  const found = await sql<TrackRow>`
    ${selectTracks(scope, today)} and t.school_year = ${year} and (t.state = 'cancelled') = ${which === 'cancelled'}
     order by t.opened_at desc, t.id`.execute(db);
  return found.rows;
}

export async function findTrack(db: TrackHandle, scope: Scope, today: Day, id: string): Promise<TrackRow | undefined> {
  const found = await sql<TrackRow>`${selectTracks(scope, today)} and t.id = ${id}`.execute(db);
  return found.rows[0];
}

/** The track, kept until the transaction ends. */
export async function lockTrack(db: TrackHandle, scope: Scope, today: Day, id: string): Promise<TrackRow | undefined> {
  const own = db.selectFrom('balance_tracks').where('id', '=', id);
  const lying = await own.where('place_id', '=', among(scope.places)).select('place_id as placeId').executeTakeFirst();
  if (lying === undefined) return undefined;
  await own.where('place_id', '=', lying.placeId).select('id').forUpdate().execute();
  return findTrack(db, scope, today, id);
}

/** A county and a period. */
export interface CountyPeriod {
  readonly placeId: number;
  readonly periodId: number;
}

/** These counties and periods as a recordset `w`, for a statement on rows of several places. */
export const countyPeriods = (of: readonly CountyPeriod[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(of.map(({ placeId: place, periodId: period }) => ({ place, period })))}::jsonb)
        as w(place int, period int)`;

/**
 * The standing tracks of these counties and periods, kept until the transaction ends. Rows of several places are locked by
 * writing them: a query may lock those of one place alone.
 */
export async function lockTracksOf(
  db: TrackHandle,
  today: Day,
  now: Date,
  of: readonly CountyPeriod[],
): Promise<TrackRow[]> {
  const places = [...new Set(of.map(({ placeId }) => placeId))];
  const locked = await sql<{ id: string }>`
    update balance_tracks t set updated_at = ${now}
      from ${countyPeriods(of)}
     where t.place_id = w.place and t.period_id = w.period and t.place_id = any(${places}::int[]) and t.state <> 'cancelled'
    returning t.id`.execute(db);
  if (locked.rows.length === 0) return [];
  const found = await sql<TrackRow>`
    ${selectTracks({ places }, today)} and t.id = any(${locked.rows.map(({ id }) => id)}::uuid[])
     order by t.place_id, t.id`.execute(db);
  return found.rows;
}

/** A school year of the register. */
export interface SchoolYearRow {
  readonly id: number;
  readonly year: SchoolYear;
  readonly startsOn: Day;
  readonly frozenOn: Day | null;
  /** The day on which it was archived; null while it takes writes. */
  readonly archivedOn: Day | null;
}

export function findSchoolYear(db: TrackHandle, year: SchoolYear): Promise<SchoolYearRow | undefined> {
  return db
    .selectFrom('periods')
    .where('kind', '=', 'school-year')
    .where('year', '=', year)
    .select(['id', 'year', 'starts_on as startsOn', 'frozen_on as frozenOn', 'archived_on as archivedOn'])
    .executeTakeFirst();
}

/** The day whose counties count in a school year: that of its register. */
export const registerDay = ({ frozenOn, startsOn }: { readonly frozenOn: Day | null; readonly startsOn: Day }): Day =>
  frozenOn ?? startsOn;

/** These school years of the register with these counties of their day; no county where it is none in reach. */
export async function listCountyYears(
  db: TrackHandle,
  scope: Scope,
  countyIds: readonly number[],
  years: readonly SchoolYear[],
): Promise<{ readonly year: SchoolYear; readonly periodId: number; readonly counties: ReadonlyMap<number, string> }[]> {
  const found = await sql<{ year: number; periodId: number; id: number | null; name: string | null }>`
    select p.year, p.id as "periodId", u.id, u.name
      from periods p
      left join org_units u on u.id = any(${[...new Set(countyIds)]}::int[]) and u.id = ${among(scope.places)}
       and u.kind = 'county' and (u.closed_on is null or u.closed_on > coalesce(p.frozen_on, p.starts_on))
     where p.kind = 'school-year' and p.year = any(${[...new Set(years)]}::int[])
     order by p.year, u.id`.execute(db);
  const periods = new Map(found.rows.map(({ year, periodId }) => [year, periodId]));
  return [...periods].map(([year, periodId]) => ({
    ...{ year, periodId },
    counties: new Map(
      found.rows.flatMap((row) => (row.year === year && row.id !== null ? [[row.id, row.name ?? '']] : [])),
    ),
  }));
}

/** How a refusal names a unit; one that nobody knows is named by its number. */
export async function getUnitName(db: TrackHandle, id: number): Promise<string> {
  const found = await db.selectFrom('org_units').where('id', '=', id).select('name').executeTakeFirst();
  return found?.name ?? `编号 ${id} 的单位`;
}

/** A county-level unit. */
export interface CountyRow {
  readonly id: number;
  readonly name: string;
  readonly shortName: string;
}

/** The county-level units in reach that exist on this day, in their official order. */
export async function listCounties(db: TrackHandle, scope: Scope, on: Day): Promise<CountyRow[]> {
  return db
    .selectFrom('org_units')
    .where('id', '=', among(scope.places))
    .where('kind', '=', 'county')
    .where((is) => is.or([is('closed_on', 'is', null), is('closed_on', '>', on)]))
    .select(['id', 'name', 'short_name as shortName'])
    .orderBy('sort_order')
    .orderBy('id')
    .execute();
}

/** A track that begins. */
export interface NewTrack {
  readonly placeId: number;
  readonly id: string;
  readonly state: TrackState;
}

/** What the tracks of a year have in common when it is opened. */
interface Opening {
  readonly periodId: number;
  readonly schoolYear: SchoolYear;
  readonly standardKey: string;
  readonly since: Day;
  readonly openedByName: string;
  readonly at: Date;
  readonly terms: readonly { readonly state: TermState; readonly dueOn: Day }[];
}

/** Writes tracks with their terms, except where one of the county and year stands. Returns those that were written. */
export async function insertTracks<New extends NewTrack>(
  db: TrackHandle,
  tracks: readonly New[],
  { periodId, schoolYear, standardKey, since, openedByName, at, terms }: Opening,
): Promise<New[]> {
  const written = await sql<{ id: string }>`
    insert into balance_tracks (place_id, id, period_id, school_year, standard_key, state, since, opened_by_name, opened_at,
                                updated_at)
    select w."placeId", w.id, ${periodId}::int, ${schoolYear}::smallint, ${standardKey}, w.state, ${since}::date,
           ${openedByName}, ${at}::timestamptz, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(tracks)}::jsonb) as w("placeId" int, id uuid, state text)
    on conflict (place_id, period_id) where state <> 'cancelled' do nothing
    returning id`.execute(db);
  const ids = new Set(written.rows.map(({ id }) => id));
  const begun = tracks.filter(({ id }) => ids.has(id));
  if (begun.length === 0) return [];
  await db
    .insertInto('balance_track_terms')
    .values(
      begun.flatMap(({ placeId, id }) =>
        terms.map(({ state, dueOn }) => ({
          place_id: placeId,
          track_id: id,
          period_id: periodId,
          state,
          due_on: dueOn,
        })),
      ),
    )
    .execute();
  return begun;
}

/** What acts set of a track. */
export type TrackChange = Partial<Pick<TrackRow, 'state' | 'since' | 'reason'>>;

/** The statement that writes new values of locked tracks, the same for all, and counts their revisions up. */
export function trackWrites(
  db: TrackHandle,
  tracks: readonly LockedRow[],
  change: TrackChange,
  now: Date,
): CompiledQuery {
  return rowsWrite(db, 'balance_tracks', tracks, { ...change, updated_at: now });
}

/** The audit row of an act on a track. */
export function recordOf(
  { id, placeId }: Pick<TrackRow, 'id' | 'placeId'>,
  done: string,
  what: Pick<AuditEntry, 'fields' | 'before' | 'after'> = {},
): AuditEntry {
  return { action: `track.${done}`, objectType: 'balance-track', objectId: id, placeId, ...what };
}
