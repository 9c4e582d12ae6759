import { sql } from 'kysely';
import type { Day } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';
import { inChineseOrder } from '#platform/db/listing.ts';
import type { AccessHandle } from '../account/accounts.store.ts';

/** What a post reaches and on which days, with today's names. One of school, unit and campaign is set. */
export interface AssignmentRow {
  readonly id: string;
  readonly schoolId: number | null;
  readonly schoolName: string | null;
  /** For a school, the unit to which it belongs now. */
  readonly unitName: string | null;
  readonly campaignId: string | null;
  readonly branch: string | null;
  readonly from: Day;
  readonly to: Day | null;
  readonly givenBy: string | null;
  readonly givenAt: Date;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
}

/** The assignments of a post: those not ended early come first, then by school and day. */
export async function listAssignmentsOf(db: AccessHandle, grantId: string): Promise<AssignmentRow[]> {
  const found = await sql<AssignmentRow>`
    select a.id, a.school_id as "schoolId", s.name as "schoolName", u.name as "unitName", a.campaign_id as "campaignId",
           a.branch, a.valid_from as "from", a.valid_to as "to", giver.name as "givenBy", a.given_at as "givenAt",
           ender.name as "endedBy", a.ended_at as "endedAt"
      from assignments a
      left join school_places sp on sp.school_id = a.school_id
      left join schools s on s.county_id = sp.county_id and s.id = sp.school_id
      left join org_units u on u.id = coalesce(a.unit_id, sp.county_id)
      left join people giver on giver.id = a.given_by
      left join people ender on ender.id = a.ended_by
     where a.grant_id = ${grantId}
     order by a.ended_at desc nulls first, ${inChineseOrder(sql`s.name`)}, ${inChineseOrder(sql`u.name`)}, a.valid_from, a.id`.execute(
    db,
  );
  return found.rows;
}

/** A school as it may be assigned; undefined where there is none. */
export interface AssignableSchool {
  readonly name: string;
  readonly open: boolean;
  readonly countyId: number;
  readonly cityId: number | null;
}

/** The school stays where it is until the transaction ends, so that a move sees the new assignment, or is seen by it. */
export async function lockAssignableSchool(db: AccessHandle, schoolId: number): Promise<AssignableSchool | undefined> {
  await db.selectFrom('school_places').where('school_id', '=', schoolId).select('school_id').forShare().execute();
  const found = await sql<AssignableSchool>`
    select s.name, s.status = 'open' as open, sp.county_id as "countyId", u.parent_id as "cityId"
      from school_places sp
      join schools s on s.county_id = sp.county_id and s.id = sp.school_id
      join org_units u on u.id = sp.county_id
     where sp.school_id = ${schoolId}`.execute(db);
  return found.rows[0];
}

/** The name of a unit, for the sentence that names the appointing unit. */
export async function findUnitName(db: AccessHandle, unitId: number | null): Promise<string | null> {
  if (unitId === null) return null;
  const row = await db.selectFrom('org_units').where('id', '=', unitId).select('name').executeTakeFirst();
  return row?.name ?? null;
}

/** Lets a post reach a school or a seat of a campaign (`campaign_id` is the id of the seat), on these days. */
export async function insertAssignment(
  db: Handle<'assignments'>,
  given: ({ readonly schoolId: number } | { readonly seatId: string }) & {
    readonly id: string;
    readonly grantId: string;
    readonly from: Day;
    readonly to: Day | null;
    readonly by: string;
    readonly now: Date;
  },
): Promise<void> {
  await db
    .insertInto('assignments')
    .values({
      id: given.id,
      grant_id: given.grantId,
      ...('schoolId' in given ? { school_id: given.schoolId } : { campaign_id: given.seatId }),
      valid_from: given.from,
      valid_to: given.to,
      given_by: given.by,
      given_at: given.now,
    })
    .execute();
}

/**
 * Ends an assignment of this post before its day. Returns false where it had ended already or belongs to another post.
 */
export async function endAssignment(
  db: AccessHandle,
  of: { readonly id: string; readonly grantId: string },
  by: string,
  now: Date,
): Promise<boolean> {
  const ended = await db
    .updateTable('assignments')
    .set({ ended_at: now, ended_by: by })
    .where('id', '=', of.id)
    .where('grant_id', '=', of.grantId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return Number(ended.numUpdatedRows) > 0;
}

/** The tables that ending the assignments of a school needs, for the feature that moves schools. */
export type MovedSchoolHandle = Handle<'assignments', 'grants' | 'schools' | 'school_places' | 'org_units'>;

/** An assignment that ended because the school lies outside the unit that appointed. */
export interface OutsideAssignment {
  readonly id: string;
  readonly grantId: string;
  readonly personId: string;
  readonly role: string;
  readonly schoolName: string;
  /** The unit in which the school lies now. */
  readonly unitName: string;
  readonly from: Day;
  readonly to: Day | null;
}

/** Ends the assignments of a school, current and coming, to posts of units in which it does not lie any more. */
export async function endAssignmentsOutside(
  db: MovedSchoolHandle,
  schoolId: number,
  given: { readonly by: string; readonly now: Date; readonly today: Day },
): Promise<OutsideAssignment[]> {
  const ended = await sql<OutsideAssignment>`
    with outside as (
      select a.id, a.grant_id, g.person_id, g.role_key, s.name as school_name, u.name as unit_name
        from assignments a
        join grants g on g.id = a.grant_id
        join school_places sp on sp.school_id = a.school_id
        join schools s on s.county_id = sp.county_id and s.id = sp.school_id
        join org_units u on u.id = sp.county_id
       where a.school_id = ${schoolId} and a.ended_at is null and coalesce(a.valid_to, 'infinity') >= ${given.today}::date
         and g.unit_id is distinct from sp.county_id and g.unit_id is distinct from u.parent_id
       order by a.id for update of a)
    update assignments a set ended_at = ${given.now}, ended_by = ${given.by}
      from outside o where a.id = o.id
    returning o.id, o.grant_id as "grantId", o.person_id as "personId", o.role_key as role, o.school_name as "schoolName",
              o.unit_name as "unitName", a.valid_from as "from", a.valid_to as "to"`.execute(db);
  return ended.rows;
}

/** The assignments `a` of schools that have not ended, by today's day. */
export const standingSchools = (today: Day) =>
  sql`a.school_id is not null and a.ended_at is null and coalesce(a.valid_to, 'infinity') >= ${today}::date`;
