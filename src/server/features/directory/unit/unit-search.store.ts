import { sql } from 'kysely';
import { spellingsOf } from '#core/directory/initials.ts';
import type { Handle } from '#platform/db/handle.ts';

/**
 * Writes the pinyin by which units are found. Only units for which it is missing are written; whoever writes a name
 * makes it missing.
 * @param ids the units that an act has written; null for all
 */
export async function writeUnitSearch(db: Handle<'org_units'>, ids: readonly number[] | null): Promise<void> {
  const missing = await sql<{ id: number; name: string; shortName: string }>`
    select id, name, short_name as "shortName" from org_units
     where also_found_by is null ${ids === null ? sql`` : sql`and id = any(${[...ids]}::int[])`}`.execute(db);
  if (missing.rows.length === 0) return;
  const long = await spellingsOf(missing.rows.map(({ name }) => name));
  const short = await spellingsOf(missing.rows.map(({ shortName }) => shortName));
  const rows = missing.rows.map(({ id }, at) => {
    const sounds = [long[at]!.spelling, short[at]!.spelling, short[at]!.initials];
    return { id, found: [...new Set(sounds)].join(' ') };
  });
  await sql`
    update org_units u set also_found_by = w.found
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id int, found text)
     where u.id = w.id`.execute(db);
}
