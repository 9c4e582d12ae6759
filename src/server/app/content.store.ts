import type { OwnerClient } from '#platform/db/owner-client.ts';

/** The content of a database: nothing yet, the sample, or somebody's own data. */
export type Content = 'empty' | 'sample' | 'own';

/** Rows of these tables are somebody's work; a start writes none of them. */
const filledByPeople = ['people', 'schools', 'periods'];

/** What a database holds, migrated or not. It is `empty` also if only the units have been written. */
export async function getContent(client: OwnerClient): Promise<Content> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select name from unnest($1::text[]) as t (name) where to_regclass('public.' || name) is not null`,
    [['settings', ...filledByPeople]],
  );
  const there = new Set(tables.map(({ name }) => name));
  const holds = async (conditions: readonly string[]) => {
    if (conditions.length === 0) return false;
    const { rows } = await client.query<{ held: boolean }>(`select ${conditions.join(' or ')} as held`);
    return rows[0]!.held;
  };
  if (there.has('settings') && (await holds([`exists (select 1 from settings where key = 'sample')`]))) return 'sample';
  const filled = filledByPeople.filter((name) => there.has(name)).map((name) => `exists (select 1 from ${name})`);
  return (await holds(filled)) ? 'own' : 'empty';
}

/** Drops every table, and leaves the database as new. */
export async function deleteEverything(client: OwnerClient): Promise<void> {
  await client.query('drop schema if exists jobs cascade; drop schema public cascade; create schema public');
}
