import { sql } from 'kysely';
import type { Asking, FulfilmentRow, TieRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import type { Fragment } from '#platform/db/fragment.ts';

/**
 * The yearly records of a school year: a county has done its part when the city has accepted every filing that the
 * county reviews. A county of which nothing is asked has no row.
 */
export function filingFulfilment({ actor }: Asking, ties: Fragment<TieRow>): Fragment<FulfilmentRow> | undefined {
  if (actor.level === 'none' || !holds(actor, 'filing.read')) return undefined;
  return sql`
    select t.tie, t.unit as "unitId", bool_and(f.state = 'accepted')::int as done, 1 as total,
           (case when bool_and(f.state = 'accepted') then max(f.accepted_at) end at time zone 'Asia/Shanghai')::date
             as "lastDay"
      from ${ties} t
      join collections c on c.period_id = t.period and c.key = 'resources' and c.state <> 'cancelled'
      join filings f on f.place_id = t.unit and f.collection_id = c.id and f.owes and f.managed_by = 'county'
     where t.kind = ${'filings.collection'}
     group by t.tie, t.unit`;
}
