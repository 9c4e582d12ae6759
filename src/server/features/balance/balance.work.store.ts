import { sql } from 'kysely';
import type { Asking, FigureRow, UnfinishedRow, YearToArchive } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { jobsFor } from '#platform/jobs/queue.store.ts';
import { recomputeBalance } from './balance.jobs.ts';

/**
 * The number of county-level units with a verdict for the year, of those whose verdict is provisional, and of those
 * that cannot be computed by some standard. A unit without a run is one of the last.
 */
export function balanceFigures({ actor, scope, schoolYear }: Asking): Fragment<FigureRow> | undefined {
  if (actor.level === 'school' || !holds(actor, 'balance.read') || schoolYear === null) return undefined;
  return sql`
    select line.kind, line.count::int as count, line.rank
      from (
        select count(*) filter (where unit.computed and unit.settled) as available,
               count(*) filter (where unit.computed and not unit.settled) as provisional,
               count(*) filter (where not unit.computed) as unavailable
          from (
            select coalesce(bool_and(b.verdict <> 'unavailable'), false) as computed,
                   coalesce(bool_and(b.verdict in ('pass', 'fail')), false) as settled
              from org_units u
              join periods p on p.kind = 'school-year' and p.year = ${schoolYear}
              left join balance_standings b on b.county_id = u.id and b.period_id = p.id
             where u.id = any(${[...scope.places]}::int[]) and u.kind = 'county'
               and (u.closed_on is null or u.closed_on > coalesce(p.frozen_on, p.starts_on))
             group by u.id
          ) unit
      ) total, lateral (values
        ('balance.available', total.available, 0),
        ('balance.provisional', total.provisional, 1),
        ('balance.unavailable', total.unavailable, 2)
      ) line (kind, count, rank)`;
}

/**
 * The counties whose balance of the year is still to be computed anew, also where the computation failed and waits for an
 * operator: an archived year keeps the runs that it has, so these must come first.
 */
export function unfinishedRuns({ periodId }: YearToArchive): Fragment<UnfinishedRow> {
  return sql`
    select 'balance.recomputing' as kind, count(distinct asked.data ->> 'countyId') as count, true as bars,
           '{}'::text[] as names
      from (${jobsFor([recomputeBalance], { periodId })}) asked`;
}
