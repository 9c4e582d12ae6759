import { sql } from 'kysely';
import { signedName } from '#core/audit/entries.store.ts';
import type { FilingHandle, FilingRow } from './filing.store.ts';

export interface ContactRow {
  readonly unitName: string;
  readonly name: string | null;
  readonly phone: string | null;
}

/** Who answers questions about this filing: the contact of the unit that reviews it. */
export async function readContact(db: FilingHandle, filing: FilingRow): Promise<ContactRow> {
  const found = await sql<ContactRow>`
    select name as "unitName", contact_name as name, contact_phone as phone from org_units
     where id = ${filing.managingUnitId}`.execute(db);
  return found.rows[0] ?? { unitName: filing.countyName, name: null, phone: null };
}

export interface HistoryRow {
  readonly at: Date;
  readonly actorName: string | null;
  readonly action: string;
  readonly before: Record<string, { v: number | string | null; e?: string }> | null;
  readonly after: Record<string, { v: number | string | null; e?: string }> | null;
}

/** The audit rows that touched one cell, newest first: its history, for those who may read the filing. */
export async function readHistory(db: FilingHandle, filing: FilingRow, field: string): Promise<HistoryRow[]> {
  const found = await sql<HistoryRow>`
    select at, ${signedName} as "actorName", action, before, after from audit_events
     where place_id = ${filing.placeId} and object_type = 'filing' and object_id = ${filing.id}
       and fields @> array[${field}]::text[] and action in ('filing.filled', 'filing.imported')
     order by id desc limit 200`.execute(db);
  return found.rows;
}

/** Who wrote these cells last and when, for the sentence of a conflict. */
export async function readLastWriters(
  db: FilingHandle,
  filing: FilingRow,
  fields: readonly string[],
): Promise<Map<string, { by: string | null; at: Date }>> {
  const found = await sql<{ field: string; by: string | null; at: Date }>`
    select distinct on (field) field, ${signedName} as by, at
      from audit_events, unnest(fields) as field
     where place_id = ${filing.placeId} and object_type = 'filing' and object_id = ${filing.id}
       and action in ('filing.filled', 'filing.imported') and field = any(${[...fields]}::text[])
     order by field, id desc`.execute(db);
  return new Map(found.rows.map(({ field, by, at }) => [field, { by, at }]));
}
