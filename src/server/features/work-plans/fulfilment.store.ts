import { sql } from 'kysely';
import type { Feature } from '#core/access/feature.ts';
import { partsOf, united } from '#core/access/parts.store.ts';
import type { Asking, FulfilmentRow, TieRow } from '#core/access/work.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import type { WorkPlanHandle } from './work-plan.store.ts';

/** Under this name the parts of the features find the ties that are asked about. */
const asked: Fragment<TieRow> = sql`asked_ties`;

/**
 * The parts of all features that count what ties are about, joined; undefined where the person sees none of it. `hidden`
 * are the kinds of work that this person may not see.
 */
function joined(features: readonly Feature[], asking: Asking) {
  const hidden = new Set<string>();
  const parts = partsOf(
    features,
    ({ fulfils }) => {
      const part = fulfils?.of(asking, asked);
      if (part === undefined) for (const kind of Object.keys(fulfils?.kinds ?? {})) hidden.add(kind);
      return part;
    },
    sql`tie::uuid as tie, "unitId"::int as "unitId", done::int as done, total::int as total, "lastDay"::date as "lastDay"`,
  );
  return { hidden, rows: parts.length === 0 ? undefined : united(parts) };
}

/** How far the work of these ties is, in one statement however many features count. */
export async function listFulfilments(
  db: WorkPlanHandle,
  features: readonly Feature[],
  asking: Asking,
  ties: readonly TieRow[],
): Promise<{ readonly rows: FulfilmentRow[]; readonly hidden: ReadonlySet<string> }> {
  const { hidden, rows } = joined(features, asking);
  if (rows === undefined || ties.length === 0) return { hidden, rows: [] };
  const found = await sql<FulfilmentRow>`
    with asked_ties as (
      select t.tie, t.kind, t.unit, t.period
        from jsonb_to_recordset(${JSON.stringify(ties)}::jsonb) as t(tie uuid, kind text, unit int, period int)
    )
    select tie, "unitId", done, total, "lastDay" from ${rows} counted`.execute(db);
  return { hidden, rows: found.rows };
}

/**
 * The items that stand in the issued plans of a unit and year, as part of a larger statement: whether anything counts
 * them, and whether all of it is done. A tie whose work the person may not see leaves its item undone.
 */
export function countedTies(
  features: readonly Feature[],
  asking: Asking,
  unit: number,
  year: number,
): Fragment<{ state: string; tied: boolean; fulfilled: boolean }> {
  const { rows } = joined(features, asking);
  const counted =
    rows ?? sql`select null::uuid as tie, null::int as "unitId", null::int as done, null::int as total where false`;
  return sql`
    with standing as (
      select i.id, i.state, i.county_reach, p.place_id
        from work_items i
        join work_plans p on p.place_id = i.place_id and p.id = i.plan_id and p.state = 'issued' and p.year = ${year}
       where i.place_id = ${unit} and i.state <> 'withdrawn'
    ), counties as (
      select c.id from org_units c where c.kind = 'county' and c.id = any(${[...asking.scope.places]}::int[]) and c.active
    ), named as (
      select distinct w.item_id, w.unit_id from work_item_units w
       where w.place_id = ${unit} and w.part = 'named' and w.unit_id in (select id from counties)
    ), asked_ties as (
      select t.id as tie, t.kind, c.id as unit, t.period_id as period
        from work_item_ties t
        join standing s on s.id = t.item_id
        join counties c on true
        left join named own on own.item_id = t.item_id and own.unit_id = c.id
        left join (select distinct item_id from named) narrowing on narrowing.item_id = t.item_id
       where t.place_id = ${unit} and (own.unit_id is not null or narrowing.item_id is null or s.county_reach = 'all')
    ), counted as (
      select tie, sum(done) as done, sum(total) as total from (${counted}) part group by tie
    )
    select s.state, count(t.id) > 0 as tied, coalesce(bool_and(n.total > 0 and n.done >= n.total), false) as fulfilled
      from standing s
      left join work_item_ties t on t.place_id = s.place_id and t.item_id = s.id
      left join counted n on n.tie = t.id
     group by s.id, s.state`;
}
