import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Actor, Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Letter } from '#domain/letter/letter.shape.ts';
import type { LetterKind, LetterState, ReceiptState } from '#domain/letter/state.ts';
import { among, limited, orderBy, type Page, type Paging, pageOf, searched } from '#platform/db/listing.ts';
import type { LetterHandle } from '../letter.store.ts';

/** A letter as its addressee has it. */
export interface ReceiptRow {
  readonly type: 'letter-receipt';
  readonly id: string;
  readonly placeId: number;
  readonly schoolId: number | null;
  readonly letterPlaceId: number;
  readonly letterId: string;
  readonly kind: LetterKind;
  readonly number: string;
  readonly title: string;
  readonly issuedOn: Day;
  readonly digest: string;
  readonly withdrawnOn: Day | null;
  readonly reason: string | null;
  readonly receivedByName: string | null;
  readonly receivedAt: Date | null;
  readonly sender: string;
  /** The unit that wrote it, whatever is printed. */
  readonly writer: string;
  readonly addressee: string;
}

const receiptColumns = sql`
  'letter-receipt' as type, c.id, c.place_id as "placeId", c.school_id as "schoolId",
  c.letter_place_id as "letterPlaceId", c.letter_id as "letterId", c.kind, c.number_text as number, c.title,
  c.issued_on as "issuedOn", c.model_hash as digest, c.withdrawn_on as "withdrawnOn", c.reason,
  c.received_by_name as "receivedByName", c.received_at as "receivedAt", c.signer as sender, w.name as writer,
  coalesce((select s.name from schools s where s.county_id = c.place_id and s.id = c.school_id), u.name) as addressee`;

const receiptTables = sql`letter_receipts c join org_units u on u.id = c.place_id join org_units w on w.id = c.letter_place_id`;

/** What came to the unit or to the school of this post. */
export function addressedTo({ level, unitId }: Pick<Actor, 'level' | 'unitId'>, scope: Scope): RawBuilder<SqlBool> {
  if (level === 'city' || level === 'county') return sql<SqlBool>`c.place_id = ${unitId ?? 0} and c.school_id is null`;
  const schools = sql`c.school_id = any(${[...(scope.schools ?? [])]}::int[])`;
  return level === 'school' || level === 'schools'
    ? sql<SqlBool>`c.place_id = ${among(scope.places)} and ${schools}`
    : sql<SqlBool>`false`;
}

type Reading = { readonly actor: Actor; readonly scope: Scope };

/** The receipt by its own number, or by that of its letter, by which a notice names it. */
export async function findReceipt(
  db: LetterHandle,
  { actor, scope }: Reading,
  id: string,
): Promise<(ReceiptRow & { readonly model: Letter }) | undefined> {
  const { rows } = await sql<ReceiptRow & { model: Letter }>`
    select ${receiptColumns}, receipt_text(c.place_id, c.id) as model from ${receiptTables}
     where ${addressedTo(actor, scope)} and (c.id = ${id} or c.letter_id = ${id})
     order by c.id = ${id} desc limit 1`.execute(db);
  return rows[0];
}

export interface ReceiptFilter {
  readonly state?: ReceiptState | undefined;
  readonly kind?: LetterKind | undefined;
  readonly search?: string | undefined;
  readonly sort?: string | undefined;
}

export interface AskedReceipts<Filter extends ReceiptFilter = ReceiptFilter> extends Reading {
  readonly filter: Filter;
}

const ofState: Readonly<Record<ReceiptState, RawBuilder<SqlBool>>> = {
  waiting: sql<SqlBool>`c.received_at is null and c.withdrawn_on is null`,
  received: sql<SqlBool>`c.received_at is not null and c.withdrawn_on is null`,
  withdrawn: sql<SqlBool>`c.withdrawn_on is not null`,
};

function matching({ actor, scope, filter }: AskedReceipts): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [addressedTo(actor, scope)];
  if (filter.state !== undefined) conditions.push(ofState[filter.state]);
  if (filter.kind !== undefined) conditions.push(sql`c.kind = ${filter.kind}`);
  if (filter.search) conditions.push(searched(sql`c.search`, filter.search));
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

const sortColumns = {
  issuedOn: sql`c.issued_on`,
  number: sql`c.number_text`,
  title: sql`c.title collate "zh-x-icu"`,
  receivedAt: sql`c.received_at`,
};

const ordered = (sort: string | undefined) => orderBy(sort, sortColumns, '-issuedOn', sql`c.place_id, c.id`);

export async function listReceipts(
  db: LetterHandle,
  asked: AskedReceipts<ReceiptFilter & Paging>,
): Promise<Page<ReceiptRow>> {
  const { filter } = asked;
  const { rows } = await sql<ReceiptRow & { total: number }>`
    select ${receiptColumns}, count(*) over ()::int as total from ${receiptTables}
     where ${matching(asked)} order by ${ordered(filter.sort)} ${limited(filter)}`.execute(db);
  return pageOf(rows, filter, async () => {
    const counted = await sql<{ n: number }>`
      select count(*)::int as n from letter_receipts c where ${matching(asked)}`.execute(db);
    return counted.rows[0]!.n;
  });
}

export async function findReceiptRegister(db: LetterHandle, asked: AskedReceipts, most: number): Promise<ReceiptRow[]> {
  const { rows } = await sql<ReceiptRow>`
    select ${receiptColumns} from ${receiptTables}
     where ${matching(asked)} order by ${ordered(asked.filter.sort)} limit ${most}`.execute(db);
  return rows;
}

/** Receives it once, here and at its writer's place; false where somebody was first or it was withdrawn. */
export async function writeReceived(
  db: LetterHandle,
  { placeId, id }: Pick<ReceiptRow, 'placeId' | 'id'>,
  by: { readonly id: string; readonly name: string; readonly at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select receive_letter(${placeId}, ${id}, ${by.id}, ${by.name}, ${by.at}) as done`.execute(db);
  return rows[0]!.done;
}

/** Letters of the place that answer this one. */
export async function listAnswers(
  db: LetterHandle,
  { placeId, letterPlaceId, letterId }: Pick<ReceiptRow, 'placeId' | 'letterPlaceId' | 'letterId'>,
): Promise<{ id: string; title: string; state: LetterState }[]> {
  const { rows } = await sql<{ id: string; title: string; state: LetterState }>`
    select l.id, l.title, l.state from letters l
     where l.place_id = ${placeId} and l.reply_to_place_id = ${letterPlaceId} and l.reply_to_id = ${letterId}
       and not l.restricted
     order by l.updated_at desc, l.id limit 50`.execute(db);
  return rows;
}
