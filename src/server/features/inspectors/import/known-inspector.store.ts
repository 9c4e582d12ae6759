import { sql } from 'kysely';
import type { InspectorKind } from '#domain/inspection/inspector.ts';
import { lockName } from '#platform/db/named-lock.ts';
import type { InspectorHandle } from '../inspector.store.ts';

/** An entry of the register as a list is compared with it. */
export interface KnownInspector {
  readonly id: string;
  readonly name: string;
  readonly kind: InspectorKind;
  readonly certificateNumber: string | null;
}

/** The entries of a place that were not given up, with one of these names or certificate numbers. */
export async function findKnownInspectors(
  db: InspectorHandle,
  placeId: number,
  names: readonly string[],
  certificates: readonly string[],
): Promise<KnownInspector[]> {
  const found = await sql<KnownInspector>`
    select i.id, i.name, i.kind, i.certificate_number as "certificateNumber" from inspectors i
     where i.place_id = ${placeId} and i.state <> 'withdrawn'
       and (i.name = any(${[...names]}::text[]) or i.certificate_number = any(${[...certificates]}::text[]))
     order by i.id`.execute(db);
  return found.rows;
}

/** Whoever takes a list waits for another who does so for the same place: the later one sees the rows of the earlier. */
export async function lockRegister(db: InspectorHandle, placeId: number): Promise<void> {
  await lockName(db, `inspectors:${placeId}`);
}

/** Marks the entries that a list brought as imported; those with a day of appointment are at work. */
export async function updateImported(
  db: InspectorHandle,
  placeId: number,
  rows: readonly { readonly id: string; readonly appointedOn: string | null }[],
): Promise<void> {
  await sql`
    update inspectors i
       set imported = true, state = case when w."appointedOn" is null then 'draft' else 'serving' end,
           appointed_on = w."appointedOn"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id uuid, "appointedOn" date)
     where i.place_id = ${placeId} and i.id = w.id`.execute(db);
}
