import { sql } from 'kysely';
import type { Asking, WorkRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import { watchesJobs } from '#domain/access/permissions.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import type { Fragment } from '#platform/db/fragment.ts';

export const jobWorkKinds = ['jobs.failed'] as const;

/**
 * A failed job stays until somebody decides about it. It fails on a real day and waits for real days, also where a
 * sample stands on another day: so many days before `today` is its day.
 */
export function jobWork({ actor, now, today }: Asking): Fragment<WorkRow> | undefined {
  if (!holds(actor, watchesJobs)) return undefined;
  const failedDay = sql`min(failed_at at time zone 'Asia/Shanghai')::date`;
  return sql`
    select 'jobs.failed' as kind, count(*)::int as count,
           ${today}::date - (${dayInChina(now)}::date - ${failedDay}) as oldest, null::text as subject, 0 as rank
      from jobs where state = 'failed' having count(*) > 0`;
}
