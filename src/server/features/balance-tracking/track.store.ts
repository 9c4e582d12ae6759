import { type CompiledQuery, sql } from 'kysely';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import type { Scope } from '#domain/access/actor.ts';
import type { LedgerCount, TermState, TrackState } from '#domain/balance-tracking/state.ts';
import type { Day, SchoolYear } from '#domain/kit/school-year.ts';
import { among } from '#platform/db/listing.ts';
import { type LockedRow, rowWrite } from '#platform/db/locked-row.ts';
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
           'noticed', coalesce(ledger.noticed, 0), 'late', coalesce(ledger.late, 0)
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

/** The track, kept until the transaction ends; its county is looked up where the caller does not know it. */
export async function lockTrack(
  db: TrackHandle,
  scope: Scope,
  today: Day,
  id: string,
  county?: number,
): Promise<TrackRow | undefined> {
  const own = db.selectFrom('balance_tracks').where('id', '=', id);
  const placeId =
    county ??
    (await own.where('place_id', '=', among(scope.places)).select('place_id as placeId').executeTakeFirst())?.placeId;
  if (placeId === undefined) return undefined;
  await own.where('place_id', '=', placeId).select('id').forUpdate().execute();
  return findTrack(db, scope, today, id);
}

/** Where the track of a county and period stands; kept until the transaction ends. */
export async function lockTrackOf(
  db: TrackHandle,
  { placeId, periodId }: Pick<TrackRow, 'placeId' | 'periodId'>,
): Promise<Pick<TrackRow, 'id' | 'state' | 'revision'> | undefined> {
  return db
    .selectFrom('balance_tracks')
    .where('place_id', '=', placeId)
    .where('period_id', '=', periodId)
    .where('state', '<>', 'cancelled')
    .select(['id', 'state', 'revision'])
    .forUpdate()
    .$castTo<Pick<TrackRow, 'id' | 'state' | 'revision'>>()
    .executeTakeFirst();
}

/** A school year of the register. */
export interface SchoolYearRow {
  readonly id: number;
  readonly year: SchoolYear;
  readonly startsOn: Day;
  readonly frozenOn: Day | null;
}

export function findSchoolYear(db: TrackHandle, year: SchoolYear): Promise<SchoolYearRow | undefined> {
  return db
    .selectFrom('periods')
    .where('kind', '=', 'school-year')
    .where('year', '=', year)
    .select(['id', 'year', 'starts_on as startsOn', 'frozen_on as frozenOn'])
    .executeTakeFirst();
}

/** The day whose counties count in a school year: that of its register. */
export const registerDay = ({ frozenOn, startsOn }: { readonly frozenOn: Day | null; readonly startsOn: Day }): Day =>
  frozenOn ?? startsOn;

/** A school year of the register with this county of its day; no county where it is none in reach. */
export async function findCountyYear(
  db: TrackHandle,
  scope: Scope,
  countyId: number,
  year: SchoolYear,
): Promise<{ readonly id: number; readonly county: string | null } | undefined> {
  const found = await sql<{ id: number; county: string | null }>`
    select p.id, u.name as county
      from periods p
      left join org_units u on u.id = ${countyId} and u.id = ${among(scope.places)} and u.kind = 'county'
       and (u.closed_on is null or u.closed_on > coalesce(p.frozen_on, p.starts_on))
     where p.kind = 'school-year' and p.year = ${year}`.execute(db);
  return found.rows[0];
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

/** What a new track begins with. */
export interface NewTrack {
  readonly placeId: number;
  readonly id: string;
  readonly periodId: number;
  readonly schoolYear: SchoolYear;
  readonly standardKey: string;
  readonly state: TrackState;
  readonly since: Day;
  readonly openedByName: string;
  readonly at: Date;
  readonly terms: readonly { readonly state: TermState; readonly dueOn: Day }[];
}

/** Writes a track with its terms; false where one of the county and year stands. */
export async function insertTrack(db: TrackHandle, track: NewTrack): Promise<boolean> {
  const written = await sql`
    insert into balance_tracks (place_id, id, period_id, school_year, standard_key, state, since, opened_by_name, opened_at,
                                updated_at)
    values (${track.placeId}, ${track.id}, ${track.periodId}, ${track.schoolYear}, ${track.standardKey}, ${track.state},
            ${track.since}, ${track.openedByName}, ${track.at}, ${track.at})
    on conflict (place_id, period_id) where state <> 'cancelled' do nothing
    returning id`.execute(db);
  if (written.rows.length === 0) return false;
  await db
    .insertInto('balance_track_terms')
    .values(
      track.terms.map(({ state, dueOn }) => ({ place_id: track.placeId, track_id: track.id, state, due_on: dueOn })),
    )
    .execute();
  return true;
}

/** What acts set of a track. */
export type TrackChange = Partial<Pick<TrackRow, 'state' | 'since' | 'reason'>>;

/** The statement that writes new values of a locked track and counts its revision up. */
export function trackWrite(db: TrackHandle, track: LockedRow, change: TrackChange, now: Date): CompiledQuery {
  return rowWrite(db, 'balance_tracks', track, { ...change, updated_at: now });
}

/** The audit row of an act on a track. */
export function recordOf(
  { id, placeId }: Pick<TrackRow, 'id' | 'placeId'>,
  done: string,
  what: Pick<AuditEntry, 'fields' | 'before' | 'after'> = {},
): AuditEntry {
  return { action: `track.${done}`, objectType: 'balance-track', objectId: id, placeId, ...what };
}
