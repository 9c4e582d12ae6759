import { sql } from 'kysely';
import type { Day } from '#domain/kit/school-year.ts';
import { inChineseOrder } from '#platform/db/listing.ts';
import type { AccessHandle } from '../account/accounts.store.ts';
import { standsInAt } from '../session/post-columns.store.ts';

/** A current arrangement of standing in, with both names. */
export interface StandInRow {
  readonly id: string;
  readonly grantId: string;
  readonly personId: string;
  readonly personName: string;
  /** The last day, included. */
  readonly until: Day;
  readonly givenAt: Date;
  readonly principalId: string;
  readonly principalName: string;
  readonly role: string;
  readonly roleName: string;
  readonly separated: boolean;
  readonly secondFactor: boolean;
  readonly permissions: readonly string[];
  /** The unit or school of the post, with its section. */
  readonly placeName: string | null;
}

/** The people who stand in for this person's posts, and those for whom this person stands in, on this day. */
export async function listStandInsOf(db: AccessHandle, personId: string, now: Date): Promise<StandInRow[]> {
  return selectStandIns(db, sql`(i.person_id = ${personId} or g.person_id = ${personId})`, now);
}

/** One current arrangement; undefined where there is none. */
export async function findStandIn(db: AccessHandle, id: string, now: Date): Promise<StandInRow | undefined> {
  const [found] = await selectStandIns(db, sql`i.id = ${id}`, now);
  return found;
}

async function selectStandIns(db: AccessHandle, condition: ReturnType<typeof sql>, now: Date): Promise<StandInRow[]> {
  const found = await sql<StandInRow>`
    select i.id, i.grant_id as "grantId", i.person_id as "personId", p.name as "personName", i.until,
           i.given_at as "givenAt", q.id as "principalId", q.name as "principalName", r.key as role, r.name as "roleName",
           r.separated, r.second_factor as "secondFactor", r.permissions, nullif(concat_ws(' ', coalesce(u.name, s.name), k.name), '') as "placeName"
      from stand_ins i
      join people p on p.id = i.person_id
      join grants g on g.id = i.grant_id and g.revoked_at is null
      join people q on q.id = g.person_id and q.status = 'active'
      join roles r on r.key = g.role_key
      left join org_units u on u.id = g.unit_id
      left join org_units k on k.id = g.section_id
      left join school_places sp on sp.school_id = g.school_id
      left join schools s on s.county_id = sp.county_id and s.id = sp.school_id
     where ${condition} and ${sql.raw(standsInAt(`'${now.toISOString()}'`))}
     order by i.until, i.given_at`.execute(db);
  return found.rows;
}

/** Gives the acts of a post to a colleague. An expired arrangement between the same two people is removed. */
export async function insertStandIn(
  db: AccessHandle,
  given: {
    readonly id: string;
    readonly grantId: string;
    readonly personId: string;
    readonly until: Day;
    readonly by: string;
    readonly now: Date;
  },
): Promise<void> {
  await db
    .updateTable('stand_ins')
    .set({ ended_at: given.now, ended_by: given.by })
    .where('grant_id', '=', given.grantId)
    .where('person_id', '=', given.personId)
    .where('ended_at', 'is', null)
    .execute();
  await db
    .insertInto('stand_ins')
    .values({
      id: given.id,
      grant_id: given.grantId,
      person_id: given.personId,
      valid_from: given.now,
      until: given.until,
      given_by: given.by,
      given_at: given.now,
    })
    .execute();
}

/** Ends an arrangement before its day; returns false when it had ended already. */
export async function endStandIn(db: AccessHandle, id: string, by: string, now: Date): Promise<boolean> {
  const ended = await db
    .updateTable('stand_ins')
    .set({ ended_at: now, ended_by: by })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return Number(ended.numUpdatedRows) > 0;
}

/** An arrangement that ended because what it rested on is gone. */
export interface LapsedStandIn {
  readonly id: string;
  readonly grantId: string;
  readonly personName: string;
  readonly roleName: string;
  readonly until: Day;
}

/**
 * Ends the current arrangements of this person, on either side, that no longer have what they rest on: a post that
 * stands, two accounts in use, and a post of the colleague at the same unit or school. Call it in the transaction that
 * takes one of these away, with the person locked. The rows are locked in the order of their ids, so that two people
 * who stand in for each other can lose their posts at once.
 */
export async function endGroundlessStandIns(
  db: AccessHandle,
  personId: string,
  given: { readonly by: string; readonly now: Date; readonly today: Day },
): Promise<LapsedStandIn[]> {
  const ended = await sql<LapsedStandIn>`
    with groundless as (
      select i.id, i.grant_id, p.name as person_name, r.name as role_name, i.until
        from stand_ins i
        join people p on p.id = i.person_id
        join grants g on g.id = i.grant_id
        join people q on q.id = g.person_id
        join roles r on r.key = g.role_key
       where i.ended_at is null and i.until >= ${given.today} and (i.person_id = ${personId} or g.person_id = ${personId})
         and (g.revoked_at is not null or p.status <> 'active' or q.status <> 'active' or not exists (
               select 1 from grants own
                where own.person_id = i.person_id and own.revoked_at is null
                  and own.unit_id is not distinct from g.unit_id and own.school_id is not distinct from g.school_id))
       order by i.id for update of i)
    update stand_ins i set ended_at = ${given.now}, ended_by = ${given.by}
      from groundless g where i.id = g.id
    returning g.id, g.grant_id as "grantId", g.person_name as "personName", g.role_name as "roleName", g.until`.execute(
    db,
  );
  return ended.rows;
}

/** People with an active account and a post at the same unit or school, except one: those who may stand in there. */
export async function listColleaguesAt(
  db: AccessHandle,
  place: { readonly unitId: number | null; readonly schoolId: number | null },
  except: string,
): Promise<{ id: string; name: string; roles: string }[]> {
  if (place.unitId === null && place.schoolId === null) return [];
  const found = await sql<{ id: string; name: string; roles: string }>`
    select p.id, p.name, string_agg(r.name, '、' order by r.sort_order) as roles
      from grants g join people p on p.id = g.person_id and p.status = 'active' join roles r on r.key = g.role_key
     where g.revoked_at is null and p.id <> ${except} and not r.separated
       and ${place.schoolId === null ? sql`g.unit_id = ${place.unitId}` : sql`g.school_id = ${place.schoolId}`}
     group by p.id, p.name, p.username order by ${inChineseOrder(sql`p.name`)}, p.username`.execute(db);
  return found.rows;
}
