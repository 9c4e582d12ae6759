import { findDefaultPeriod } from '#core/calendar/period.store.ts';
import { placesMeant } from '#domain/access/actor.ts';
import { daysLate, standingOf, type TermState, type TrackStanding } from '#domain/balance-tracking/state.ts';
import { type Day, type SchoolYear, schoolYearOf } from '#domain/kit/school-year.ts';
import { findPlanYears } from './figures/plan-year.store.ts';
import { findStanding } from './figures/publication.store.ts';
import type { TrackContext } from './track.act.ts';
import {
  type CountyRow,
  findSchoolYear,
  listCounties,
  listTracks,
  registerDay,
  type SchoolYearRow,
  type TrackRow,
} from './track.store.ts';
import { trackingRules } from './tracking-rules.shape.ts';

/** A county in the overview of a year. */
export interface OverviewRow {
  readonly countyId: number;
  readonly name: string;
  readonly shortName: string;
  readonly track: {
    readonly id: string;
    readonly state: Parameters<typeof standingOf>[0];
    readonly standing: TrackStanding;
    readonly since: Day;
    readonly dueOn: Day | null;
    readonly daysLate: number;
    readonly ledger: Parameters<typeof standingOf>[1];
    readonly terms: { readonly state: TermState; readonly dueOn: Day }[];
  } | null;
  readonly published: boolean;
  readonly plannedYear: number | null;
}

interface Filter {
  readonly unitId?: number | undefined;
  readonly standing?: TrackStanding | undefined;
  readonly late?: boolean | undefined;
}

/** A year with the counties of its register's day and their tracks, all in reach. */
export interface OverviewYear {
  readonly year: SchoolYear;
  readonly period: SchoolYearRow | undefined;
  readonly counties: readonly CountyRow[];
  readonly tracks: readonly TrackRow[];
  /** Of the counties that the filter leaves, the late ones first, then by their day. A filter counts nothing. */
  readonly rows: readonly OverviewRow[];
}

/** The overview of a year. Cancelled tracks are shown only where somebody asks for them. */
export async function readOverview(
  ctx: TrackContext,
  filter: Filter & { readonly year?: SchoolYear | undefined },
): Promise<OverviewYear> {
  const year = await yearMeant(ctx, filter.year);
  const period = await findSchoolYear(ctx.db, year);
  const counties = await listCounties(ctx.db, ctx.scope, period ? registerDay(period) : ctx.today);
  const tracks = await listTracks(ctx.db, ctx.scope, ctx.today, year);
  const shown =
    filter.standing === 'cancelled' ? await listTracks(ctx.db, ctx.scope, ctx.today, year, 'cancelled') : tracks;
  const standing = period ? await findStanding(ctx.db, ctx.scope, [period.id], trackingRules.standard) : [];
  const published = new Set(standing.map(({ placeId }) => placeId));
  const planned = await findPlanYears(ctx.db, ctx.scope);
  const places = new Set(placesMeant(ctx.scope, ctx.actor, filter.unitId));
  const rows = counties
    .filter(({ id }) => places.has(id))
    .map(({ id, name, shortName }): OverviewRow => {
      const track = shown.find(({ placeId }) => placeId === id);
      return {
        ...{ countyId: id, name, shortName, published: published.has(id), plannedYear: planned.get(id) ?? null },
        track: track === undefined ? null : overviewTrack(track, ctx.today),
      };
    })
    .filter(
      ({ track }) =>
        (filter.standing === undefined || track?.standing === filter.standing) &&
        (filter.late !== true || (track?.daysLate ?? 0) > 0),
    )
    .sort(
      (one, other) =>
        (other.track?.daysLate ?? 0) - (one.track?.daysLate ?? 0) ||
        (one.track?.dueOn ?? '9999').localeCompare(other.track?.dueOn ?? '9999'),
    );
  return { year, period, counties, tracks, rows };
}

function overviewTrack(track: TrackRow, today: Day): NonNullable<OverviewRow['track']> {
  const { id, state, ledger, since, dueOn, terms } = track;
  const standing = standingOf(state, ledger, track);
  return { id, state, standing, since, dueOn, daysLate: daysLate(dueOn, today), ledger, terms: [...terms] };
}

/** The year that is asked for, or the one under way; an installation without a year means the one of the calendar. */
export async function yearMeant(ctx: TrackContext, year: SchoolYear | undefined): Promise<SchoolYear> {
  if (year !== undefined) return year;
  const period = await findDefaultPeriod(ctx.db, 'school-year', ctx.today);
  return period?.year ?? schoolYearOf(ctx.today);
}
