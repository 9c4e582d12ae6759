import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { MailWishes } from '#domain/notice/delivery.ts';
import type { Handle } from '#platform/db/handle.ts';

export type MailHandle = Handle<'mail_addresses' | 'mail_refusals', 'people'>;

/** Wrong codes that end a code. */
export const mostWrongMailCodes = 5;
/** Codes that one person may ask for on a day, and the seconds between two of them. */
export const mostMailCodes = 10;
export const betweenMailCodes = 60;
export const mailCodeMinutes = 30;

export interface MailState extends MailWishes {
  readonly address: string | null;
  readonly confirmedAt: Date | null;
  /** The address to which a code was sent, or will be. */
  readonly askedAddress: string | null;
  readonly askedFault: string | null;
  readonly codeUntil: Date | null;
  readonly refused: readonly string[];
}

/** What a person has said about mail; what holds where nothing was said. */
export async function getMailState(db: MailHandle, personId: string): Promise<MailState> {
  const found = await sql<Omit<MailState, 'refused'>>`
    select address, confirmed_at as "confirmedAt", asked_address as "askedAddress", asked_fault as "askedFault",
           code_until as "codeUntil", quiet_from as "quietFrom", quiet_until as "quietUntil", digest_at as "digestAt"
      from mail_addresses where person_id = ${personId}`.execute(db);
  const refused = await db.selectFrom('mail_refusals').where('person_id', '=', personId).select('kind').execute();
  const nothingSaid = {
    ...{ address: null, confirmedAt: null, askedAddress: null, askedFault: null, codeUntil: null },
    ...{ quietFrom: 22 * 60, quietUntil: 7 * 60, digestAt: null },
  };
  return { ...(found.rows[0] ?? nothingSaid), refused: refused.map(({ kind }) => kind).sort() };
}

/**
 * Notes the address that a person wants. The code is made when it is sent; until it comes back the address before counts.
 * @returns false where the person asked a moment ago, or too often today
 */
export async function writeAskedAddress(
  db: MailHandle,
  personId: string,
  address: string,
  { now, today }: { readonly now: Date; readonly today: string },
): Promise<boolean> {
  const before = new Date(now.getTime() - betweenMailCodes * 1000);
  const asked = await sql`
    insert into mail_addresses (person_id, asked_address, asked_at, asked_on, asked_times)
    values (${personId}, ${address}, ${now}, ${today}, 1)
    on conflict (person_id) do update
       set asked_address = excluded.asked_address, asked_at = excluded.asked_at, asked_on = excluded.asked_on,
           asked_times = case when mail_addresses.asked_on = excluded.asked_on then mail_addresses.asked_times + 1 else 1 end,
           asked_fault = null, code_hash = null, code_until = null, wrong_codes = 0
     where (mail_addresses.asked_at is null or mail_addresses.asked_at <= ${before})
       and (mail_addresses.asked_on is distinct from excluded.asked_on or mail_addresses.asked_times < ${mostMailCodes})
    returning person_id`.execute(db);
  return asked.rows.length > 0;
}

/** The address that waits for a code, with the name of its person; undefined where none does. */
export async function findAskedAddress(
  db: MailHandle,
  personId: string,
): Promise<{ address: string; name: string } | undefined> {
  const found = await sql<{ address: string; name: string }>`
    select m.asked_address as address, p.name
      from mail_addresses m join people p on p.id = m.person_id and p.status = 'active'
     where m.person_id = ${personId} and m.asked_address is not null`.execute(db);
  return found.rows[0];
}

/** A code that was asked for, as an operator sees it: without the code. */
export interface AskedCode {
  readonly person: string;
  readonly address: string;
  readonly askedAt: Date;
  readonly sent: boolean;
  readonly fault: string | null;
}

/** How many codes an operator sees at most: the newest. */
export const mostAskedCodes = 50;

/** The codes that have not come back, those that could not be sent first. */
export async function listAskedCodes(db: MailHandle): Promise<AskedCode[]> {
  const found = await sql<AskedCode>`
    select p.name as person, m.asked_address as address, m.asked_at as "askedAt", m.code_until is not null as sent,
           m.asked_fault as fault
      from mail_addresses m join people p on p.id = m.person_id
     where m.asked_address is not null and m.asked_at is not null
     order by m.asked_fault is null, m.asked_at desc, m.person_id limit ${mostAskedCodes}`.execute(db);
  return found.rows;
}

/** The six digits alone are too few to be kept as a bare hash of theirs; the person and the address go into it. */
const hashOf = (personId: string, address: string, code: string) =>
  createHash('sha256').update(`${personId}:${address}:${code}`).digest('hex');

/** Keeps the code that is about to be sent to the asked address; only its hash. */
export async function writeMailCode(
  db: MailHandle,
  personId: string,
  address: string,
  code: string,
  now: Date,
): Promise<void> {
  await db
    .updateTable('mail_addresses')
    .set({
      code_hash: hashOf(personId, address, code),
      code_until: new Date(now.getTime() + mailCodeMinutes * 60_000),
      wrong_codes: 0,
      asked_fault: null,
    })
    .where('person_id', '=', personId)
    .where('asked_address', '=', address)
    .execute();
}

export async function writeAskedFault(db: MailHandle, personId: string, address: string, fault: string): Promise<void> {
  await db
    .updateTable('mail_addresses')
    .set({ asked_fault: fault, code_hash: null, code_until: null })
    .where('person_id', '=', personId)
    .where('asked_address', '=', address)
    .execute();
}

/**
 * One try of a code, counted in the same statement, so that guesses at once share the same five. The right one makes the asked
 * address the person's own.
 */
export async function writeMailCodeTry(
  db: MailHandle,
  personId: string,
  code: string,
  now: Date,
): Promise<'right' | 'wrong' | 'over'> {
  const state = await getMailState(db, personId);
  if (state.askedAddress === null) return 'over';
  const hash = hashOf(personId, state.askedAddress, code);
  const tried = await sql<{ right: boolean }>`
    update mail_addresses
       set wrong_codes = wrong_codes + case when code_hash = ${hash} then 0 else 1 end
     where person_id = ${personId} and asked_address = ${state.askedAddress} and code_until > ${now}
       and wrong_codes < ${mostWrongMailCodes}
    returning code_hash = ${hash} as right`.execute(db);
  const row = tried.rows[0];
  if (row === undefined) return 'over';
  if (!row.right) return 'wrong';
  await db
    .updateTable('mail_addresses')
    .set({
      ...{ address: state.askedAddress, confirmed_at: now, asked_address: null, asked_fault: null },
      ...{ code_hash: null, code_until: null, wrong_codes: 0 },
    })
    .where('person_id', '=', personId)
    .execute();
  return 'right';
}

/** Takes both addresses back; what the person said about quiet hours and kinds stays. */
export async function deleteMailAddress(db: MailHandle, personId: string): Promise<boolean> {
  const gone = await db
    .updateTable('mail_addresses')
    .set({
      ...{ address: null, confirmed_at: null, asked_address: null, asked_fault: null },
      ...{ code_hash: null, code_until: null, wrong_codes: 0 },
    })
    .where('person_id', '=', personId)
    .where(({ or, eb }) => or([eb('address', 'is not', null), eb('asked_address', 'is not', null)]))
    .returning('person_id')
    .execute();
  return gone.length > 0;
}

export async function writeMailWishes(
  db: MailHandle,
  personId: string,
  { quietFrom, quietUntil, digestAt, refused }: MailWishes & { readonly refused: readonly string[] },
): Promise<void> {
  await sql`
    insert into mail_addresses (person_id, quiet_from, quiet_until, digest_at)
    values (${personId}, ${quietFrom}, ${quietUntil}, ${digestAt})
    on conflict (person_id) do update
       set quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, digest_at = excluded.digest_at`.execute(
    db,
  );
  await db.deleteFrom('mail_refusals').where('person_id', '=', personId).execute();
  if (refused.length > 0) {
    await db
      .insertInto('mail_refusals')
      .values(refused.map((kind) => ({ person_id: personId, kind })))
      .execute();
  }
}

export interface MailReader extends Pick<MailWishes, 'quietFrom' | 'quietUntil'> {
  readonly name: string;
  /** Null for whoever cannot be written to. */
  readonly address: string | null;
}

/** The names of these people, and the confirmed addresses of those whose accounts are in use. */
export async function listMailReaders(db: MailHandle, personIds: readonly string[]): Promise<Map<string, MailReader>> {
  if (personIds.length === 0) return new Map();
  const found = await sql<MailReader & { id: string }>`
    select p.id, p.name, case when p.status = 'active' then m.address end as address,
           m.quiet_from as "quietFrom", m.quiet_until as "quietUntil"
      from people p left join mail_addresses m on m.person_id = p.id
     where p.id = any(${[...new Set(personIds)]}::uuid[])`.execute(db);
  return new Map(found.rows.map(({ id, ...reader }) => [id, reader]));
}
