import { type CompiledQuery, type OperationNodeSource, type QueryExecutorProvider, sql, type Updateable } from 'kysely';
import { compiledQuery } from './raw.ts';
import type { Database } from './schema.ts';

/** A row of a table that leads with its place and counts its changes, locked by the transaction. */
export interface LockedRow {
  readonly placeId: number;
  readonly id: string;
  readonly revision: number;
}

/**
 * The statement that sets columns of a locked row and counts its revision up. Nobody can have changed the row since it was
 * locked, so the next revision is known without asking, and the statement may travel with the commit. Where a policy hides
 * the row from changes, the statement fails, and with it the whole act.
 */
export function rowWrite<Table extends keyof Database & string>(
  db: QueryExecutorProvider,
  table: Table,
  { placeId, id }: Pick<LockedRow, 'placeId' | 'id'>,
  columns: Updateable<Database[Table]>,
): CompiledQuery {
  const shape = `${table} ${Object.keys(columns).join(' ')}`;
  const known = texts.get(shape);
  // The parameters in the order in which the statement names them.
  if (known !== undefined) return compiledQuery(known, [...Object.values(columns), placeId, id]);
  const written = sql`
    with changed as (
      update ${sql.table(table)} set ${assigned(columns)}revision = revision + 1
       where place_id = ${placeId} and id = ${id} returning place_id)
    select 1 / count(*) as rows from changed`.compile(db);
  texts.set(shape, written.sql);
  return written;
}

/**
 * The texts of `rowWrite` by table and columns, of which acts set few. A dozen columns take longer to compose than their
 * statement to send.
 */
const texts = new Map<string, string>();

/** The same for many locked rows that get the same values: one statement, which fails where one of them is hidden. */
export function rowsWrite<Table extends keyof Database & string>(
  db: QueryExecutorProvider,
  table: Table,
  rows: readonly Pick<LockedRow, 'placeId' | 'id'>[],
  columns: Updateable<Database[Table]>,
): CompiledQuery {
  const [only, ...more] = rows;
  if (only !== undefined && more.length === 0) return rowWrite(db, table, only, columns);
  const places = [...new Set(rows.map(({ placeId }) => placeId))];
  return sql`
    with changed as (
      update ${sql.table(table)} set ${assigned(columns)}revision = revision + 1
       where place_id = any(${places}::int[]) and id = any(${rows.map(({ id }) => id)}::uuid[]) returning place_id)
    select 1 / (count(*) = ${rows.length}::int)::int as rows from changed`.compile(db);
}

const assigned = (columns: object) =>
  sql.join(
    Object.entries(columns).map(([column, value]) => sql`${sql.ref(column)} = ${value}, `),
    sql``,
  );

/**
 * A statement that changes one locked row and returns it, so that it fails where a policy hides the row from changes: for columns that
 * are more than values. The act around it fails with it, and never says that it did what it did not.
 */
export const changingOne = (db: QueryExecutorProvider, statement: OperationNodeSource): CompiledQuery =>
  sql`with changed as (${statement}) select 1 / count(*) as rows from changed`.compile(db);
