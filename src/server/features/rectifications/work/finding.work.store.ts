import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Asking, AwaitedRow, DeadlineRow, FigureRow, WorkRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import { addDays } from '#domain/kit/school-year.ts';
import { noticeKind, noticesKind } from '#domain/rectification/notice.ts';
import { waitingKinds } from '#domain/rectification/waiting.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { overdueOn, owing } from '../finding.store.ts';
import { ofDuty, turnsOf } from './finding.turn.store.ts';

export const findingWorkKinds = waitingKinds.map((kind) => `rectifications.${kind}`);
export const findingHandedKinds = ['rectifications.toCheck'];

/** Danger stands before the lines of every feature. */
const rankOf = (kind: (typeof waitingKinds)[number]) => (kind === 'urgent' ? -1 : waitingKinds.indexOf(kind));

const seesFindings = ({ actor }: Asking) => actor.level !== 'none' && holds(actor, 'rectification.read');

/**
 * The findings in reach. A school's own work is found by its number and by those of the schools merged into it, which the
 * lines themselves ask: the duty of a merged school is its host's.
 */
function reached({ meant }: Pick<Asking, 'meant'>): RawBuilder<SqlBool> {
  return sql`f.place_id = any(${[...meant.places]}::int[])`;
}

/** What waits for this person; each count equals that of the list which the line opens. */
export function findingWork(asking: Asking): Fragment<WorkRow> | undefined {
  const { actor, today, meant } = asking;
  const lines = seesFindings(asking) ? turnsOf(actor, today) : [];
  if (lines.length === 0) return undefined;
  const values = lines.map(
    ({ kind, applies, since }) =>
      sql`(${sql.lit(`rectifications.${kind}`)}, ${applies}, ${since}, ${sql.lit(rankOf(kind))})`,
  );
  const open = sql`(f.state not in ('closed', 'cancelled')
    or f.state = 'closed' and exists (
      select 1 from reproofs r where r.place_id = f.place_id and r.finding_id = f.id and r.result is null))`;
  const subject = meant.schools === null ? sql`null::text` : sql`case when count(*) = 1 then min(f.id::text) end`;
  return sql`
    select line.kind, count(*)::int as count, min(line.since) as oldest, ${subject} as subject, line.rank
      from findings f, lateral (values ${sql.join(values)}) line (kind, applies, since, rank)
     where ${reached(asking)} and ${open} and line.applies
     group by line.kind, line.rank`;
}

/** What the duty body has reported, and whoever opened it goes on with. */
export function findingHandedOver(asking: Asking): Fragment<WorkRow> | undefined {
  const { actor } = asking;
  if (!seesFindings(asking) || !holds(actor, 'rectification.plan')) return undefined;
  return sql`
    select 'rectifications.toCheck' as kind, count(*)::int as count, min(f.reported_on) as oldest, null::text as subject,
           0 as rank
      from findings f
     where ${reached(asking)} and f.state = 'done' and ${ofDuty(actor)}
    having count(*) > 0`;
}

/** How many days ahead a day of the ledger is told. */
const aheadDays = 30;

/** The next day of each unit in reach, and how many findings fall due by it. */
export function findingDeadlines(asking: Asking): Fragment<DeadlineRow> | undefined {
  const { actor, today } = asking;
  if (!seesFindings(asking)) return undefined;
  const own = actor.level === 'school' ? ofDuty(actor) : sql`true`;
  return sql`
    select 'rectifications.due' as kind, u.id as "unitId", u.short_name as name, next.date,
           next.outstanding::int as outstanding, null::text as basis, null::int as "schoolYear", u.sort_order as rank
      from (
        select f.place_id, f.due_on as date, count(*) as outstanding,
               row_number() over (partition by f.place_id order by f.due_on) as place
          from findings f
         where ${reached(asking)} and ${owing}
           and f.due_on between ${today}::date and ${addDays(today, aheadDays)}::date and ${own}
         group by f.place_id, f.due_on
      ) next
      join org_units u on u.id = next.place_id
     where next.place = 1`;
}

/** How far the ledger of the year is. Without a finding there is no figure, and never a zero. */
export function findingFigures(asking: Asking): Fragment<FigureRow> | undefined {
  const { actor, schoolYear, today } = asking;
  if (!seesFindings(asking) || schoolYear === null) return undefined;
  const own = actor.level === 'school' ? ofDuty(actor) : sql`true`;
  return sql`
    select line.kind, line.count::int as count, line.rank
      from (
        select count(*) as found, count(*) filter (where f.state = 'closed') as closed,
               count(*) filter (where ${overdueOn(today)}) as overdue
          from findings f
         where ${reached(asking)} and f.school_year = ${schoolYear} and f.state <> 'cancelled' and ${own}
      ) total, lateral (values
        ('rectifications.found', total.found, 0), ('rectifications.closed', total.closed, 1),
        ('rectifications.late', total.overdue, 2)
      ) line (kind, count, rank)
     where total.found > 0`;
}

/** A notice waits until the duty body has planned; one of several until it has planned for the first of them. */
export function awaitedFindings(asking: Asking): Fragment<AwaitedRow> | undefined {
  const { actor, scope } = asking;
  if (!seesFindings(asking) || scope.schools === null || actor.level !== 'school') return undefined;
  return sql`
    select told.kind, f.place_id as "placeId", 'finding' as "subjectType", f.id as "subjectId",
           null::timestamptz as "answeredAt"
      from findings f, (values (${noticeKind}::text), (${noticesKind}::text)) told (kind)
     where f.place_id = any(${[...scope.places]}::int[]) and f.state = 'noticed' and ${ofDuty(actor)}`;
}
