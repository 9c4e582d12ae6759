import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';

/**
 * The type of a column's values; objects and arrays of objects are sent as JSON, arrays of texts as PostgreSQL arrays.
 */
export type CopyValue = string | number | boolean | null | Date | readonly string[] | Readonly<Record<string, unknown>>;

/** Rows for one table, each as long as `columns`. */
export interface CopyTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CopyValue[])[];
  /**
   * An owner who is bound by row policies cannot COPY into the tables that have them, so the rows go through a
   * temporary table.
   */
  readonly policed?: boolean;
}

/**
 * Writes many rows at once by COPY, inside the transaction that the caller has begun. The connection must be a plain
 * one: a pipelining connection cannot carry COPY.
 */
export async function copyRows(client: pg.Client, { table, columns, rows, policed }: CopyTable): Promise<void> {
  if (rows.length === 0) return;
  const name = pg.escapeIdentifier(table);
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const target = policed ? pg.escapeIdentifier(`${table}_copied`) : name;
  if (policed)
    await client.query(`create temporary table ${target} on commit drop as select ${list} from ${name} limit 0`);
  await pipeline(Readable.from(chunks(rows)), client.query(from(`copy ${target} (${list}) from stdin`)));
  if (!policed) return;
  await client.query(`insert into ${name} (${list}) select ${list} from ${target}`);
  await client.query(`drop table ${target}`);
}

function* chunks(rows: readonly (readonly CopyValue[])[]): Generator<string> {
  let text = '';
  for (const row of rows) {
    text += `${row.map(field).join('\t')}\n`;
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  if (text) yield text;
}

function field(value: CopyValue): string {
  if (value === null) return '\\N';
  if (value instanceof Date) return value.toISOString();
  if (isTextArray(value)) return escaped(`{${value.map(element).join(',')}}`);
  if (typeof value === 'object') return escaped(JSON.stringify(value));
  return escaped(String(value));
}

function isTextArray(value: CopyValue): value is readonly string[] {
  return Array.isArray(value);
}

function element(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** The characters that have a meaning of their own in the text format of COPY. */
function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (sign) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[sign]!);
}
