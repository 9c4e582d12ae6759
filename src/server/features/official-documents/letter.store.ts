import { type CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { type Actor, holds, type Scope } from '#domain/access/actor.ts';
import { ownHands } from '#domain/access/signing.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Letter } from '#domain/letter/letter.shape.ts';
import type { LetterKind, LetterState } from '#domain/letter/state.ts';
import type { Handle } from '#platform/db/handle.ts';
import { among } from '#platform/db/listing.ts';
import { type LockedRow, rowWrite } from '#platform/db/locked-row.ts';
import { newId } from '#platform/ids/new-id.ts';

/** The feature's own tables, the shared tables of the core, and registers. */
export type LetterHandle = Handle<
  | 'letter_series'
  | 'letter_counters'
  | 'letters'
  | 'letter_recipients'
  | 'letter_ties'
  | 'letter_prints'
  | 'letter_print_fonts'
  | 'letter_receipts'
  | 'letter_texts',
  'steps' | 'notices' | 'attachments' | 'uploads' | 'org_units' | 'schools' | 'periods'
>;

/** A letter with all that its flow asks. */
export interface LetterRow {
  readonly type: 'letter';
  readonly placeId: number;
  readonly schoolId: null;
  readonly id: string;
  readonly seriesId: string | null;
  readonly kind: LetterKind;
  readonly title: string;
  readonly model: Letter | null;
  readonly digest: string | null;
  readonly state: LetterState;
  readonly revision: number;
  readonly restricted: boolean;
  readonly onPaper: boolean;
  readonly number: string | null;
  readonly year: number | null;
  readonly ordinal: number | null;
  /** 成文日期. */
  readonly signedOn: Day | null;
  /** 印发日期. */
  readonly issuedOn: Day | null;
  readonly withdrawnOn: Day | null;
  readonly reason: string | null;
  readonly replyToPlaceId: number | null;
  readonly replyToId: string | null;
  readonly sourceLabel: string;
  readonly draftedBy: string;
  readonly draftedByName: string;
  /** The hands of the text. */
  readonly writtenBy: readonly string[];
  readonly updatedAt: Date;
}

const letterColumns = sql`
  'letter' as type, l.place_id as "placeId", null as "schoolId", l.id, l.series_id as "seriesId", l.kind, l.title, l.model,
  l.model_hash as digest, l.state, l.revision, l.restricted, l.on_paper as "onPaper", l.number_text as number, l.year,
  l.number as ordinal, l.signed_on as "signedOn", l.issued_on as "issuedOn", l.withdrawn_on as "withdrawnOn", l.reason,
  l.reply_to_place_id as "replyToPlaceId", l.reply_to_id as "replyToId", l.source_label as "sourceLabel",
  l.drafted_by as "draftedBy", l.drafted_by_name as "draftedByName", l.written_by as "writtenBy",
  l.updated_at as "updatedAt"`;

/**
 * The letters that this person may read. What another place writes is its own affair until it is issued; a letter for few
 * is read by the hands of its text and of its steps, by whoever may sign it, and by whoever numbers it once it is signed.
 */
export function readable(actor: Actor, scope: Scope): RawBuilder<SqlBool> {
  const hands = sql`${ownHands(actor)}::text[]`;
  const signs = holds(actor, 'letter.sign');
  const issues = holds(actor, 'letter.issue');
  return sql<SqlBool>`
    l.place_id = ${among(scope.places)} and (l.place_id = ${actor.unitId ?? 0} or l.number is not null)
    and (not l.restricted or l.place_id = ${actor.unitId ?? 0} and (
      ${signs}::boolean or ${issues}::boolean and l.state in ('signed', 'issued', 'withdrawn')
      or l.drafted_by = any(${hands}) or l.written_by && ${hands} or exists (
        select 1 from steps s
         where s.place_id = l.place_id and s.subject_type = 'letter' and s.subject_id = l.id and s.actor_id = any(${hands}))))`;
}

type Reading = { readonly actor: Actor; readonly scope: Scope };

export async function findLetter(
  db: LetterHandle,
  { actor, scope }: Reading,
  id: string,
): Promise<LetterRow | undefined> {
  const found = await sql<LetterRow>`
    select ${letterColumns} from letters l where l.id = ${id} and ${readable(actor, scope)}`.execute(db);
  return found.rows[0];
}

/** The letter, kept until the transaction ends. It is locked before its counter, everywhere. */
export async function lockLetter(db: LetterHandle, reading: Reading, id: string): Promise<LetterRow | undefined> {
  const found = await findLetter(db, reading, id);
  if (!found) return undefined;
  const locked = await sql<LetterRow>`
    select ${letterColumns} from lock_letter(${found.placeId}, ${id}) l`.execute(db);
  return locked.rows[0];
}

export interface NewLetter
  extends Pick<LetterRow, 'placeId' | 'id' | 'seriesId' | 'kind' | 'title' | 'restricted' | 'writtenBy'> {
  readonly model: Letter | null;
  readonly replyTo?: { readonly placeId: number; readonly id: string } | undefined;
  readonly source?: { readonly type: string; readonly id: string; readonly label: string } | undefined;
  readonly draftedBy: string;
  readonly draftedByName: string;
  readonly alsoFoundBy: string;
  readonly at: Date;
  /** For a letter that was issued on paper. */
  readonly paper?: { readonly year: number; readonly ordinal: number; readonly number: string; readonly issuedOn: Day };
}

/** Writes the letter; false where its source has asked for it before, or its number is taken. */
export async function insertLetter(db: LetterHandle, one: NewLetter): Promise<boolean> {
  const { paper } = one;
  const written = await db
    .insertInto('letters')
    .values({
      place_id: one.placeId,
      id: one.id,
      series_id: one.seriesId,
      kind: one.kind,
      title: one.title,
      model: one.model === null ? null : JSON.stringify(one.model),
      restricted: one.restricted,
      reply_to_place_id: one.replyTo?.placeId ?? null,
      reply_to_id: one.replyTo?.id ?? null,
      source_type: one.source?.type ?? null,
      source_id: one.source?.id ?? null,
      source_label: one.source?.label ?? '',
      drafted_by: one.draftedBy,
      drafted_by_name: one.draftedByName,
      written_by: [...one.writtenBy],
      drafted_at: one.at,
      updated_at: one.at,
      also_found_by: one.alsoFoundBy,
      ...(paper
        ? {
            on_paper: true,
            state: 'issued',
            year: paper.year,
            number: paper.ordinal,
            number_text: paper.number,
            issued_on: paper.issuedOn,
          }
        : {}),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return written.length === 1;
}

/** The columns that acts set. */
export type LetterChange = Partial<
  Pick<
    LetterRow,
    | 'seriesId'
    | 'kind'
    | 'title'
    | 'model'
    | 'digest'
    | 'state'
    | 'restricted'
    | 'number'
    | 'year'
    | 'ordinal'
    | 'signedOn'
    | 'issuedOn'
    | 'withdrawnOn'
    | 'reason'
    | 'writtenBy'
  >
> & { readonly alsoFoundBy?: string };

const columnOf: Readonly<Record<keyof LetterChange, string>> = {
  seriesId: 'series_id',
  kind: 'kind',
  title: 'title',
  model: 'model',
  digest: 'model_hash',
  state: 'state',
  restricted: 'restricted',
  number: 'number_text',
  year: 'year',
  ordinal: 'number',
  signedOn: 'signed_on',
  issuedOn: 'issued_on',
  withdrawnOn: 'withdrawn_on',
  reason: 'reason',
  writtenBy: 'written_by',
  alsoFoundBy: 'also_found_by',
};

/** The statement that writes new values of a locked letter and counts its revision up. */
export function letterWrite(db: LetterHandle, letter: LockedRow, change: LetterChange, now: Date): CompiledQuery {
  const columns = Object.entries(change).map(([key, value]) => [
    columnOf[key as keyof LetterChange],
    key === 'model' && value !== null ? JSON.stringify(value) : value,
  ]);
  return rowWrite(db, 'letters', letter, { ...Object.fromEntries(columns), updated_at: now });
}

/** Takes back an issued letter that is locked: its text, its number and its days stay as they are. */
export async function writeWithdrawn(
  db: LetterHandle,
  { placeId, id }: Pick<LetterRow, 'placeId' | 'id'>,
  { on, reason, at }: { readonly on: Day; readonly reason: string; readonly at: Date },
): Promise<Pick<LetterRow, 'id' | 'revision' | 'state'>> {
  const { rows } = await sql<{ revision: number }>`
    select counted as revision from close_letter(${placeId}, ${id}, ${on}::date, ${reason}, ${at}::timestamptz)`.execute(
    db,
  );
  return { id, revision: rows[0]!.revision, state: 'withdrawn' };
}

/** An addressee of the register. */
export interface RecipientRef {
  readonly unitId: number;
  readonly schoolId: number | null;
}

/** Replaces the addressees of a letter that is not issued. */
export async function writeRecipients(
  db: LetterHandle,
  { placeId, id }: Pick<LetterRow, 'placeId' | 'id'>,
  recipients: readonly RecipientRef[],
): Promise<void> {
  await db.deleteFrom('letter_recipients').where('place_id', '=', placeId).where('letter_id', '=', id).execute();
  if (recipients.length === 0) return;
  const rows = recipients.map(({ unitId, schoolId }, at) => ({ id: newId(), unitId, schoolId, position: at + 1 }));
  await sql`
    insert into letter_recipients (place_id, letter_id, id, unit_id, school_id, position)
    select ${placeId}::int, ${id}::uuid, w.id, w."unitId", w."schoolId", w.position
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id uuid, "unitId" int, "schoolId" int, position smallint)
    on conflict do nothing returning id`.execute(db);
}

/** What a letter is about. */
export interface LetterTie {
  readonly subjectType: string;
  readonly subjectPlaceId: number;
  readonly subjectId: string;
  readonly title: string;
}

export async function insertTies(
  db: LetterHandle,
  { placeId, id }: Pick<LetterRow, 'placeId' | 'id'>,
  ties: readonly LetterTie[],
): Promise<void> {
  if (ties.length === 0) return;
  await db
    .insertInto('letter_ties')
    .values(
      ties.map((tie) => ({
        place_id: placeId,
        letter_id: id,
        subject_type: tie.subjectType,
        subject_place_id: tie.subjectPlaceId,
        subject_id: tie.subjectId,
        title: tie.title,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The receipts that the act of issuing writes, or the one of withdrawing marks, at the places of the addressees. */
export interface DeliveredReceipt {
  readonly id: string;
  readonly placeId: number;
  readonly schoolId: number | null;
}

export async function writeDelivered(
  db: LetterHandle,
  { placeId, id }: Pick<LetterRow, 'placeId' | 'id'>,
): Promise<DeliveredReceipt[]> {
  const { rows } = await sql<DeliveredReceipt>`
    select receipt as id, receipt_place as "placeId", receipt_school as "schoolId" from deliver_letter(${placeId}, ${id})`.execute(
    db,
  );
  return rows;
}

export async function writeTakenBack(
  db: LetterHandle,
  { placeId, id }: Pick<LetterRow, 'placeId' | 'id'>,
): Promise<DeliveredReceipt[]> {
  const { rows } = await sql<DeliveredReceipt>`
    select receipt as id, receipt_place as "placeId", receipt_school as "schoolId" from withdraw_letter(${placeId}, ${id})`.execute(
    db,
  );
  return rows;
}

/** The audit row of an act on one letter. */
export function recordOf(
  { id, placeId }: Pick<LetterRow, 'id' | 'placeId'>,
  done: string,
  what: Pick<AuditEntry, 'fields' | 'before' | 'after'>,
): AuditEntry {
  return { action: `letter.${done}`, objectType: 'letter', objectId: id, placeId, ...what };
}
