import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { SeatPart } from '#domain/evaluation/lists.ts';
import type { RegisteredPost, RegisteredRelation } from '#domain/inspection/declared.ts';
import type { InspectorKind } from '#domain/inspection/inspector.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { among, searched } from '#platform/db/listing.ts';
import type { Campaign, CampaignHandle } from './campaign.store.ts';

type Key = Pick<Campaign, 'placeId' | 'id'>;

/** A seat of a panel. Its days are those of the assignment where somebody comes by it from outside. */
export interface SeatRow {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly grantId: string | null;
  readonly inspectorPlaceId: number | null;
  readonly inspectorId: string | null;
  readonly part: SeatPart;
  readonly scores: boolean;
  readonly nodes: string[];
  readonly subjects: string[] | null;
  readonly from: Day;
  readonly to: Day;
  readonly endedOn: Day | null;
  readonly readEditionAt: Date | null;
  readonly waivedReason: string | null;
  readonly revision: number;
}

/** All seats of a campaign, those that ended too, in the order in which they were given. */
export async function listSeats(db: CampaignHandle, { placeId, id }: Key): Promise<SeatRow[]> {
  const found = await sql<SeatRow>`
    select s.id, s.person_id as "personId", s.name, s.grant_id as "grantId", s.inspector_place_id as "inspectorPlaceId",
           s.inspector_id as "inspectorId", s.part, s.scores, s.nodes, s.subjects,
           coalesce(s.from_day, a.valid_from) as "from", coalesce(s.to_day, a.valid_to) as "to", s.ended_on as "endedOn",
           s.read_edition_at as "readEditionAt", s.revision,
           (select v.waived_reason from campaign_avoidances v
             where v.place_id = s.place_id and v.seat_id = s.id limit 1) as "waivedReason"
      from campaign_seats s
      left join assignments a on a.campaign_id = s.id
     where s.place_id = ${placeId} and s.campaign_id = ${id}
     order by s.ended_on is not null, s.part <> 'leader', s.given_at, s.id`.execute(db);
  return found.rows;
}

/** One seat, kept until the transaction ends. */
export async function lockSeat(db: CampaignHandle, campaign: Key, seatId: string): Promise<SeatRow | undefined> {
  await db
    .selectFrom('campaign_seats')
    .select('id')
    .where('place_id', '=', campaign.placeId)
    .where('id', '=', seatId)
    .forUpdate()
    .execute();
  return (await listSeats(db, campaign)).find(({ id }) => id === seatId);
}

export interface NewSeatRow
  extends Pick<
    SeatRow,
    | 'id'
    | 'personId'
    | 'name'
    | 'grantId'
    | 'inspectorPlaceId'
    | 'inspectorId'
    | 'part'
    | 'scores'
    | 'nodes'
    | 'subjects'
  > {
  /** Days of a member with a post at the place; null where the assignment has them. */
  readonly from: Day | null;
  readonly to: Day | null;
  readonly readEditionAt: Date | null;
  readonly by: string;
  readonly at: Date;
}

export async function insertSeat(db: CampaignHandle, { placeId, id }: Key, seat: NewSeatRow): Promise<void> {
  await db
    .insertInto('campaign_seats')
    .values({
      ...{ place_id: placeId, campaign_id: id, id: seat.id, person_id: seat.personId, name: seat.name },
      ...{ grant_id: seat.grantId, inspector_place_id: seat.inspectorPlaceId, inspector_id: seat.inspectorId },
      ...{ part: seat.part, scores: seat.scores, nodes: seat.nodes, subjects: seat.subjects },
      ...{ from_day: seat.from, to_day: seat.to, read_edition_at: seat.readEditionAt },
      ...{ given_by_name: seat.by, given_at: seat.at },
    })
    .execute();
}

/** Ends seats that stand: the panel's own record. */
export async function endSeats(
  db: CampaignHandle,
  { placeId }: Pick<Key, 'placeId'>,
  seatIds: readonly string[],
  { on, reason }: { readonly on: Day; readonly reason: string },
): Promise<void> {
  if (seatIds.length === 0) return;
  await sql`
    update campaign_seats s set ended_on = ${on}, end_reason = ${reason}, revision = s.revision + 1
     where s.place_id = ${placeId} and s.id = any(${[...seatIds]}::uuid[]) and s.ended_on is null
    returning s.id`.execute(db);
}

/** What was found against a seat and let pass. */
export interface WaivedAvoidance {
  readonly id: string;
  readonly seatId: string;
  readonly personId: string;
  readonly subjectId: string;
  readonly which: string;
  readonly reason: string;
}

export async function insertAvoidances(
  db: CampaignHandle,
  { placeId, id }: Key,
  found: readonly WaivedAvoidance[],
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  if (found.length === 0) return;
  await sql`
    insert into campaign_avoidances (place_id, campaign_id, id, seat_id, person_id, subject_id, avoidance_case, effect,
      waived_reason, waived_by_name, found_at)
    select ${placeId}::int, ${id}::uuid, w.id, w."seatId", w."personId", w."subjectId", w.which, 'asks', w.reason, ${by}, ${at}
      from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as w(
        id uuid, "seatId" uuid, "personId" uuid, "subjectId" uuid, which text, reason text)
    returning id`.execute(db);
}

/** An entry of the register of inspectors, with what the rule of avoidance asks. */
export interface PoolRow {
  readonly placeId: number;
  readonly inspectorId: string;
  readonly personId: string;
  readonly kind: InspectorKind;
  readonly name: string;
  readonly employer: string;
  readonly posts: readonly RegisteredPost[];
  readonly relations: readonly RegisteredRelation[];
  /** Whether he is at work by the register. */
  readonly serving: boolean;
  /** The last day of the newest term; null where it has no end. */
  readonly termTo: Day | null;
}

const poolColumns = sql`
  i.place_id as "placeId", i.inspector_id as "inspectorId", i.person_id as "personId", i.kind, i.name, i.employer, i.posts,
  i.relations, i.state = 'serving' as serving, i.term_to as "termTo"`;

/** Of several entries of one person: who is at work first, an inspector before an expert, and whoever serves the longest. */
const servingFirst = sql`i.state <> 'serving', i.kind = 'expert', i.term_to desc nulls first, i.place_id, i.inspector_id`;

/** The entries of some people in the register; an inspector who is no more still avoids what he avoided. */
export async function listPoolOf(
  db: CampaignHandle,
  scope: Pick<Scope, 'places'>,
  personIds: readonly string[],
): Promise<PoolRow[]> {
  if (personIds.length === 0) return [];
  const found = await sql<PoolRow>`
    select ${poolColumns} from inspector_pool i
     where i.place_id = ${among(scope.places)} and i.person_id = any(${[...personIds]}::uuid[])
     order by ${servingFirst}`.execute(db);
  return found.rows;
}

/** Inspectors and experts at work who have an account, by a search. */
export async function listServing(
  db: CampaignHandle,
  scope: Pick<Scope, 'places'>,
  search: string | undefined,
  most: number,
): Promise<PoolRow[]> {
  const found = await sql<PoolRow>`
    select ${poolColumns} from inspector_pool i
     where i.place_id = ${among(scope.places)} and i.state = 'serving' and i.person_id is not null
       and ${search ? searched(sql`i.search`, search) : sql`true`}
     order by i.kind = 'expert', i.name collate "zh-x-icu", i.inspector_id limit ${most}`.execute(db);
  return found.rows;
}

/** Officers of the place whose own role judges, by a search. */
export async function listOfficers(
  db: CampaignHandle,
  placeId: number,
  search: string | undefined,
  most: number,
): Promise<Array<{ personId: string; name: string; role: string; unitName: string }>> {
  const found = await sql<{ personId: string; name: string; role: string; unitName: string }>`
    select distinct on (p.id) p.id as "personId", p.name, r.name as role, u.short_name as "unitName"
      from grants g
      join roles r on r.key = g.role_key and r.reach = 'city' and r.permissions @> array['evaluation.judge']
      join people p on p.id = g.person_id and p.status = 'active'
      join org_units u on u.id = coalesce(g.section_id, g.unit_id)
     where g.unit_id = ${placeId} and g.revoked_at is null and ${search ? searched(sql`p.search`, search) : sql`true`}
     order by p.id, r.sort_order limit ${most}`.execute(db);
  return found.rows;
}

/** In how many other campaigns of the place each person sits on days of this one. */
export async function countOtherSeats(
  db: CampaignHandle,
  { placeId, id }: Key,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (personIds.length === 0) return new Map();
  const found = await sql<{ personId: string; n: number }>`
    select s.person_id as "personId", count(*)::int as n
      from campaign_seats s
      join campaigns c on c.place_id = s.place_id and c.id = s.campaign_id and c.state in ('draft', 'open')
      left join assignments a on a.campaign_id = s.id
      cross join (select min(t.from_day) as first, max(t.to_day) as last from campaign_steps t
                   where t.place_id = ${placeId} and t.campaign_id = ${id}) own
     where s.place_id = ${placeId} and s.campaign_id <> ${id} and s.ended_on is null
       and s.person_id = any(${[...personIds]}::uuid[])
       and coalesce(s.from_day, a.valid_from, own.last) <= own.last
       and coalesce(s.to_day, a.valid_to, own.first) >= own.first
     group by s.person_id`.execute(db);
  return new Map(found.rows.map(({ personId, n }) => [personId, n]));
}

/** How much each person has judged in a campaign, as the reader may see it. */
export async function countGiven(db: CampaignHandle, { placeId, id }: Key): Promise<ReadonlyMap<string, number>> {
  const found = await sql<{ personId: string; given: number }>`
    select g.person_id as "personId", g.given from evaluation_given_scores g
     where g.place_id = ${placeId} and g.campaign_id = ${id}`.execute(db);
  return new Map(found.rows.map(({ personId, given }) => [personId, given]));
}
