import { sql } from 'kysely';
import type { Asking, FulfilmentRow, TieRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import type { Fragment } from '#platform/db/fragment.ts';

/** The findings of a school year at a unit: how many there are, and how many of them are closed (销号). */
export function findingFulfilment({ actor }: Asking, ties: Fragment<TieRow>): Fragment<FulfilmentRow> | undefined {
  if (actor.level === 'none' || !holds(actor, 'rectification.read')) return undefined;
  return sql`
    select t.tie, t.unit as "unitId", count(*) filter (where f.state = 'closed') as done, count(*) as total,
           max(f.closed_on) as "lastDay"
      from ${ties} t
      join periods p on p.id = t.period and p.kind = 'school-year'
      join findings f on f.place_id = t.unit and f.school_year = p.year and f.state <> 'cancelled'
     where t.kind = ${'rectifications.ledger'}
     group by t.tie, t.unit`;
}
