import { sql } from 'kysely';
import { saveContact } from '#contract/directory/units.ts';
import type { Asking, WorkRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import type { Fragment } from '#platform/db/fragment.ts';

export const unitWorkKinds = ['directory.contact'] as const;

/** Schools read on their form whom to call: a county that has named nobody is asked to, by those who may name somebody. */
export function unitWork({ actor, meant }: Asking): Fragment<WorkRow> | undefined {
  const may = [saveContact.access].flat().some((one) => holds(actor, one as Permission));
  if (actor.level !== 'county' || !may) return undefined;
  return sql`
    select 'directory.contact' as kind, count(*)::int as count, null::date as oldest, null::text as subject, 0 as rank
      from org_units u
     where u.id = ${actor.unitId} and u.id = any(${[...meant.places]}::int[]) and u.contact_name is null
    having count(*) > 0`;
}
