import { type RawBuilder, sql } from 'kysely';
import type {
  Asking,
  DeadlineRow,
  FigureRow,
  FulfilmentRow,
  TieRow,
  UnfinishedRow,
  WorkRow,
  YearToArchive,
} from '#core/access/work.ts';
import { unsignedBy } from '#core/workflow/own-hand.store.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { trackSigning } from '#domain/balance-tracking/flow.ts';
import { addDays } from '#domain/kit/school-year.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { isReturned, withShownRun, withStanding } from './published.store.ts';

/** Lines of work of the tracking of balance, each a state in which somebody of this post goes on. */
export const trackWorkKinds = [
  'balance-tracking.figures',
  'balance-tracking.request',
  'balance-tracking.review',
  'balance-tracking.list',
  'balance-tracking.confirm',
  'balance-tracking.close',
  'balance-tracking.revise',
  'balance-tracking.report',
  'balance-tracking.submit',
] as const;

const seesTracks = ({ actor }: Asking): boolean =>
  (actor.level === 'city' || actor.level === 'county') && holds(actor, 'tracking.read');

/** Whether a report that waits for its submission rests on figures that are no longer those of now: see `isOutdated`. */
const isOvertaken = sql`coalesce(
  report.prepared_at is not null and report.decision is null and (
    report.run_id is not null and report.run_id is distinct from shown.run_id
    or report.publication_id is distinct from publication.id
  ), false)`;

/** Tracks of the scope that are under way, with the report and the ledger that decide whose turn it is. */
const openTracks = ({ meant }: Asking) => {
  const places = sql`any(${[...meant.places]}::int[])`;
  return sql`
    select t.id, t.place_id, t.state, t.since,
           coalesce(report.prepared_at is not null and report.decision is null, false) as prepared, ${isReturned} as returned,
           ${isOvertaken} as outdated, coalesce(ledger.open, 0) as open
      from balance_tracks t
      left join (
        select distinct on (r.place_id, r.track_id) r.place_id, r.track_id, r.prepared_at, r.decision, r.run_id,
               r.publication_id
          from balance_track_reports r where r.place_id = ${places}
         order by r.place_id, r.track_id, r.round desc
      ) report on report.place_id = t.place_id and report.track_id = t.id
      ${withShownRun}
      left join province_publications publication
        on publication.place_id = t.place_id and publication.period_id = t.period_id
       and publication.standard_key = t.standard_key and publication.replaced_at is null
      left join (
        select i.place_id, i.track_id, count(*) filter (where f.state is null or f.state not in ('closed', 'cancelled')) as open
          from balance_track_issues i
          ${withStanding}
         where i.place_id = ${places}
         group by i.place_id, i.track_id
      ) ledger on ledger.place_id = t.place_id and ledger.track_id = t.id
     where t.place_id = ${places} and t.state not in ('closed', 'cancelled')`;
};

/** None of the person's hands has signed the track `t`: whoever prepared a report does not submit it. */
const notByOwnHand = (actor: Pick<Actor, 'userId' | 'principal'>) =>
  unsignedBy(actor, { type: 'balance-track', place: sql`t.place_id`, id: sql`t.id` }, trackSigning);

/** What waits for this post. */
export function trackWork(asking: Asking): Fragment<WorkRow> | undefined {
  const { actor } = asking;
  if (!seesTracks(asking)) return undefined;
  const [city, county] = [actor.level === 'city', actor.level === 'county'];
  const lines: RawBuilder<unknown>[] = [];
  const add = (mine: boolean, permission: Permission, kind: string, applies: RawBuilder<unknown>) => {
    if (mine && holds(actor, permission)) {
      lines.push(sql`(${sql.lit(`balance-tracking.${kind}`)}, ${applies}, ${lines.length}::int)`);
    }
  };
  add(city, 'tracking.manage', 'figures', sql`t.state = 'opened'`);
  add(city, 'tracking.manage', 'request', sql`t.state = 'data-received'`);
  add(city, 'tracking.review', 'review', sql`t.state = 'submitted' and ${notByOwnHand(actor)}`);
  add(city, 'tracking.manage', 'list', sql`t.state = 'city-reviewed'`);
  add(city, 'tracking.review', 'confirm', sql`t.state = 'issues-listed' and t.open = 0`);
  add(city, 'tracking.manage', 'close', sql`t.state = 'rectified-confirmed'`);
  add(county, 'tracking.prepare', 'revise', sql`t.returned`);
  // A report whose figures changed since it was passed on is not submitted: whoever wrote it takes it back.
  const writes = sql`t.state = 'self-report-due' and (not t.prepared or t.outdated) and not t.returned`;
  const submits = sql`t.state = 'self-report-due' and t.prepared and not t.outdated and ${notByOwnHand(actor)}`;
  add(county, 'tracking.prepare', 'report', writes);
  add(county, 'tracking.submit', 'submit', submits);
  if (lines.length === 0) return undefined;
  return sql`
    select line.kind, count(*)::int as count, min(t.since) as oldest,
           case when count(*) = 1 then min(t.id::text) end as subject, line.rank
      from (${openTracks(asking)}) t, lateral (values ${sql.join(lines)}) line (kind, applies, rank)
     where line.applies
     group by line.kind, line.rank`;
}

/** How many days ahead a day of the year is told. */
const aheadDays = 60;

/** The day by which each county is to leave its present state, and the year for which 优质均衡 is planned. */
export function trackDeadlines(asking: Asking): Fragment<DeadlineRow> | undefined {
  if (!seesTracks(asking)) return undefined;
  const { meant, today } = asking;
  const places = sql`any(${[...meant.places]}::int[])`;
  const until = addDays(today, aheadDays);
  return sql`
    select 'balance-tracking.due' as kind, u.id as "unitId", u.short_name as name, term.due_on as date, 1 as outstanding,
           null::text as basis, t.school_year as "schoolYear", u.sort_order as rank
      from balance_tracks t
      join balance_track_terms term on term.place_id = t.place_id and term.track_id = t.id and term.state = t.state
      join org_units u on u.id = t.place_id
     where t.place_id = ${places} and term.due_on between ${today}::date and ${until}::date
    union all
    select 'balance-tracking.planned', u.id, u.short_name, make_date(p.planned_year, 12, 31), 1, p.document_number,
           null, u.sort_order
      from balance_plan_years p
      join org_units u on u.id = p.place_id
     where p.place_id = ${places} and p.replaced_at is null
       and make_date(p.planned_year, 12, 31) between ${today}::date and ${until}::date`;
}

/** How far the year is: counties that are tracked, and those that are done. */
export function trackFigures(asking: Asking): Fragment<FigureRow> | undefined {
  const { meant, schoolYear } = asking;
  if (!seesTracks(asking) || schoolYear === null) return undefined;
  return sql`
    select line.kind, line.count::int as count, line.rank
      from (
        select count(*) as tracked, count(*) filter (where t.state = 'closed') as closed
          from balance_tracks t
         where t.place_id = any(${[...meant.places]}::int[]) and t.school_year = ${schoolYear} and t.state <> 'cancelled'
      ) total, lateral (values
        ('balance-tracking.tracked', total.tracked, 0), ('balance-tracking.closed', total.closed, 1)
      ) line (kind, count, rank)
     where total.tracked > 0`;
}

/**
 * The tracks of a school year that are not ended, and the counties of the register's day that have none: whoever archives
 * the year is to see whether the tracking was done or never begun.
 */
export function unfinishedTracks({ places, periodId }: YearToArchive): Fragment<UnfinishedRow> {
  return sql`
    select line.kind, count(*) as count, line.kind = 'balance-tracking.open' as bars,
           array_agg(county.name order by county.sort_order, county.id) as names
      from (
        select u.id, u.short_name as name, u.sort_order, track.state
          from periods p
          join org_units u on u.kind = 'county' and u.id = any(${[...places]}::int[])
           and (u.closed_on is null or u.closed_on > coalesce(p.frozen_on, p.starts_on))
          left join balance_tracks track
            on track.place_id = u.id and track.period_id = p.id and track.state <> 'cancelled'
         where p.id = ${periodId}
      ) county, lateral (values
        ('balance-tracking.open', county.state <> 'closed'), ('balance-tracking.missing', county.state is null)
      ) line (kind, applies)
     where line.applies
     group by line.kind`;
}

/**
 * The year of a county is done when it is closed. Every county of the register's day owes its year, whether it was opened or
 * not: five counties that are done are not the whole city.
 */
export function trackFulfilment({ actor }: Asking, ties: Fragment<TieRow>): Fragment<FulfilmentRow> | undefined {
  if (actor.level === 'none' || !holds(actor, 'tracking.read')) return undefined;
  return sql`
    select t.tie, t.unit as "unitId", coalesce(track.state = 'closed', false)::int as done, 1 as total,
           case when track.state = 'closed' then track.since end as "lastDay"
      from ${ties} t
      join periods p on p.id = t.period
      join org_units u on u.id = t.unit and u.kind = 'county'
       and (u.closed_on is null or u.closed_on > coalesce(p.frozen_on, p.starts_on))
      left join balance_tracks track
        on track.place_id = t.unit and track.period_id = t.period and track.state <> 'cancelled'
     where t.kind = ${'balance-tracking.year'}`;
}
