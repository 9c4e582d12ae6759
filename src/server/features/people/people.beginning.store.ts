import { sql } from 'kysely';
import type { StepRow } from '#core/access/work.ts';
import { settingUp } from '#domain/access/permissions.ts';
import type { Fragment } from '#platform/db/fragment.ts';

/** The steps of a new installation that are made of accounts and posts, in their order. */
export const peopleStepKinds = ['people.administrators', 'people.cityOfficer', 'people.schoolPosts'] as const;

/** How far they have come: counts of posts and never names, because the three administrators see no business. */
export function peopleSteps(): Fragment<StepRow> {
  const posts = sql`from grants g join roles r on r.key = g.role_key where g.revoked_at is null`;
  return sql`
    select * from (values
      ('people.administrators', (select count(distinct r.key) ${posts} and r.separated)::int, 3,
        '{people.manage}'::text[], false, 10),
      ('people.cityOfficer', (select count(*) ${posts} and not r.separated and r.permissions && ${[...settingUp]}::text[])::int, 1,
        '{people.manage,role.grant}', false, 30),
      ('people.schoolPosts', (select count(*) ${posts} and r.reach = 'school')::int, 1,
        '{people.manage,role.grant}', false, 60)
    ) step (kind, count, needed, doers, last, rank)`;
}
