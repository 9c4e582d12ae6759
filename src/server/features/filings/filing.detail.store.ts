import { sql } from 'kysely';
import { signedName } from '#core/audit/entries.store.ts';
import { type Actor, signatureOf } from '#domain/access/actor.ts';
import type { FilingState } from '#domain/filing/flow.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { FilingHandle, FilingRow } from './filing.store.ts';

export interface StepRow {
  readonly id: string;
  readonly action: string;
  readonly from: FilingState;
  readonly to: FilingState;
  readonly actorName: string;
  readonly actorRole: string | null;
  readonly at: Date;
  readonly reason: string | null;
  readonly fields: string[] | null;
}

export interface CommentRow {
  readonly id: string;
  readonly field: string;
  readonly body: string;
  readonly authorName: string;
  readonly at: Date;
  readonly resolvedAt: Date | null;
}

export interface ReminderRow {
  readonly at: Date;
  readonly by: string;
  readonly note: string | null;
}

export interface ContactRow {
  readonly unitName: string;
  readonly name: string | null;
  readonly phone: string | null;
}

export async function readSteps(db: FilingHandle, filing: FilingRow): Promise<StepRow[]> {
  return db
    .selectFrom('filing_steps')
    .where('county_id', '=', filing.countyId)
    .where('filing_id', '=', filing.id)
    .select(['id', 'action', 'at', 'reason', 'fields'])
    .select(['from_state as from', 'to_state as to', 'actor_name as actorName'])
    .select((read) => read.ref('actor_role').as('actorRole'))
    .orderBy('at')
    .orderBy('id')
    .$castTo<StepRow>()
    .execute();
}

const commentColumns = sql<CommentRow>`
  id, field_key as field, body, author_name as "authorName", at, resolved_at as "resolvedAt"`;

export async function readComments(db: FilingHandle, filing: FilingRow): Promise<CommentRow[]> {
  const found = await sql<CommentRow>`
    select ${commentColumns} from filing_comments
     where county_id = ${filing.countyId} and filing_id = ${filing.id} order by at, id`.execute(db);
  return found.rows;
}

/** Open comments by filing and field, for the marks of a grid. */
export async function countComments(
  db: FilingHandle,
  counties: readonly number[],
  filingIds: readonly string[],
): Promise<{ filingId: string; field: string; count: number }[]> {
  const found = await sql<{ filingId: string; field: string; count: number }>`
    select filing_id as "filingId", field_key as field, count(*) as count from filing_comments
     where county_id = any(${[...counties]}::int[]) and filing_id = any(${[...filingIds]}::uuid[])
       and resolved_at is null
     group by filing_id, field_key`.execute(db);
  return found.rows;
}

export async function insertComment(
  db: FilingHandle,
  filing: FilingRow,
  given: { readonly field: string; readonly body: string; readonly actor: Actor; readonly now: Date },
): Promise<CommentRow> {
  const found = await sql<CommentRow>`
    insert into filing_comments (county_id, id, filing_id, school_id, field_key, body, author_id, author_name, at)
    values (${filing.countyId}, ${newId()}, ${filing.id}, ${filing.schoolId}, ${given.field}, ${given.body},
            ${given.actor.userId}, ${signatureOf(given.actor)}, ${given.now})
    returning ${commentColumns}`.execute(db);
  return found.rows[0]!;
}

/** Marks a comment as dealt with; undefined when the filing has no such comment. A second time changes nothing. */
export async function resolveComment(
  db: FilingHandle,
  filing: FilingRow,
  commentId: string,
  now: Date,
): Promise<CommentRow | undefined> {
  const found = await sql<CommentRow>`
    update filing_comments set resolved_at = coalesce(resolved_at, ${now})
     where county_id = ${filing.countyId} and filing_id = ${filing.id} and id = ${commentId}
    returning ${commentColumns}`.execute(db);
  return found.rows[0];
}

export async function readReminders(db: FilingHandle, filing: FilingRow): Promise<ReminderRow[]> {
  const found = await sql<ReminderRow>`
    select sent_at as at, sent_by_name as by, note from filing_reminders
     where county_id = ${filing.countyId} and period_id = ${filing.periodId} and school_id = ${filing.schoolId}
     order by sent_at desc limit 20`.execute(db);
  return found.rows;
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
     where place_id = ${filing.countyId} and object_type = 'filing' and object_id = ${filing.id}
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
     where place_id = ${filing.countyId} and object_type = 'filing' and object_id = ${filing.id}
       and action in ('filing.filled', 'filing.imported') and field = any(${[...fields]}::text[])
     order by field, id desc`.execute(db);
  return new Map(found.rows.map(({ field, by, at }) => [field, { by, at }]));
}
