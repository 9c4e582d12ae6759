import { sql } from 'kysely';
import type { DeliveryState, MailWishes } from '#domain/notice/delivery.ts';
import type { Handle } from '#platform/db/handle.ts';
import { type Page, type Paging, pageOf } from '#platform/db/listing.ts';

/** Everything here goes by functions of the database, because a delivery lies where no single post reaches. */
export type DeliveryHandle = Handle<
  'notice_deliveries' | 'mail_addresses' | 'mail_refusals',
  'people' | 'grants' | 'roles' | 'stand_ins'
>;

/** A notice for which nobody has decided whether it leaves the inbox. */
export interface UnplannedNotice {
  readonly place: number;
  readonly notice: string;
  readonly kind: string;
  readonly reaches: string;
  readonly school: number | null;
  readonly person: string | null;
  readonly post: string | null;
  readonly sentAt: Date;
}

export async function listUnplanned(db: DeliveryHandle, most: number): Promise<UnplannedNotice[]> {
  const found = await sql<UnplannedNotice>`
    select u.place, u.notice, u.of_kind as kind, u.reaches, u.school, u.person, u.post, u.moment as "sentAt"
      from unplanned_notices(${most}::int) as u`.execute(db);
  return found.rows;
}

/** Somebody who wants a notice by mail. */
export interface Recipient extends MailWishes {
  readonly place: number;
  readonly notice: string;
  readonly kind: string;
  readonly school: number | null;
  readonly person: string;
}

/**
 * Who gets these notices by mail: those in whose inbox they stand, who have confirmed an address and did not refuse the kind.
 * The addressees are those of `listNoticesFor`; whoever stands in for a post today gets what its holder gets.
 */
export async function listRecipients(
  db: DeliveryHandle,
  notices: readonly UnplannedNotice[],
  now: Date,
): Promise<Recipient[]> {
  if (notices.length === 0) return [];
  const found = await sql<Recipient>`
    with asked as (
      select * from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as w(
        place integer, notice uuid, kind text, reaches text, school integer, person uuid, post uuid)
    ), held as (
      select g.id, g.role_key, g.unit_id, g.school_id, g.person_id from grants g where g.revoked_at is null
      union all
      select g.id, g.role_key, g.unit_id, g.school_id, i.person_id
        from stand_ins i join grants g on g.id = i.grant_id and g.revoked_at is null
       where i.ended_at is null and i.valid_from <= ${now}
         and ${now} < (i.until + 1)::timestamp at time zone 'Asia/Shanghai'
    ), addressed as (
      select a.*, a.person as reader from asked a where a.reaches = 'person'
      union
      select a.*, h.person_id from asked a join held h on h.id = a.post where a.reaches = 'post'
      union
      select a.*, h.person_id from asked a join held h on h.school_id = a.school
        join roles r on r.key = h.role_key and r.reach = 'school' where a.reaches = 'school'
      union
      select a.*, h.person_id from asked a join held h on h.unit_id = a.place
        join roles r on r.key = h.role_key and r.reach in ('city', 'county') where a.reaches = 'place'
    )
    select d.place, d.notice, d.kind, d.school, d.reader as person,
           m.quiet_from as "quietFrom", m.quiet_until as "quietUntil", m.digest_at as "digestAt"
      from addressed d
      join people p on p.id = d.reader and p.status = 'active'
      join mail_addresses m on m.person_id = d.reader and m.address is not null
      left join mail_refusals f on f.person_id = d.reader and f.kind = d.kind
     where f.kind is null`.execute(db);
  return found.rows;
}

export interface NewDelivery {
  readonly place: number;
  readonly id: string;
  readonly notice: string;
  readonly kind: string;
  readonly person: string;
  readonly school: number | null;
  readonly message: string;
  readonly due: string;
}

/** Writes the deliveries, each once, and marks the notices as planned. */
export async function writePlanned(
  db: DeliveryHandle,
  notices: readonly UnplannedNotice[],
  deliveries: readonly NewDelivery[],
  now: Date,
): Promise<void> {
  const planned = notices.map(({ place, notice }) => ({ place, id: notice }));
  await sql`
    select * from plan_deliveries(${JSON.stringify(planned)}::jsonb, ${JSON.stringify(deliveries)}::jsonb, ${now})`.execute(
    db,
  );
}

/** Marks as uncertain what a server took that has not come back. Returns how many there were. */
export async function writeAbandoned(db: DeliveryHandle, sentence: string, now: Date): Promise<number> {
  const found = await sql<{ n: number }>`select abandon_deliveries(${sentence}, ${now}) as n`.execute(db);
  return found.rows[0]?.n ?? 0;
}

export interface DueDelivery {
  readonly place: number;
  readonly person: string;
  readonly message: string;
  readonly tries: number;
}

export async function findDueDelivery(db: DeliveryHandle, now: Date): Promise<DueDelivery | undefined> {
  const found = await sql<DueDelivery>`
    select n.place, n.person, n.message, n.tries from next_delivery(${now}) as n`.execute(db);
  return found.rows[0];
}

/** Moves another try of a mail to a later moment. */
export async function writePostponed(
  db: DeliveryHandle,
  { place, person, message }: DueDelivery,
  until: Date,
): Promise<void> {
  await sql`select postpone_deliveries(${place}::int, ${person}::uuid, ${message}, ${until})`.execute(db);
}

/** Takes a due delivery with what belongs into the same mail. Nothing comes back where another server was quicker. */
export async function claimDeliveries(
  db: DeliveryHandle,
  { place, person, message, tries }: DueDelivery,
  now: Date,
  seconds: number,
): Promise<{ notice: string; kind: string; repeated: boolean }[]> {
  const found = await sql<{ notice: string; kind: string; repeated: boolean }>`
    select c.notice, c.of_kind as kind, c.again as repeated
      from claim_deliveries(${place}::int, ${person}::uuid, ${message}, ${tries}::int, ${now}, ${seconds}::int) as c
     order by c.notice`.execute(db);
  return found.rows;
}

/** Writes what became of a mail. Returns false where another server had taken it over meanwhile. */
export async function writeOutcome(
  db: DeliveryHandle,
  { place, message }: Pick<DueDelivery, 'place' | 'message'>,
  outcome: { readonly state: 'sent' | 'failed' | 'uncertain' | 'later'; readonly sentence: string | null },
  next: Date | null,
  now: Date,
): Promise<boolean> {
  const found = await sql<{ n: number }>`
    select settle_deliveries(${place}::int, ${message}, ${outcome.state}, ${outcome.sentence}, ${next}, ${now}) as n`.execute(
    db,
  );
  return (found.rows[0]?.n ?? 0) > 0;
}

/** A delivery as an operator sees it. */
export interface DeliveryRow {
  readonly placeId: number;
  readonly id: string;
  readonly kind: string;
  readonly personId: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly repeated: boolean;
  readonly messageId: string;
  readonly sentence: string | null;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly sentAt: Date | null;
  readonly readAt: Date | null;
}

/** The newest first. */
export async function listDeliveries(
  db: DeliveryHandle,
  { state = null, ...paging }: Paging & { readonly state?: DeliveryState | null | undefined },
): Promise<Page<DeliveryRow>> {
  const behind = (paging.page - 1) * paging.pageSize;
  const found = await sql<DeliveryRow & { total: number }>`
    select l.place as "placeId", l.delivery as id, l.of_kind as kind, l.person as "personId", l.as_state as state,
           l.tries as attempts, l.again as repeated, l.message as "messageId", l.words as sentence, l.made as "createdAt",
           l.due as "dueAt", l.went as "sentAt", l.was_read as "readAt", l.total::int as total
      from list_deliveries(${state}::text, ${paging.pageSize}::int, ${behind}::int) as l`.execute(db);
  return pageOf(found.rows, paging, async () => {
    const counts = await countDeliveries(db);
    return counts.filter((one) => state === null || one.state === state).reduce((sum, { count }) => sum + count, 0);
  });
}

export async function countDeliveries(db: DeliveryHandle): Promise<{ state: DeliveryState; count: number }[]> {
  const found = await sql<{ state: DeliveryState; count: number }>`
    select c.as_state as state, c.deliveries::int as count from count_deliveries() as c`.execute(db);
  return found.rows;
}

/** To whom a failed delivery goes. */
export async function findFailedPerson(
  db: DeliveryHandle,
  { placeId, id }: Pick<DeliveryRow, 'placeId' | 'id'>,
): Promise<string | undefined> {
  const found = await sql<{ person: string }>`
    select l.person from list_deliveries('failed', null, 0) as l
     where l.place = ${placeId}::int and l.delivery = ${id}::uuid`.execute(db);
  return found.rows[0]?.person;
}

/** Gives a failed delivery another try, and returns its kind; undefined where it has not failed. */
export async function retryDelivery(
  db: DeliveryHandle,
  { placeId, id }: Pick<DeliveryRow, 'placeId' | 'id'>,
  due: Date,
): Promise<string | undefined> {
  const found = await sql<{ kind: string }>`
    select r.kind from retry_delivery(${placeId}::int, ${id}::uuid, ${due}) as r(kind)`.execute(db);
  return found.rows[0]?.kind;
}
