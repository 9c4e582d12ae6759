import { sql } from 'kysely';
import type { Feature } from '#core/access/feature.ts';
import type { Asking, DeadlineRow, FigureRow, WorkRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { addDays } from '#domain/kit/school-year.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { countedTies } from './fulfilment.store.ts';

/** How far ahead of its day an item is among the deadlines. */
const daysAhead = 60;

const yearOf = ({ today }: Asking) => Number(today.slice(0, 4));

/** The unit whose plans the person works with; undefined for whoever has no right to them, or no unit. */
function unitOf({ actor }: Asking, permission: Permission): number | undefined {
  const isOfUnit = actor.level === 'city' || actor.level === 'county';
  return isOfUnit && holds(actor, permission) ? (actor.unitId ?? undefined) : undefined;
}

/** The states of the county's plan into which a post takes up tasks: a draft is of whoever writes, an issued plan of whoever issues. */
const takenUpIn = (writes: number | undefined, issues: number | undefined): string[] => [
  ...(writes === undefined ? [] : ['draft']),
  ...(issues === undefined ? [] : ['issued']),
];

/** What the city issued and the county's plan has not taken up, and what is late and only a note can settle. */
export function planWork(asking: Asking): Fragment<WorkRow> | undefined {
  const [writes, issues, notes] = (['work-plan.write', 'work-plan.issue', 'work-plan.note'] as const).map(
    (permission) => unitOf(asking, permission),
  );
  const unit = writes ?? issues;
  const parts: Fragment<WorkRow>[] = [];
  if (unit !== undefined) {
    parts.push(sql`
      select 'work-plans.unplanned' as kind, count(*)::int as count, min(t.issued_on) as oldest, null::text as subject,
             0 as rank
        from work_item_parts t
        left join work_plans own on own.place_id = t.place_id and own.kind = 'county' and own.year = t.year
             and own.state <> 'cancelled'
        left join (
          select i.place_id, i.part_id from work_items i
            join work_plans p on p.place_id = i.place_id and p.id = i.plan_id and p.state <> 'cancelled'
           where i.place_id = ${unit} and i.part_id is not null and i.state <> 'withdrawn'
        ) taken on taken.place_id = t.place_id and taken.part_id = t.id
       where t.place_id = ${unit} and t.year = ${yearOf(asking)} and t.state = 'standing' and t.named
         and taken.part_id is null and coalesce(own.state, 'draft') = any(${takenUpIn(writes, issues)}::text[])
      having count(*) > 0`);
  }
  if (notes !== undefined) {
    parts.push(sql`
      select 'work-plans.overdue' as kind, count(*)::int as count, min(i.to_day) as oldest,
             case when count(distinct p.id) = 1 then min(p.id::text) end as subject, 1 as rank
        from work_items i
        join work_plans p on p.place_id = i.place_id and p.id = i.plan_id and p.state = 'issued'
        left join work_item_ties t on t.place_id = i.place_id and t.item_id = i.id
       where i.place_id = ${notes} and i.state = 'open' and i.to_day < ${asking.today}::date and t.id is null
      having count(*) > 0`);
  }
  return parts.length === 0 ? undefined : sql`${sql.join(parts, sql` union all `)}`;
}

/** The days of the next weeks on which items of the unit's own plans fall due. */
export function planDeadlines(asking: Asking): Fragment<DeadlineRow> | undefined {
  const unit = unitOf(asking, 'work-plan.read');
  if (unit === undefined || !asking.meant.places.includes(unit)) return undefined;
  return sql`
    select 'work-plans.item' as kind, null::int as "unitId", '工作计划' as name, i.to_day as date,
           count(*)::int as outstanding, null::text as basis, null::int as "schoolYear", 0 as rank
      from work_items i
      join work_plans p on p.place_id = i.place_id and p.id = i.plan_id and p.state = 'issued'
     where i.place_id = ${unit} and i.state = 'open'
       and i.to_day between ${asking.today}::date and ${addDays(asking.today, daysAhead)}::date
     group by i.to_day`;
}

/**
 * How many items of the unit's issued plans of the year stand, and how many are done: by a note, or by what the features
 * count of their ties.
 */
export function planFigures(features: () => readonly Feature[]) {
  return (asking: Asking): Fragment<FigureRow> | undefined => {
    const unit = unitOf(asking, 'work-plan.read');
    if (unit === undefined) return undefined;
    return sql`
      select line.kind, line.count::int as count, line.rank
        from (
          select count(*) as items,
                 count(*) filter (where case when item.tied then item.fulfilled else item.state = 'settled' end) as done
            from (${countedTies(features(), asking, unit, yearOf(asking))}) item
        ) total, lateral (values ('work-plans.items', total.items, 0), ('work-plans.done', total.done, 1))
          line (kind, count, rank)
       where total.items > 0`;
  };
}
