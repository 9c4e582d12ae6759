import { sql } from 'kysely';
import {
  findLastWriters,
  type LastWriter,
  listWritings,
  type WrittenField,
  type WrittenObject,
} from '#core/audit/history.store.ts';
import type { FilingHandle, FilingRow } from './filing.store.ts';

export interface ContactRow {
  readonly unitName: string;
  readonly name: string | null;
  readonly phone: string | null;
}

/** Who answers questions about this filing: the contact of the unit that reviews it. */
export async function findContact(db: FilingHandle, filing: FilingRow): Promise<ContactRow> {
  const found = await sql<ContactRow>`
    select name as "unitName", contact_name as name, contact_phone as phone from org_units
     where id = ${filing.managingUnitId}`.execute(db);
  return found.rows[0] ?? { unitName: filing.countyName, name: null, phone: null };
}

type CellsBefore = Record<string, { v: number | string | null; e?: string }>;

const written = ({ placeId, id }: FilingRow): WrittenObject => ({
  ...{ placeId, type: 'filing', id },
  acts: ['filing.filled', 'filing.imported'],
});

/** The audit rows that touched one cell, newest first. */
export async function findHistory(
  db: FilingHandle,
  filing: FilingRow,
  field: string,
): Promise<WrittenField<CellsBefore>[]> {
  return listWritings<CellsBefore>(db, written(filing), field);
}

/** Who wrote these cells last and when, for the sentence of a conflict. */
export async function findCellWriters(
  db: FilingHandle,
  filing: FilingRow,
  fields: readonly string[],
): Promise<Map<string, LastWriter>> {
  return findLastWriters(db, written(filing), fields);
}
