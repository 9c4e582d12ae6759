import { sql } from 'kysely';
import type { Asking, DeadlineRow, FigureRow, FulfilmentRow, TieRow, WorkRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import { confirmedStates, uncountedStates } from '#domain/evaluation/campaign/fulfilment.ts';
import { kindOf } from '#domain/evaluation/kind.ts';
import { evaluationKinds } from '#domain/evaluation/lists.ts';
import { addDays } from '#domain/kit/school-year.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { among } from '#platform/db/listing.ts';
import { hasEnded } from './list/campaign.list.store.ts';

/** Drafts that wait to be opened, open campaigns that are behind, and those whose evaluations have all ended. */
export const campaignWorkKinds = ['campaigns.late', 'campaigns.draft', 'campaigns.ended'] as const;

/** How far ahead of its day a step is among the deadlines. */
const daysAhead = 60;

/** The city whose campaigns the person organises; undefined for everybody else. */
function officeOf(
  { actor }: Pick<Asking, 'actor'>,
  permission: 'campaign.manage' | 'campaign.read',
): number | undefined {
  return actor.level === 'city' && holds(actor, permission) ? (actor.unitId ?? undefined) : undefined;
}

/** The open campaigns of the city that have late evaluations at the unit that the person looks at. */
const lateCampaigns = ({ meant, today }: Asking, unit: number) => sql`
  (select c.id, count(*) as late, min(e.due_on) as since
     from campaigns c
     join evaluation_standings e on e.campaign_id = c.id
    where c.place_id = ${unit} and c.state = 'open' and e.place_id = ${among(meant.places)} and e.due_on < ${today}::date
    group by c.id)`;

export function campaignWork(asking: Asking): Fragment<WorkRow> | undefined {
  const unit = officeOf(asking, 'campaign.manage');
  if (unit === undefined) return undefined;
  const { meant, scope } = asking;
  // The matrix of a campaign shows all its units, so a line that counts some of them leads to no campaign.
  const isNarrowed = meant.places.length !== scope.places.length;
  return sql`
    select 'campaigns.late' as kind, sum(o.late)::int as count, min(o.since) as oldest,
           case when count(*) = 1 and not ${isNarrowed}::boolean then min(o.id::text) end as subject, 0 as rank
      from ${lateCampaigns(asking, unit)} o having count(*) > 0
    union all
    select 'campaigns.draft', count(*)::int, min((c.created_at at time zone 'Asia/Shanghai')::date),
           case when count(*) = 1 then min(c.id::text) end, 1
      from campaigns c where c.place_id = ${unit} and c.state = 'draft' having count(*) > 0
    union all
    select 'campaigns.ended', count(*)::int, null::date, case when count(*) = 1 then min(c.id::text) end, 2
      from campaigns c where c.place_id = ${unit} and ${hasEnded(scope)} having count(*) > 0`;
}

/** The next day on which a step of each open campaign ends: later ones would hide what is due. */
export function campaignDeadlines(asking: Asking): Fragment<DeadlineRow> | undefined {
  const unit = officeOf(asking, 'campaign.read');
  if (unit === undefined || !asking.meant.places.includes(unit)) return undefined;
  const titles = evaluationKinds.flatMap((kind) =>
    kindOf(kind).steps.map(({ step, title }) => ({ kind, step, title })),
  );
  return sql`
    select distinct on (c.id)
           'campaigns.step' as kind, null::int as "unitId", c.title || '：' || t.title as name, d.to_day as date,
           1 as outstanding, null::text as basis, null::int as "schoolYear", 0 as rank
      from campaigns c
      join campaign_steps d on d.place_id = c.place_id and d.campaign_id = c.id
      join jsonb_to_recordset(${JSON.stringify(titles)}::jsonb) as t(kind text, step text, title text)
        on t.kind = c.kind and t.step = d.step
     where c.place_id = ${unit} and c.state = 'open'
       and d.to_day between ${asking.today}::date and ${addDays(asking.today, daysAhead)}::date
     order by c.id, d.to_day`;
}

/** How many campaigns run, and how many evaluations of them have a confirmed result. */
export function campaignFigures(asking: Asking): Fragment<FigureRow> | undefined {
  const unit = officeOf(asking, 'campaign.read');
  if (unit === undefined) return undefined;
  return sql`
    select line.kind, line.count::int as count, line.rank
      from (
        select (select count(*) from campaigns c where c.place_id = ${unit} and c.state = 'open') as running,
               (select count(*) from evaluation_standings e
                 where e.place_id = ${among(asking.meant.places)} and e.decision_year = ${Number(asking.today.slice(0, 4))}
                   and e.step = any(${[...confirmedStates]}::text[])) as confirmed
      ) total, lateral (values ('campaigns.open', total.running, 0), ('campaigns.confirmed', total.confirmed, 1))
        line (kind, count, rank)
     where total.running + total.confirmed > 0`;
}

/** The evaluations of a kind in the year of their decision at a unit: how many there are, and how many are confirmed. */
export function campaignFulfilment({ actor }: Asking, ties: Fragment<TieRow>): Fragment<FulfilmentRow> | undefined {
  if (actor.level === 'none' || !holds(actor, 'evaluation.read')) return undefined;
  return sql`
    select t.tie, t.unit as "unitId",
           count(*) filter (where e.step = any(${[...confirmedStates]}::text[])) as done, count(*) as total,
           max(e.decided_on) filter (where e.step = any(${[...confirmedStates]}::text[])) as "lastDay"
      from ${ties} t
      join periods p on p.id = t.period
      join evaluation_standings e
        on e.place_id = t.unit and t.kind = 'campaigns.' || e.kind and e.step <> all(${[...uncountedStates]}::text[])
       and e.decision_year in (p.year, p.year + case p.kind when 'school-year' then 1 else 0 end)
     group by t.tie, t.unit`;
}
