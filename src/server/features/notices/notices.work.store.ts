import { sql } from 'kysely';
import type { Asking, WorkRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import { watchesJobs } from '#domain/access/permissions.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import type { Fragment } from '#platform/db/fragment.ts';

export const noticeWorkKinds = ['notices.failed'] as const;

/** For so many days a failed mail is told; after that it stands in the list alone. */
const toldDays = 7;

/** Mails that failed on a real day, also where a sample stands on another day. */
export function noticeWork({ actor, now, today }: Asking): Fragment<WorkRow> | undefined {
  if (!holds(actor, watchesJobs)) return undefined;
  const since = new Date(now.getTime() - toldDays * 86_400_000);
  return sql`
    select 'notices.failed' as kind, f.failed::int as count,
           ${today}::date - (${dayInChina(now)}::date - (f.first_made at time zone 'Asia/Shanghai')::date) as oldest,
           null::text as subject, 1 as rank
      from (select (failed_deliveries(${since})).*) as f where f.failed > 0`;
}
