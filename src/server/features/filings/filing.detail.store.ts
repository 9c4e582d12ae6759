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

/**
 * Who answers questions about this filing: the contact of the unit that reviews it. Where the unit names nobody, somebody
 * who reviews there, first whoever has a telephone and reads filings daily without deciding them.
 */
export async function findContact(db: FilingHandle, filing: FilingRow): Promise<ContactRow> {
  const found = await sql<ContactRow>`
    select u.name as "unitName",
           case when named.here then u.contact_name else reviewer.name end as name,
           case when named.here then u.contact_phone else reviewer.phone end as phone
      from org_units u
     cross join lateral (select coalesce(u.contact_name, u.contact_phone) is not null) named (here)
      left join lateral (
        select p.name, p.phone
          from grants g
          join roles r on r.key = g.role_key and 'filing.return' = any(r.permissions)
          join people p on p.id = g.person_id and p.status = 'active'
         where g.unit_id = u.id and g.revoked_at is null
         order by p.phone is null, 'filing.approve' = any(r.permissions), p.name, p.id
         limit 1
      ) reviewer on not named.here
     where u.id = ${filing.managingUnitId}`.execute(db);
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
