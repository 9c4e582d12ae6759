import pg from 'pg';
import { to } from 'pg-copy-streams';

/** A table as it is written out: its columns that are stored and not computed, and how many rows went by. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface SequenceState {
  readonly name: string;
  /** Null where no number was given out yet. */
  readonly last: string | null;
}

/** The ledgers of the migrations: they belong to the schema, which is made anew and not copied. */
export const schemaLedgers: readonly string[] = ['schema_migrations', 'schema_again'];

/**
 * Makes texts of values the same on every server, so that two databases with the same rows write the same bytes.
 */
export const plainTexts = `
  set datestyle to 'ISO, YMD'; set intervalstyle to 'postgres'; set timezone to 'UTC'; set extra_float_digits to 1;
  set bytea_output to 'hex'; set client_encoding to 'UTF8'; set statement_timeout to 0; set lock_timeout to 0;
  set idle_in_transaction_session_timeout to 0; set search_path to public`;

/** Every table of the schema with its stored columns in the order of the table, sorted by name. */
export async function listCopiedTables(client: pg.Client): Promise<CopiedTable[]> {
  const { rows } = await client.query<CopiedTable>(
    `select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attgenerated = '' and c.relname <> all ($1::text[])
      group by c.oid, c.relname order by c.relname collate "C"`,
    [schemaLedgers],
  );
  return rows;
}

export async function listSequences(client: pg.Client): Promise<SequenceState[]> {
  const { rows } = await client.query<SequenceState>(
    `select sequencename::text as name, last_value::text as last from pg_sequences
      where schemaname = 'public' order by sequencename collate "C"`,
  );
  return rows;
}

/**
 * The rows of a table in the text format of COPY, in the order of its key, so that the same rows make the same bytes
 * wherever they lie.
 */
export async function copyOut(client: pg.Client, { name, columns }: CopiedTable): Promise<AsyncIterable<Buffer>> {
  const { rows } = await client.query<{ key: string; collated: boolean }>(
    `select a.attname::text as key, a.attcollation <> 0 as collated
       from pg_index i cross join lateral unnest(i.indkey) with ordinality k (attnum, at)
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
      where i.indrelid = $1::regclass and i.indisprimary order by k.at`,
    [`public.${pg.escapeIdentifier(name)}`],
  );
  const order = rows.map(({ key, collated }) => `${pg.escapeIdentifier(key)}${collated ? ' collate "C"' : ''}`);
  const table = pg.escapeIdentifier(name);
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const sorted = order.length > 0 ? order.join(', ') : `${table}::text collate "C"`;
  return client.query(to(`copy (select ${list} from public.${table} order by ${sorted}) to stdout`));
}

/** The migrations that ran in this database, in their order. */
export async function listApplied(client: pg.Client): Promise<Array<{ name: string; sha256: string }>> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from schema_migrations order by name',
  );
  return rows;
}

/** Runs the work in one transaction that sees the database as it is at its beginning. */
export async function inSnapshot<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await client.query(plainTexts);
  await client.query('begin isolation level repeatable read, read only');
  try {
    // The picture is taken by the first statement.
    await client.query('select pg_current_snapshot()');
    return await work();
  } finally {
    await client.query('rollback').catch(() => {});
  }
}

export interface ChainHead {
  readonly position: number;
  readonly hash: string;
}

/** The last link of the audit in this transaction's picture. */
export async function findChainHead(client: pg.Client): Promise<ChainHead | null> {
  const { rows } = await client.query<ChainHead>(
    'select position, hash from audit_seals order by position desc limit 1',
  );
  return rows[0] ?? null;
}

/** The contents that the rows name, a page at a time, in the order of their hashes; none in a schema older than files. */
export async function* listContents(client: pg.Client): AsyncGenerator<{ hash: string; bytes: number }[]> {
  const { rows: known } = await client.query(`select 1 where to_regclass('public.file_contents') is not null`);
  if (known.length === 0) return;
  let after = '';
  for (;;) {
    const { rows } = await client.query<{ hash: string; bytes: number }>(
      `select hash, size as bytes from file_contents where hash collate "C" > $1 order by hash collate "C" limit 1000`,
      [after],
    );
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.hash;
  }
}
