import { sql } from 'kysely';
import type { Permission } from '#domain/access/permissions.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';

/** The tables that the seats of a campaign need, for the feature that deals them out. */
export type CampaignPostHandle = Handle<'grants' | 'assignments', 'people' | 'roles'>;

/** The one role by which people from outside come to a campaign. */
export const campaignRole = 'expert';

/** Somebody who may be seated. */
export interface SeatHolder {
  readonly personId: string;
  readonly name: string;
  readonly active: boolean;
  /** One of the three administrators: they see no business. */
  readonly separated: boolean;
  /** Holds a post at the place that judges by itself; everybody else comes from outside. */
  readonly inside: boolean;
}

/**
 * A person as whoever deals out seats sees them; undefined where there is none. The person is kept until the act ends.
 * @param placeId that of the campaign
 * @param judges the permission of a post that judges there by itself
 */
export async function lockSeatHolder(
  db: CampaignPostHandle,
  personId: string,
  { placeId, judges }: { readonly placeId: number; readonly judges: Permission },
): Promise<SeatHolder | undefined> {
  await db.selectFrom('people').where('id', '=', personId).select('id').forShare().execute();
  const found = await sql<SeatHolder>`
    select p.id as "personId", p.name, p.status = 'active' as active,
           exists (select 1 from grants g join roles r on r.key = g.role_key
                    where g.person_id = p.id and g.revoked_at is null and r.separated) as separated,
           exists (select 1 from grants g join roles r on r.key = g.role_key
                    where g.person_id = p.id and g.revoked_at is null and g.unit_id = ${placeId} and r.reach = 'city'
                      and r.permissions @> array[${judges}::text]) as inside
      from people p where p.id = ${personId}`.execute(db);
  return found.rows[0];
}

/** Whether the role of campaigns is what it was made for: whatever an administrator made of it since, a campaign gives no more. */
export async function isCampaignRole(db: CampaignPostHandle, allowed: readonly Permission[]): Promise<boolean> {
  const role = await db
    .selectFrom('roles')
    .where('key', '=', campaignRole)
    .select(['reach', 'separated', 'permissions'])
    .executeTakeFirst();
  const isBare = (role?.permissions ?? []).every((one) => (allowed as readonly string[]).includes(one));
  return role !== undefined && role.reach === 'campaign' && !role.separated && isBare;
}

/** The post by which a person comes to campaigns: the one that stands, or a new one. */
export async function writeCampaignPost(
  db: CampaignPostHandle,
  one: { readonly id: string; readonly personId: string; readonly by: string; readonly now: Date },
): Promise<{ grantId: string; isNew: boolean }> {
  const given = await sql<{ id: string }>`
    insert into grants (id, person_id, role_key, granted_at, granted_by)
    values (${one.id}, ${one.personId}, ${campaignRole}, ${one.now}, ${one.by})
    on conflict (person_id, role_key, unit_id, school_id, section_id) where revoked_at is null do nothing
    returning id`.execute(db);
  if (given.rows.length > 0) return { grantId: one.id, isNew: true };
  const standing = await db
    .selectFrom('grants')
    .where('person_id', '=', one.personId)
    .where('role_key', '=', campaignRole)
    .where('revoked_at', 'is', null)
    .select('id')
    .executeTakeFirstOrThrow();
  return { grantId: standing.id, isNew: false };
}

/** An assignment that gave a seat its reach. */
export interface EndedSeat {
  readonly id: string;
  readonly seatId: string;
  readonly grantId: string;
  readonly personId: string;
  readonly from: Day;
  readonly to: Day | null;
}

/** Ends the reach of some seats at once. The posts stay: other campaigns may use them. */
export async function endSeatAssignments(
  db: CampaignPostHandle,
  seatIds: readonly string[],
  by: string,
  now: Date,
): Promise<EndedSeat[]> {
  if (seatIds.length === 0) return [];
  const ended = await sql<EndedSeat>`
    update assignments a set ended_at = ${now}, ended_by = ${by}
      from grants g
     where g.id = a.grant_id and a.campaign_id = any(${[...seatIds]}::uuid[]) and a.ended_at is null
    returning a.id, a.campaign_id as "seatId", a.grant_id as "grantId", g.person_id as "personId", a.valid_from as "from",
              a.valid_to as "to"`.execute(db);
  return ended.rows;
}
