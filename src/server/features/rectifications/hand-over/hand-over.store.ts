import { sql } from 'kysely';
import type { HandedOver, LeavingPost, OpenWorkRow } from '#core/access/hand-over.ts';
import type { FindingState } from '#domain/rectification/state.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import type { FindingHandle } from '../finding.store.ts';

export const dutiesKind = 'rectifications.duties';

export function openDuties({ name, placeId, schoolId }: LeavingPost): Fragment<OpenWorkRow> {
  return sql`
    select ${sql.lit(dutiesKind)} as kind, n::int as count
      from (select (select open_findings_of(${name}, ${placeId}::int, ${schoolId}::int)) as n) counted where n > 0`;
}

/** A finding that has another person responsible. */
export interface PassedFinding {
  readonly placeId: number;
  readonly id: string;
  readonly schoolId: number | null;
  readonly state: FindingState;
}

/** The open findings that name a person as responsible name the other, and so do their measures that are not done. */
export async function writePassedDuties(
  db: FindingHandle,
  { placeId, schoolId, from, to }: HandedOver,
  now: Date,
): Promise<PassedFinding[]> {
  const mine =
    schoolId === null ? sql`f.duty_type <> 'school'` : sql`f.duty_type = 'school' and f.school_id = ${schoolId}`;
  const passed = await sql<PassedFinding>`
    update findings f set duty_person = ${to.name}, revision = f.revision + 1, updated_at = ${now}
     where f.place_id = ${placeId} and f.duty_person = ${from.name} and f.state not in ('closed', 'cancelled') and ${mine}
    returning f.place_id as "placeId", f.id, f.school_id as "schoolId", f.state`.execute(db);
  await sql`
    update finding_measures m set responsible = ${to.name}
     where m.place_id = ${placeId} and m.finding_id = any (${passed.rows.map(({ id }) => id)}::uuid[])
       and m.responsible = ${from.name} and m.done_on is null`.execute(db);
  return passed.rows;
}
