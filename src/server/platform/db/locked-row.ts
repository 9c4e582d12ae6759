import { type CompiledQuery, type QueryExecutorProvider, sql, type Updateable } from 'kysely';
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
  const set = Object.entries(columns).map(([column, value]) => sql`${sql.ref(column)} = ${value}, `);
  return sql`
    with changed as (
      update ${sql.table(table)} set ${sql.join(set, sql``)}revision = revision + 1
       where place_id = ${placeId} and id = ${id} returning place_id)
    select 1 / count(*) as rows from changed`.compile(db);
}
