import { sql } from 'kysely';
import type { StepRow } from '#core/access/work.ts';
import { settingUp } from '#domain/access/permissions.ts';
import type { Fragment } from '#platform/db/fragment.ts';

/** The steps of a new installation that are made of accounts and posts, in their order. */
export const peopleStepKinds = ['people.administrators', 'people.cityOfficer', 'people.schoolPosts'] as const;

/**
 * How far they have come: counts of posts and never names, because the three administrators see no business. A list of
 * people mixes schools with counties, so every proposed post counts to the last step that does not set the city up.
 */
export function peopleSteps(): Fragment<StepRow> {
  const posts = sql`from grants g join roles r on r.key = g.role_key where g.revoked_at is null`;
  const proposed = sql`
    from post_set_lines l join post_sets t on t.id = l.set_id and t.state = 'waiting' join roles r on r.key = l.role_key
   where not r.separated`;
  const setsUp = sql`r.permissions && ${[...settingUp]}::text[]`;
  return sql`
    select * from (values
      ('people.administrators', (select count(distinct r.key) ${posts} and r.separated)::int, 0, 3,
        '{people.manage}'::text[], false, 10),
      ('people.cityOfficer', (select count(*) ${posts} and not r.separated and ${setsUp})::int,
        (select count(*) ${proposed} and ${setsUp})::int, 1, '{people.manage,role.grant}', false, 30),
      ('people.schoolPosts', (select count(*) ${posts} and r.reach = 'school')::int,
        (select count(*) ${proposed} and not (${setsUp}))::int, 1, '{people.manage,role.grant}', false, 60)
    ) step (kind, count, proposed, needed, doers, last, rank)`;
}
