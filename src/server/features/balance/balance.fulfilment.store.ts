import { sql } from 'kysely';
import type { Asking, FulfilmentRow, TieRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import type { Fragment } from '#platform/db/fragment.ts';

/**
 * The balance of a school year: a county has done its part when every standard that was computed for it has a verdict that
 * is not provisional. A county without a run has still to do it.
 */
export function balanceFulfilment({ actor }: Asking, ties: Fragment<TieRow>): Fragment<FulfilmentRow> | undefined {
  if (actor.level === 'none' || !holds(actor, 'balance.read')) return undefined;
  return sql`
    select t.tie, t.unit as "unitId", coalesce(bool_and(b.verdict in ('pass', 'fail')), false)::int as done, 1 as total,
           (case when bool_and(b.verdict in ('pass', 'fail')) then max(b.run_at) end at time zone 'Asia/Shanghai')::date
             as "lastDay"
      from ${ties} t
      left join balance_runs b on b.county_id = t.unit and b.period_id = t.period and b.current
     where t.kind = ${'balance.run'}
     group by t.tie, t.unit`;
}
