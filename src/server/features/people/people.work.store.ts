import { type RawBuilder, sql } from 'kysely';
import type { Asking, WorkRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import { lockout } from '#domain/access/lockout.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { withLapsedSection, withMobileAsked, withoutRole } from './people.store.ts';

/** Every kind of work that accounts and roles make, in the order in which it is shown. */
export const peopleWorkKinds = [
  'people.locked',
  'people.guessed',
  'people.postSets',
  'people.requests',
  'people.roleChanges',
  'people.withoutRole',
  'people.sectionLapsed',
  'people.mobiles',
] as const;

/** The work that waits for the three administrators, who see no business. */
export function peopleWork({ actor, now }: Asking): Fragment<WorkRow> | undefined {
  const lines: RawBuilder<unknown>[] = [];
  if (holds(actor, 'people.manage')) {
    // An account is locked for each address from which it was tried.
    lines.push(sql`('people.locked', 0, (
      select count(distinct p.id) from sign_in_failures f join people p on p.username = f.account or p.mobile = f.account
       where f.address <> '' and f.locked_until > ${now}))`);
    lines.push(sql`('people.guessed', 1, (
      select count(*) from (
        select p.id from sign_in_failures f join people p on p.username = f.account or p.mobile = f.account
         where f.address <> '' group by p.id having sum(f.tries) >= ${lockout.failuresPerAccount}) guessed))`);
  }
  // The 审计管理员 sees changes that take effect by themselves.
  if (holds(actor, 'role.grant') || holds(actor, 'audit.read')) {
    lines.push(sql`('people.roleChanges', 4, (select count(*) from role_changes where state = 'waiting'))`);
  }
  if (holds(actor, 'role.grant')) {
    lines.push(sql`('people.postSets', 2, (select count(*) from post_sets where state = 'waiting'))`);
    lines.push(sql`('people.requests', 3, (select count(*) from account_requests where state = 'waiting'))`);
    lines.push(sql`('people.withoutRole', 5, (select count(*) from people p where ${withoutRole}))`);
    lines.push(sql`('people.mobiles', 7, (select count(*) from people p where ${withMobileAsked}))`);
    lines.push(sql`('people.sectionLapsed', 6, (select count(*) from people p where ${withLapsedSection}))`);
  }
  if (lines.length === 0) return undefined;
  return sql`
    select line.kind, line.count::int as count, null::date as oldest,
           case when line.kind = 'people.postSets' and line.count = 1
                then (select t.id::text from post_sets t where t.state = 'waiting') end as subject,
           line.rank
      from (values ${sql.join(lines)}) line (kind, rank, count)
     where line.count > 0`;
}
