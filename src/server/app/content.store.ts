import type { OwnerClient } from '#platform/db/owner-client.ts';

/** The content of a database: nothing yet, the sample, or somebody's own data. */
export type Content = 'empty' | 'sample' | 'own';

/** What a migrated database holds. It is `empty` also if only the units have been written. */
export async function getContent(client: OwnerClient): Promise<Content> {
  const { rows } = await client.query<{ sample: boolean; filled: boolean }>(
    `select exists (select 1 from settings where key = 'sample') as sample,
       exists (select 1 from people) or exists (select 1 from schools) or exists (select 1 from periods) as filled`,
  );
  if (rows[0]!.sample) return 'sample';
  return rows[0]!.filled ? 'own' : 'empty';
}

/** Whether a database, migrated or not, holds people who are not the sample's. */
export async function findOwnData(client: OwnerClient): Promise<boolean> {
  const { rows } = await client.query<{ used: boolean }>(
    `select to_regclass('public.people') is not null and to_regclass('public.settings') is not null as used`,
  );
  if (!rows[0]!.used) return false;
  const { rows: content } = await client.query<{ own: boolean }>(
    `select not exists (select 1 from settings where key = 'sample') and exists (select 1 from people) as own`,
  );
  return content[0]!.own;
}

/** Drops every table, and leaves the database as new. */
export async function deleteEverything(client: OwnerClient): Promise<void> {
  await client.query('drop schema if exists jobs cascade; drop schema public cascade; create schema public');
}
