import { sql } from 'kysely';
import type { Asking, WorkRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import type { Fragment } from '#platform/db/fragment.ts';

export const jobWorkKinds = ['jobs.failed'] as const;

/** A failed job stays until somebody decides about it. */
export function jobWork({ actor }: Asking): Fragment<WorkRow> | undefined {
  if (!holds(actor, 'setting.manage')) return undefined;
  return sql`
    select 'jobs.failed' as kind, count(*)::int as count, min(failed_at at time zone 'Asia/Shanghai')::date as oldest,
           null::text as subject, 0 as rank
      from jobs where state = 'failed' having count(*) > 0`;
}
