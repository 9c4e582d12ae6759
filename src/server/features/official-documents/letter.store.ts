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
  'steps' | 'notices' | 'attachments' | 'uploads' | 'org_units' | 'schools' | 'periods' | 'audit_events' | 'people'
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
  /** The unit that signs beside the one that writes; null where none does. */
  readonly cosignerUnitId: number | null;
  readonly cosignerName: string | null;
  readonly cosignedByName: string | null;
  readonly cosignedAt: Date | null;
  /** Why the partner was taken out. */
  readonly cosignerDropped: string | null;
  readonly draftedBy: string;
  readonly draftedByName: string;
  /** Who goes on with it since its drafter left; null: the drafter. */
  readonly handledByName: string | null;
  /** The hands of the text. */
  readonly writtenBy: readonly string[];
  readonly updatedAt: Date;
}

const letterColumns = sql`
  'letter' as type, l.place_id as "placeId", null as "schoolId", l.id, l.series_id as "seriesId", l.kind, l.title, l.model,
  l.model_hash as digest, l.state, l.revision, l.restricted, l.on_paper as "onPaper", l.number_text as number, l.year,
  l.number as ordinal, l.signed_on as "signedOn", l.issued_on as "issuedOn", l.withdrawn_on as "withdrawnOn", l.reason,
  l.reply_to_place_id as "replyToPlaceId", l.reply_to_id as "replyToId", l.source_label as "sourceLabel",
  l.cosigner_unit_id as "cosignerUnitId", (select u.name from org_units u where u.id = l.cosigner_unit_id) as "cosignerName",
  l.cosigned_by_name as "cosignedByName", l.cosigned_at as "cosignedAt", l.cosigner_dropped as "cosignerDropped",
  l.drafted_by as "draftedBy", l.drafted_by_name as "draftedByName", l.handled_by_name as "handledByName", l.written_by as "writtenBy",
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
      or l.drafted_by = any(${hands}) or l.handled_by = any(${hands}) or l.written_by && ${hands} or exists (
        select 1 from steps s
         where s.place_id = l.place_id and s.subject_type = 'letter' and s.subject_id = l.id and s.actor_id = any(${hands}))))`;
}

/** Who goes on with a letter: its drafter, until it was handed over. */
export const handler = sql<string>`coalesce(l.handled_by, l.drafted_by)`;

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

/** How many letters of a place this person handles that nobody was asked to judge. */
export async function countDrafts(db: LetterHandle, placeId: number, personId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from letters l
     where l.place_id = ${placeId} and l.state = 'draft' and ${handler} = ${personId}`.execute(db);
  return rows[0]!.n;
}

export interface NewLetter
  extends Pick<LetterRow, 'placeId' | 'id' | 'seriesId' | 'kind' | 'title' | 'restricted' | 'writtenBy'> {
  readonly model: Letter;
  readonly replyTo?: { readonly placeId: number; readonly id: string } | undefined;
  readonly source?: { readonly type: string; readonly id: string; readonly label: string } | undefined;
  readonly cosignerUnitId?: number | null | undefined;
  readonly draftedBy: string;
  readonly draftedByName: string;
  readonly alsoFoundBy: string;
  readonly at: Date;
}

/** Writes the letter; false where its source has asked for it before. */
export async function insertLetter(db: LetterHandle, one: NewLetter): Promise<boolean> {
  const written = await db
    .insertInto('letters')
    .values({
      place_id: one.placeId,
      id: one.id,
      series_id: one.seriesId,
      kind: one.kind,
      title: one.title,
      model: JSON.stringify(one.model),
      restricted: one.restricted,
      reply_to_place_id: one.replyTo?.placeId ?? null,
      reply_to_id: one.replyTo?.id ?? null,
      source_type: one.source?.type ?? null,
      source_id: one.source?.id ?? null,
      source_label: one.source?.label ?? '',
      cosigner_unit_id: one.cosignerUnitId ?? null,
      drafted_by: one.draftedBy,
      drafted_by_name: one.draftedByName,
      written_by: [...one.writtenBy],
      drafted_at: one.at,
      updated_at: one.at,
      also_found_by: one.alsoFoundBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return written.length === 1;
}

/** A letter that was numbered on paper, as it is entered into the register. */
export interface PaperLetter
  extends Pick<NewLetter, 'placeId' | 'id' | 'kind' | 'title' | 'draftedBy' | 'draftedByName' | 'alsoFoundBy' | 'at'> {
  readonly seriesId: string;
  readonly ordinal: number;
  readonly issuedOn: Day;
}

/**
 * Enters a letter of before the platform.
 * @returns undefined where the number stands already; without its number where it is not below the first of the platform
 */
export async function writePaperLetter(
  db: LetterHandle,
  one: PaperLetter,
): Promise<{ readonly first: number; readonly number: string | null } | undefined> {
  const { rows } = await sql<{ first: number; number: string | null }>`
    select beginning as first, said as number
      from enter_paper_letter(${one.placeId}, ${one.seriesId}, ${one.id}, ${one.kind}, ${one.title}, ${one.alsoFoundBy},
                              ${one.ordinal}, ${one.issuedOn}::date, ${one.draftedBy}, ${one.draftedByName},
                              ${one.at}::timestamptz)`.execute(db);
  return rows[0];
}

/** The columns that acts set; what an issue gives is set by `writeIssued` alone. */
export type LetterChange = Partial<
  Pick<
    LetterRow,
    | 'seriesId'
    | 'kind'
    | 'title'
    | 'model'
    | 'state'
    | 'restricted'
    | 'signedOn'
    | 'withdrawnOn'
    | 'reason'
    | 'writtenBy'
    | 'cosignedByName'
    | 'cosignedAt'
    | 'cosignerDropped'
  >
> & { readonly alsoFoundBy?: string };

const columnOf: Readonly<Record<keyof LetterChange, string>> = {
  seriesId: 'series_id',
  kind: 'kind',
  title: 'title',
  model: 'model',
  state: 'state',
  restricted: 'restricted',
  signedOn: 'signed_on',
  withdrawnOn: 'withdrawn_on',
  reason: 'reason',
  writtenBy: 'written_by',
  alsoFoundBy: 'also_found_by',
  cosignedByName: 'cosigned_by_name',
  cosignedAt: 'cosigned_at',
  cosignerDropped: 'cosigner_dropped',
};

/** The statement that writes new values of a locked letter and counts its revision up. */
export function letterWrite(db: LetterHandle, letter: LockedRow, change: LetterChange, now: Date): CompiledQuery {
  const columns = Object.entries(change).map(([key, value]) => [
    columnOf[key as keyof LetterChange],
    key === 'model' && value !== null ? JSON.stringify(value) : value,
  ]);
  return rowWrite(db, 'letters', letter, { ...Object.fromEntries(columns), updated_at: now });
}

/** What an issue gives to a letter. */
export interface IssuedLetter {
  readonly number: string;
  readonly year: number;
  readonly ordinal: number;
  readonly model: Letter;
  readonly digest: string;
  readonly revision: number;
}

/** Why a letter got no number: the last one of its series, and the day behind which today lies. */
export interface NoNumber {
  readonly number: null;
  readonly code: string;
  readonly last: number;
  readonly lastDay: Day | null;
}

/**
 * Numbers and freezes a letter that is locked and signed. Whoever comes meanwhile waits for the end of this transaction, so no
 * number is given twice, and one whose transaction fails is given to the next.
 */
export async function writeIssued(
  db: LetterHandle,
  { placeId, id }: Pick<LetterRow, 'placeId' | 'id'>,
  { on, at }: { readonly on: Day; readonly at: Date },
): Promise<IssuedLetter | NoNumber> {
  const { rows } = await sql<IssuedLetter | NoNumber>`
    select said as number, given as ordinal, series_code as code, newest as last, newest_day as "lastDay", frozen as model,
           extract(year from ${on}::date)::int as year, proof as digest, counted as revision
      from issue_letter(${placeId}, ${id}, ${on}::date, ${at}::timestamptz)`.execute(db);
  return rows[0]!;
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
  const rows = recipients.map(({ unitId, schoolId }, at) => ({ id: newId(), unitId, schoolId, position: at + 1 }));
  await sql`select write_letter_recipients(${placeId}, ${id}, ${JSON.stringify(rows)}::jsonb)`.execute(db);
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
  await sql`select tie_letter(${placeId}, ${id}, ${JSON.stringify(ties)}::jsonb)`.execute(db);
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
