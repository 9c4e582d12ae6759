import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { DutyType } from '#domain/flow/finding.ts';
import { lockName } from '#platform/db/named-lock.ts';
import { type FindingHandle, within } from '../finding.store.ts';
import type { LedgerFinding } from './known-finding.plan.ts';

/** The findings in reach of these duty bodies that were not given up, the newest last. */
export async function findKnownFindings(
  db: FindingHandle,
  scope: Scope,
  wanted: readonly { readonly placeId: number; readonly type: DutyType; readonly id: number }[],
): Promise<LedgerFinding[]> {
  if (wanted.length === 0) return [];
  const rows = wanted.map(({ placeId, type, id }) => ({ place: placeId, type, id }));
  const found = await sql<LedgerFinding>`
    select f.id, f.duty_type as "dutyType", w.id as "dutyId", f.title, f.found_on as "foundOn", f.due_on as "dueOn", f.state
      from findings f
      join (select distinct place, type, id
              from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) w(place int, type text, id int)) w
        on w.place = f.place_id and w.type = f.duty_type
       and w.id = case when f.duty_type = 'school' then f.school_id else f.duty_unit_id end
     where ${within(scope)} and f.state <> 'cancelled'
     order by f.found_on, f.id`.execute(db);
  return found.rows;
}

/** Whoever takes a ledger waits for another who does so for the same place: the later one sees the rows of the earlier. */
export async function lockLedgers(db: FindingHandle, placeIds: readonly number[]): Promise<void> {
  for (const placeId of [...new Set(placeIds)].sort((one, other) => one - other)) {
    await lockName(db, `ledger:${placeId}`);
  }
}
