import { sql } from 'kysely';
import type { Handle } from '#platform/db/handle.ts';
import { soundsOf } from '../../directory/initials.ts';

/**
 * Writes the pinyin by which people are found. Only people for whom it is missing are written; whoever writes a name
 * makes it missing.
 * @param ids the people that an act has written; null for all
 */
export async function writePeopleSearch(db: Handle<'people'>, ids: readonly string[] | null): Promise<void> {
  const missing = await sql<{ id: string; name: string }>`
    select id, name from people
     where also_found_by is null ${ids === null ? sql`` : sql`and id = any(${[...ids]}::uuid[])`}`.execute(db);
  if (missing.rows.length === 0) return;
  const sounds = await soundsOf(missing.rows.map(({ name }) => name));
  const rows = missing.rows.map(({ id }, at) => ({ id, found: sounds[at]! }));
  await sql`
    update people p set also_found_by = w.found
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id uuid, found text)
     where p.id = w.id`.execute(db);
}
