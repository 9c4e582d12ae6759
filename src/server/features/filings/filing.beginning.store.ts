import { sql } from 'kysely';
import type { StepRow } from '#core/access/work.ts';
import type { Fragment } from '#platform/db/fragment.ts';

export const filingStepKinds = ['filings.period'] as const;

/** The first year: with it the installation has begun. */
export function filingSteps(): Fragment<StepRow> {
  return sql`
    select * from (values ('filings.period', (select count(*) from collections where state <> 'cancelled')::int, 0, 1,
      '{period.manage}'::text[], true, 70))
      step (kind, count, proposed, needed, doers, last, rank)`;
}
