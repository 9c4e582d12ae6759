import { type CompiledQuery, sql } from 'kysely';
import { type Actor, signatureOf } from '#domain/access/actor.ts';
import type { SignedStep } from '#domain/access/signing.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import type { Cell } from '#domain/filing/cells.ts';
import type { FilingState } from '#domain/filing/flow.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { FilingHandle, FilingRow } from './filing.store.ts';

/** What a save or an import changes of a filing that the transaction has locked. */
export interface CellWrite {
  readonly countyId: number;
  readonly id: string;
  readonly cells: Record<string, Cell>;
  readonly filled: number;
  readonly required: number;
  readonly hardFindings: number;
  readonly softFindings: number;
  readonly changedFields: number | null;
}

/** Writes the changed cells of locked filings beside the others, and counts the revisions up; one statement for all. */
export async function writeCells(db: FilingHandle, writes: readonly CellWrite[], now: Date): Promise<void> {
  if (writes.length > 0) await db.executeQuery(cellWrites(db, writes, now));
}

/** The statement of `writeCells`, for a request that has nothing more to ask before its commit. */
export function cellWrites(db: FilingHandle, writes: readonly CellWrite[], now: Date): CompiledQuery {
  return sql`
    update filings f
       set cells = f.cells || w.cells, revision = f.revision + 1, updated_at = ${now}, filled = w.filled,
           required = w.required, hard_findings = w.hard, soft_findings = w.soft, changed_fields = w.changed
      from jsonb_to_recordset(${JSON.stringify(
        writes.map((write) => ({
          county: write.countyId,
          id: write.id,
          cells: write.cells,
          filled: write.filled,
          required: write.required,
          hard: write.hardFindings,
          soft: write.softFindings,
          changed: write.changedFields,
        })),
      )}::jsonb)
        as w(county int, id uuid, cells jsonb, filled int, required int, hard int, soft int, changed int)
     where f.county_id = w.county and f.id = w.id`.compile(db);
}

/** One act that moves filings; `content` is given by the acts that fix or free what was approved. */
export interface Step {
  readonly action: string;
  readonly to: FilingState;
  readonly reason?: string | null;
  readonly fields?: readonly string[] | null;
}

export interface SteppedFiling {
  readonly filing: FilingRow;
  readonly to: FilingState;
  /** New values of these columns; absent: unchanged. */
  readonly set: {
    readonly submitted_at?: Date | null;
    readonly approved_at?: Date | null;
    readonly accepted_at?: Date | null;
    readonly late?: boolean;
    readonly content_hash?: string | null;
    readonly approved?: Readonly<Record<string, CellValue>>;
    readonly open_fields?: readonly string[] | null;
    readonly return_reason?: string | null;
    readonly returned_at?: Date | null;
    readonly changed_fields?: number | null;
  };
}

/** Moves locked filings and leaves a step for each: two statements, however many filings. */
export async function writeSteps(
  db: FilingHandle,
  stepped: readonly SteppedFiling[],
  step: Step,
  actor: Actor,
  now: Date,
): Promise<void> {
  if (stepped.length === 0) return;
  await sql`
    update filings f
       set state = w.data ->> 'state', revision = f.revision + 1, updated_at = ${now},
           submitted_at = case when w.data ? 'submitted_at' then (w.data ->> 'submitted_at')::timestamptz else f.submitted_at end,
           approved_at = case when w.data ? 'approved_at' then (w.data ->> 'approved_at')::timestamptz else f.approved_at end,
           accepted_at = case when w.data ? 'accepted_at' then (w.data ->> 'accepted_at')::timestamptz else f.accepted_at end,
           late = case when w.data ? 'late' then (w.data ->> 'late')::boolean else f.late end,
           content_hash = case when w.data ? 'content_hash' then w.data ->> 'content_hash' else f.content_hash end,
           approved = case when w.data ? 'approved' then w.data -> 'approved' else f.approved end,
           open_fields = case when not w.data ? 'open_fields' then f.open_fields
                              when w.data -> 'open_fields' = 'null'::jsonb then null
                              else array(select jsonb_array_elements_text(w.data -> 'open_fields')) end,
           return_reason = case when w.data ? 'return_reason' then w.data ->> 'return_reason' else f.return_reason end,
           returned_at = case when w.data ? 'returned_at' then (w.data ->> 'returned_at')::timestamptz else f.returned_at end,
           changed_fields = case when w.data ? 'changed_fields' then (w.data ->> 'changed_fields')::int else f.changed_fields end
      from jsonb_to_recordset(${JSON.stringify(
        stepped.map(({ filing, to, set }) => ({
          county: filing.countyId,
          id: filing.id,
          data: { state: to, ...set },
        })),
      )}::jsonb) as w(county int, id uuid, data jsonb)
     where f.county_id = w.county and f.id = w.id`.execute(db);
  await db
    .insertInto('filing_steps')
    .values(
      stepped.map(({ filing, to }) => ({
        county_id: filing.countyId,
        id: newId(),
        filing_id: filing.id,
        school_id: filing.schoolId,
        action: step.action,
        from_state: filing.state,
        to_state: to,
        actor_id: actor.userId,
        actor_name: signatureOf(actor),
        post_id: actor.post?.grantId ?? null,
        stand_in_for: actor.principal?.id ?? null,
        actor_role: actor.role,
        at: now,
        reason: step.reason ?? null,
        fields: step.fields ? [...step.fields] : null,
      })),
    )
    .execute();
}

/** Who took which step of these filings, in which post, in their order: for the rule on two posts of one person. */
export async function signedSteps(
  db: FilingHandle,
  filings: readonly Pick<FilingRow, 'countyId' | 'id'>[],
): Promise<ReadonlyMap<string, SignedStep[]>> {
  const found = await sql<SignedStep & { filingId: string }>`
    select s.filing_id as "filingId", s.action, s.actor_id as "personId", s.actor_name as "personName",
           s.stand_in_for as "principalId", null as "principalName", s.post_id as "postId", s.actor_role as role
      from filing_steps s
     where s.county_id = any(${[...new Set(filings.map((one) => one.countyId))]}::int[])
       and s.filing_id = any(${filings.map((one) => one.id)}::uuid[])
     order by s.at, s.id`.execute(db);
  const steps = new Map<string, SignedStep[]>();
  for (const { filingId, ...step } of found.rows) steps.set(filingId, [...(steps.get(filingId) ?? []), step]);
  return steps;
}

/** Sets the one-off extension of a locked filing. */
export async function writeExtension(db: FilingHandle, filing: FilingRow, until: string, now: Date): Promise<void> {
  await db
    .updateTable('filings')
    .set({ deadline_extension: until, revision: filing.revision + 1, updated_at: now })
    .where('county_id', '=', filing.countyId)
    .where('id', '=', filing.id)
    .execute();
}

/** Leaves a reminder for each of these filings' schools, one a day of China's calendar; tells who was reminded now. */
export async function insertReminders(
  db: FilingHandle,
  filings: readonly Pick<FilingRow, 'countyId' | 'periodId' | 'schoolId'>[],
  by: { readonly actor: Actor; readonly note: string | null; readonly now: Date },
): Promise<{ countyId: number; schoolId: number }[]> {
  if (filings.length === 0) return [];
  return db
    .insertInto('filing_reminders')
    .values(
      filings.map((filing) => ({
        county_id: filing.countyId,
        id: newId(),
        period_id: filing.periodId,
        school_id: filing.schoolId,
        sent_by: by.actor.userId,
        sent_by_name: signatureOf(by.actor),
        sent_at: by.now,
        note: by.note,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['county_id as countyId', 'school_id as schoolId'])
    .execute();
}

/** The next id of a thing of this feature. */
