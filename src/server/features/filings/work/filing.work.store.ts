import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Asking, AwaitedRow, DeadlineRow, FigureRow, WorkRow, YearRow } from '#core/access/work.ts';
import { holds, type Scope } from '#domain/access/actor.ts';
import { reminder } from '#domain/filing/reminder.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import {
  dayOf,
  type FilingLineKind,
  filingHandedKinds,
  filingWorkKinds,
  type Line,
  linesOf,
  saidBeside,
} from './filing.lines.store.ts';

/** Everybody with a place does; a token only when it was given this part of its owner's permissions. */
function seesFilings({ actor }: Asking): boolean {
  return actor.level !== 'none' && holds(actor, 'filing.read');
}

/** The filings that are owed in the year, in reach: a condition beside the row policy. */
function owed({ schoolYear }: Asking, reach: Scope): RawBuilder<SqlBool> {
  return sql`f.collection_id = (select c.id from collection_standings c where c.year = ${schoolYear})
    and f.county_id = any(${[...reach.places]}::int[])
    and (${reach.schools === null} or f.school_id = any(${[...(reach.schools ?? [])]}::int[]))`;
}

/** Those of them on which somebody can still act: a year that was archived is read only. */
function workable(asking: Asking, reach: Scope): RawBuilder<SqlBool> {
  return sql`${owed(asking, reach)} and (
    select c.archived_on is null from collection_standings c where c.year = ${asking.schoolYear})`;
}

const rankOf = (kind: FilingLineKind) => [...filingWorkKinds, ...filingHandedKinds].indexOf(kind);

/** The work that waits for this person. Each count equals that of the list that the line opens. */
export function filingWork(asking: Asking): Fragment<WorkRow> | undefined {
  const { actor, schoolYear } = asking;
  if (!seesFilings(asking) || schoolYear === null) return undefined;
  const parts = counted(asking, linesOf(actor, asking.today).work);
  if (actor.level === 'city' && holds(actor, 'filing.accept')) parts.push(readyUnits(asking));
  return parts.length === 0 ? undefined : sql`${sql.join(parts, sql` union all `)}`;
}

/** What this person has done and somebody else goes on with. */
export function filingHandedOver(asking: Asking): Fragment<WorkRow> | undefined {
  if (!seesFilings(asking) || asking.schoolYear === null) return undefined;
  return counted(asking, linesOf(asking.actor, asking.today).handed)[0];
}

/** One statement over these lines; none where there are no lines. */
function counted(asking: Asking, lines: readonly Line[]): RawBuilder<WorkRow>[] {
  if (lines.length === 0) return [];
  const { actor, meant } = asking;
  const values = lines.map(
    ({ kind, applies, since }) => sql`(${sql.lit(kind)}, ${applies}, ${since}, ${sql.lit(rankOf(kind))})`,
  );
  // Who reaches single schools opens the one filing; who reaches places opens the list.
  const subject =
    meant.schools === null ? sql`null::text` : sql`case when count(*) = 1 then min(f.filing_id::text) end`;
  return [
    sql`
    select line.kind, count(*)::int as count, min(line.since) as oldest, ${subject} as subject, line.rank
      from filing_standings f ${saidBeside(actor, meant.places)},
           lateral (values ${sql.join(values)}) line (kind, applies, since, rank)
     where ${workable(asking, meant)} and line.applies
     group by line.kind, line.rank`,
  ];
}

/** Counties of which every school is approved and some are not accepted yet. */
function readyUnits(asking: Asking): RawBuilder<WorkRow> {
  return sql`
    select 'filings.accept', count(*)::int, min(ready.since), null::text, ${sql.lit(rankOf('filings.accept'))}
      from (
        select min(${dayOf('f.approved_at')}) filter (where f.state = 'approved') as since
          from filing_standings f
         where ${workable(asking, asking.meant)}
         group by f.county_id
        having bool_or(f.state = 'approved' and f.managed_by = 'county')
           and not bool_or(f.state in ('draft', 'submitted') and f.managed_by = 'county')
      ) ready
    having count(*) > 0`;
}

/** The deadlines of an open year: for a school its own day, for officers each unit with missing schools. */
export function filingDeadlines(asking: Asking): Fragment<DeadlineRow> | undefined {
  if (!seesFilings(asking) || asking.schoolYear === null) return undefined;
  // What was sent back to a school is not bound by the day of the first submission.
  const lines =
    asking.actor.level === 'school'
      ? sql`('filings.filing', unit.due, unit.drafts - unit.returned, 0)`
      : sql`('filings.filing', unit.deadline, unit.drafts, 0),
            ('filings.acceptance', unit.city_deadline, unit.unaccepted, 1)`;
  return sql`
    select line.kind, unit.id as "unitId", unit.name, line.date, line.outstanding::int as outstanding,
           null::text as basis, ${asking.schoolYear}::int as "schoolYear", unit.sort_order * 2 + line.rank as rank
      from (
        select u.id, u.short_name as name, u.sort_order, c.deadline, c.city_deadline, min(f.due) as due,
               count(*) filter (where f.state = 'draft') as drafts,
               count(*) filter (where f.returned) as returned,
               count(*) filter (where f.state <> 'accepted') as unaccepted
          from filing_standings f
          join collection_standings c on c.id = f.collection_id and c.state = 'open'
          join org_units u on u.id = f.county_id
         where ${owed(asking, asking.meant)}
         group by u.id, c.id, c.deadline, c.city_deadline
      ) unit, lateral (values ${lines}) line (kind, date, outstanding, rank)
     where line.outstanding > 0 and line.date is not null`;
}

/** How far the filings of the year are, and how many of them the city reviews. */
export function filingFigures(asking: Asking): Fragment<FigureRow> | undefined {
  if (!seesFilings(asking) || asking.schoolYear === null) return undefined;
  return sql`
    select line.kind, line.count::int as count, line.rank
      from (
        select count(*) as owed, count(*) filter (where f.state <> 'draft') as submitted,
               count(*) filter (where f.state in ('approved', 'accepted')) as approved,
               count(*) filter (where f.state = 'accepted') as accepted,
               count(*) filter (where f.managed_by = 'city') as city_managed
          from filing_standings f
         where ${owed(asking, asking.meant)}
      ) total, lateral (values
        ('filings.owed', total.owed, 0), ('filings.submitted', total.submitted, 1),
        ('filings.approved', total.approved, 2), ('filings.accepted', total.accepted, 3),
        ('filings.cityManaged', total.city_managed, 4)
      ) line (kind, count, rank)
     where total.owed > 0`;
}

/** The school years whose record was opened. */
export function filingYears(asking: Asking): Fragment<YearRow> | undefined {
  if (!seesFilings(asking)) return undefined;
  return sql`
    select 'school-year' as kind, c.year, c.state, c.opens_on as begins, c.passed_over as "passedOver",
           c.archived_on as "archivedOn"
      from collection_standings c`;
}

/** A 催报 waits until the filing is submitted; what is sent back afterwards has been answered. */
export function awaitedFilings(asking: Asking): Fragment<AwaitedRow> | undefined {
  if (!seesFilings(asking) || asking.schoolYear === null || asking.scope.schools === null) return undefined;
  return sql`
    select ${reminder}::text as kind, f.county_id as "placeId", 'filing' as "subjectType", f.filing_id as "subjectId",
           f.submitted_at as "answeredAt"
      from filing_standings f
      join collection_standings c on c.id = f.collection_id and c.state = 'open'
     where ${owed(asking, asking.scope)} and f.state = 'draft'`;
}
