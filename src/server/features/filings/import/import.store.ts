import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { FilingHandle } from '../filing.store.ts';

export interface StoredImport<Content> {
  readonly id: string;
  readonly countyId: number;
  readonly fileName: string;
  readonly createdBy: string;
  readonly expiresAt: Date;
  readonly confirmedAt: Date | null;
  readonly content: Content;
}

/** Keeps a checked workbook until it is confirmed or expires; the person's expired ones go. */
export async function insertImport<Content>(
  db: FilingHandle,
  given: {
    readonly countyId: number;
    readonly periodId: number;
    readonly schoolId: number | null;
    readonly fileName: string;
    readonly fileHash: string;
    readonly createdBy: string;
    readonly now: Date;
    readonly expiresAt: Date;
    readonly content: Content;
  },
): Promise<string> {
  await db
    .deleteFrom('filing_imports')
    .where('created_by', '=', given.createdBy)
    .where('expires_at', '<', given.now)
    .execute();
  const id = newId();
  await db
    .insertInto('filing_imports')
    .values({
      county_id: given.countyId,
      id,
      period_id: given.periodId,
      school_id: given.schoolId,
      file_name: given.fileName,
      file_hash: given.fileHash,
      created_by: given.createdBy,
      created_at: given.now,
      expires_at: given.expiresAt,
      content: JSON.stringify(given.content),
    })
    .execute();
  return id;
}

/** An import of this person; `lock` holds it, so that a confirmation sent twice writes once. */
export async function readImport<Content>(
  db: FilingHandle,
  scope: Scope,
  of: { readonly id: string; readonly createdBy: string; readonly lock: boolean },
): Promise<StoredImport<Content> | undefined> {
  const found = await sql<StoredImport<Content>>`
    select id, county_id as "countyId", file_name as "fileName", created_by as "createdBy", expires_at as "expiresAt",
           confirmed_at as "confirmedAt", content
      from filing_imports
     where id = ${of.id} and created_by = ${of.createdBy} and county_id = any(${[...scope.places]}::int[])
     ${of.lock ? sql`for update` : sql``}`.execute(db);
  return found.rows[0];
}

export async function confirmImport(db: FilingHandle, countyId: number, id: string, now: Date): Promise<void> {
  await db
    .updateTable('filing_imports')
    .set({ confirmed_at: now })
    .where('county_id', '=', countyId)
    .where('id', '=', id)
    .execute();
}

/** The scope of work that belongs to nobody in particular. */
export async function everyCounty(db: FilingHandle): Promise<number[]> {
  const rows = await db.selectFrom('org_units').where('kind', '=', 'county').select('id').execute();
  return rows.map((row) => row.id);
}

export async function deleteExpiredImports(db: FilingHandle, now: Date): Promise<void> {
  await db.deleteFrom('filing_imports').where('expires_at', '<', now).execute();
}
