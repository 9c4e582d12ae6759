import { findDefaultPeriod } from '#core/calendar/period.store.ts';
import { placesMeant } from '#domain/access/actor.ts';
import { daysLate, standingOf, type TermState, type TrackStanding } from '#domain/balance-tracking/state.ts';
import { type Day, type SchoolYear, schoolYearOf } from '#domain/kit/school-year.ts';
import { listPublications } from './figures/publication.store.ts';
import { findPlanYears } from './plan-year.store.ts';
import type { TrackContext } from './track.act.ts';
import { findSchoolYear, listCounties, listTerms, listTracks, registerDay } from './track.store.ts';
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
    readonly returned: boolean;
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

/** The counties of a year: the late ones first, then by their day. A filter leaves counties out; it counts nothing. */
export async function overviewRows(ctx: TrackContext, year: SchoolYear, filter: Filter): Promise<OverviewRow[]> {
  const places = placesMeant(ctx.scope, ctx.actor, filter.unitId);
  const scope = { ...ctx.scope, places };
  const period = await findSchoolYear(ctx.db, year);
  const counties = await listCounties(ctx.db, scope, period ? registerDay(period) : ctx.today);
  const tracks = new Map((await listTracks(ctx.db, scope, ctx.today, year)).map((track) => [track.placeId, track]));
  const ids = [...tracks.values()].map(({ id }) => id);
  const terms = ids.length === 0 ? [] : await listTerms(ctx.db, scope, ids);
  const standing = period ? await listPublications(ctx.db, scope, period.id, trackingRules.standard) : [];
  const published = new Set(standing.map(({ placeId }) => placeId));
  const planned = await findPlanYears(ctx.db, scope);
  const rows = counties.map(({ id, name, shortName }): OverviewRow => {
    const track = tracks.get(id);
    return {
      ...{ countyId: id, name, shortName, published: published.has(id), plannedYear: planned.get(id) ?? null },
      track:
        track === undefined
          ? null
          : {
              ...{ id: track.id, state: track.state, standing: standingOf(track.state, track.ledger) },
              returned: track.returned,
              ...{ since: track.since, dueOn: track.dueOn, daysLate: daysLate(track.dueOn, ctx.today) },
              ledger: track.ledger,
              terms: terms.filter(({ trackId }) => trackId === track.id).map(({ state, dueOn }) => ({ state, dueOn })),
            },
    };
  });
  return rows
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
}

/** The year that is asked for, or the one under way; an installation without a year means the one of the calendar. */
export async function yearMeant(ctx: TrackContext, year: SchoolYear | undefined): Promise<SchoolYear> {
  if (year !== undefined) return year;
  const period = await findDefaultPeriod(ctx.db, 'school-year', ctx.today);
  return period?.year ?? schoolYearOf(ctx.today);
}
