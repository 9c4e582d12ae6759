import { sql } from 'kysely';
import type { StepRow } from '#core/access/work.ts';
import { choosesCity } from '#domain/access/permissions.ts';
import type { Fragment } from '#platform/db/fragment.ts';

/** The steps of a new installation that make the register, in their order. */
export const directoryStepKinds = ['directory.city', 'directory.schools'] as const;

/** The units of the city and the schools, as counts. */
export function directorySteps(): Fragment<StepRow> {
  return sql`
    select * from (values
      ('directory.city', (select count(*) from org_units where kind = 'county' and active)::int, 0, 1,
        array[${choosesCity}]::text[], false, 20),
      ('directory.schools', (select count(*) from schools)::int, 0, 1, '{directory.manage}', false, 50)
    ) step (kind, count, proposed, needed, doers, last, rank)`;
}
