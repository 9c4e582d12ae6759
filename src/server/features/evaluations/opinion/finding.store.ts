import { sql } from 'kysely';
import type { DutyType, FindingState } from '#domain/flow/finding.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';
import type { Finding } from './opinion.store.ts';

/** Where a finding of an evaluation stands in the ledger. */
export interface LedgerStanding {
  readonly state: FindingState;
  readonly dueOn: Day | null;
  readonly closedOn: Day | null;
}

/** The findings of an evaluation in the ledger by their ids, as far as the person reads them there. */
export async function findInLedger(
  db: EvaluationHandle,
  { placeId, campaignPlaceId, id }: Evaluation,
): Promise<ReadonlyMap<string, LedgerStanding>> {
  const found = await sql<LedgerStanding & { id: string }>`
    select l.finding_id as id, l.state, l.due_on as "dueOn", l.closed_on as "closedOn" from ledger_findings l
     where l.place_id = any(array[${placeId}, ${campaignPlaceId}]::int[]) and l.source_type = 'evaluations'
       and l.source_id = ${id}`.execute(db);
  return new Map(found.rows.map(({ id: finding, ...standing }) => [finding, standing]));
}

/** A finding as it is saved. */
export type NewFinding = Omit<Finding, 'dutyName' | 'raisedAt'>;

/**
 * Writes the findings in place of those that were there; what is in the ledger stays. Returns the ids that were written: one
 * of another evaluation is not among them.
 */
export async function writeFindings(
  db: EvaluationHandle,
  { placeId, campaignPlaceId, id }: Evaluation,
  findings: readonly NewFinding[],
  { name, at }: { readonly name: string; readonly at: Date },
): Promise<string[]> {
  await db
    .updateTable('evaluation_findings')
    .set({ dropped_at: at })
    .where('place_id', '=', campaignPlaceId)
    .where('evaluation_id', '=', id)
    .where('raised_at', 'is', null)
    .where('dropped_at', 'is', null)
    .where(sql<boolean>`id <> all(${findings.map((one) => one.id)}::uuid[])`)
    .execute();
  if (findings.length === 0) return [];
  const written = await db
    .insertInto('evaluation_findings')
    .values(
      findings.map((one) => ({
        ...{ place_id: campaignPlaceId, id: one.id, evaluation_id: id, subject_place_id: placeId, code: one.code },
        ...{ kind: one.kind, title: one.title, body: one.body, duty_type: one.dutyType, duty_id: one.dutyId },
        ...{ due_on: one.dueOn, entered_by_name: name, entered_at: at },
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['place_id', 'id'])
        .doUpdateSet((row) => ({
          ...{ code: row.ref('excluded.code'), kind: row.ref('excluded.kind'), title: row.ref('excluded.title') },
          ...{ body: row.ref('excluded.body'), duty_type: row.ref('excluded.duty_type') },
          ...{ duty_id: row.ref('excluded.duty_id'), due_on: row.ref('excluded.due_on'), dropped_at: null },
        }))
        .where('evaluation_findings.evaluation_id', '=', id)
        .where('evaluation_findings.raised_at', 'is', null),
    )
    .returning('id')
    .execute();
  return written.map((one) => one.id);
}

/** The statement that marks findings as raised into the ledger. */
export function findingsRaising(
  db: EvaluationHandle,
  { campaignPlaceId, id }: Evaluation,
  findings: readonly Finding[],
  at: Date,
) {
  return db
    .updateTable('evaluation_findings')
    .set({ raised_at: at })
    .where('place_id', '=', campaignPlaceId)
    .where('evaluation_id', '=', id)
    .where(sql<boolean>`id = any(${findings.map((one) => one.id)}::uuid[])`)
    .compile();
}

/** The kinds of the ledger that are in use. */
export async function listFindingKinds(db: EvaluationHandle): Promise<ReadonlyMap<string, boolean>> {
  const found = await db.selectFrom('ledger_kinds').select(['key', 'active']).execute();
  return new Map(found.map(({ key, active }) => [key, active]));
}

/** Who may have the duty for a finding: the county of the subject, units below it, and its schools. */
export async function listDuties(
  db: EvaluationHandle,
  placeId: number,
  { units, schools }: { readonly units: readonly number[]; readonly schools: readonly number[] },
): Promise<{ type: DutyType; id: number }[]> {
  const found = await sql<{ type: DutyType; id: number }>`
    select case u.kind when 'section' then 'section' else 'unit' end as type, u.id from org_units u
     where u.active and u.place_id = ${placeId} and u.id = any(${[...units]}::int[])
    union all
    select 'school', s.id from schools s
     where s.status = 'open' and s.county_id = ${placeId} and s.id = any(${[...schools]}::int[])`.execute(db);
  return found.rows;
}
