import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { ofNoExtension } from '../introspect/extension-owned.ts';
import { type CopiedTable, copyOut, listCopiedTables, plainTexts, type SequenceState } from './copy-out.ts';

const quoted = (name: string) => `public.${pg.escapeIdentifier(name)}`;

/**
 * Opens the transaction in which all rows are laid. Foreign keys, triggers of the schema and the wall stand aside until
 * the returned end; what the migrations wrote themselves goes, because the backup has it too.
 */
export async function beginCopyIn(client: pg.Client): Promise<() => Promise<void>> {
  await client.query(plainTexts);
  await client.query('begin');
  const tables = (await listCopiedTables(client)).map(({ name }) => name);
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, conname::text as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by oid`,
  );
  const { rows: walled } = await client.query<{ name: string }>(
    `select relname::text as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relforcerowsecurity`,
  );
  for (const key of keys)
    await client.query(`alter table ${key.table} drop constraint ${pg.escapeIdentifier(key.name)}`);
  for (const table of tables) await client.query(`alter table ${quoted(table)} disable trigger user`);
  for (const { name } of walled) await client.query(`alter table ${quoted(name)} no force row level security`);
  await client.query(`truncate ${tables.map(quoted).join(', ')}`);
  return async () => {
    for (const { name } of walled) await client.query(`alter table ${quoted(name)} force row level security`);
    for (const table of tables) await client.query(`alter table ${quoted(table)} enable trigger user`);
    for (const key of keys) {
      await client.query(`alter table ${key.table} add constraint ${pg.escapeIdentifier(key.name)} ${key.definition}`);
    }
  };
}

/** Commits what was laid, and counts it for the planner. */
export async function keepCopyIn(client: pg.Client): Promise<void> {
  await client.query('commit');
  await client.query('analyze');
}

export async function undoCopyIn(client: pg.Client): Promise<void> {
  await client.query('rollback').catch(() => {});
}

/** Lets the server go on in a new segment of its log. */
export async function beginLogSegment(client: pg.Client): Promise<void> {
  await client.query('select pg_switch_wal()');
}

/**
 * Spends transaction ids until the server has passed this one. Each is a transaction that writes nothing; a hundred thousand
 * take about a second, and nobody needs rights beyond those of the owner.
 */
export async function passTransaction(client: pg.Client, last: bigint, passed: (left: bigint) => void): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ next: string }>(
      'select pg_snapshot_xmax(pg_current_snapshot())::text as next',
    );
    const left = last - BigInt(rows[0]!.next) + 1n;
    if (left <= 0n) return;
    passed(left);
    const some = left > 20_000n ? 20_000n : left;
    await client.query(
      `do $$ begin for n in 1..${some} loop perform pg_current_xact_id(); commit; end loop; end $$ language plpgsql`,
    );
  }
}

/** Lays a part of the rows of a table, which are in the text format of COPY. */
export async function copyIn(client: pg.Client, table: CopiedTable, rows: Readable): Promise<void> {
  const list = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  await pipeline(rows, client.query(from(`copy ${quoted(table.name)} (${list}) from stdin`)));
}

/** Lets the sequences go on behind the numbers that were given out. */
export async function setSequences(client: pg.Client, sequences: readonly SequenceState[]): Promise<void> {
  for (const { name, last } of sequences) {
    if (last !== null) await client.query('select setval($1::regclass, $2)', [quoted(name), last]);
  }
}

/** How many rows a table holds, and the digest of their bytes. */
export async function digestRows(client: pg.Client, table: CopiedTable): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const piece of await copyOut(client, table)) {
    hash.update(piece);
    rows += countRows(piece);
  }
  return { rows, sha256: hash.digest('hex') };
}

/** In the text format of COPY a line feed ends a row and stands nowhere else. */
export function countRows(piece: Buffer): number {
  let rows = 0;
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) rows += 1;
  return rows;
}

const unfinished = 'restore_unfinished';

/** Whether a restore into this database was begun and did not end. */
export async function isUnfinished(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(`select to_regclass($1) is not null as found`, [
    `public.${unfinished}`,
  ]);
  return rows[0]!.found;
}

export async function markUnfinished(client: pg.Client): Promise<void> {
  await client.query(`create table public.${unfinished} (begun_at timestamptz not null default now())`);
}

export async function clearUnfinished(client: pg.Client): Promise<void> {
  await client.query(`drop table if exists public.${unfinished}`);
}

/** Whether the schema holds no table, view or sequence. */
export async function isBare(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (select 1 from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
        and ${ofNoExtension('pg_class', 'c.oid')}) as found`,
  );
  return !rows[0]!.found;
}
