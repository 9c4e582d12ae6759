import { sql } from 'kysely';
import type { AccessHandle } from '#core/access/account/accounts.store.ts';
import type { Feature } from '#core/access/feature.ts';
import { standingSchools } from '#core/access/grant/assignments.store.ts';
import { partsOf, united } from '#core/access/parts.store.ts';
import { type LeavingPost, type OpenWorkRow, type SuccessorPost, workPassed } from '#core/access/pass-work.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { inChineseOrder } from '#platform/db/listing.ts';
import { jobsFor } from '#platform/jobs/queue.store.ts';

export const schoolsKind = 'people.schools';

/** The schools for which an inspector is responsible. */
export function openSchools({ grantId, placeId, today }: LeavingPost): Fragment<OpenWorkRow> {
  return sql`
    select ${sql.lit(schoolsKind)} as kind, count(*)::int as count, count(*)::int as passing,
           null::int as held, array[${placeId}::int] as places
      from assignments a where a.grant_id = ${grantId} and ${standingSchools(today)} having count(*) > 0`;
}

/** What is open of a post, over all features. @param to whoever would go on; null: nobody is named */
export async function listOpenWork(
  db: AccessHandle,
  features: readonly Feature[],
  post: LeavingPost,
  to: string | null,
): Promise<OpenWorkRow[]> {
  const parts = partsOf(
    features,
    ({ passesWork }) => passesWork?.of(post, to),
    sql`kind::text as kind, count, passing, held, places`,
  );
  if (parts.length === 0) return [];
  const found = await sql<OpenWorkRow>`select kind, count, passing, held, places from ${united(parts)} line`.execute(
    db,
  );
  return found.rows;
}

/** The names by which work at a post is known as the person's, and whether the present one is somebody else's too. */
export async function findNamesAt(
  db: AccessHandle,
  { personId, name, placeId, schoolId }: Pick<LeavingPost, 'personId' | 'name' | 'placeId' | 'schoolId'>,
): Promise<Pick<LeavingPost, 'names' | 'sharesName'>> {
  const { rows } = await sql<{ name: string; present: boolean; shared: boolean }>`
    select known as name, present, shared from names_at_post(${personId}, ${placeId}::int, ${schoolId}::int)`.execute(
    db,
  );
  const earlier = rows.filter(({ present, shared }) => !present && !shared);
  return {
    names: [name, ...earlier.map((row) => row.name)],
    sharesName: rows.some(({ present, shared }) => present && shared),
  };
}

/**
 * Whether work of this person at this place is passing: jobs are still to be done. It passes by the person, so another post
 * there counts too; a job that failed for good is not under way.
 */
export async function isPassing(
  db: AccessHandle,
  features: readonly Feature[],
  { personId, placeId }: Pick<LeavingPost, 'personId' | 'placeId'>,
): Promise<boolean> {
  const passing = features
    .flatMap(({ follows = [] }) => follows)
    .filter(({ occurrence }) => occurrence === workPassed.name)
    .map(({ job }) => ({ name: job }));
  const found = await sql`
    select 1 from (${jobsFor(passing, { placeId, from: { id: personId } })}) asked where state <> 'failed' limit 1`.execute(
    db,
  );
  return found.rows.length > 0;
}

/** A post at the same unit or school whose holder may go on with the work. */
export interface Successor extends SuccessorPost {
  readonly grantId: string;
  readonly role: string;
  readonly roleName: string;
}

/** The posts of others at the unit or the school of a post, of accounts in use. */
export async function listSuccessors(
  db: AccessHandle,
  { personId, placeId, schoolId }: LeavingPost,
): Promise<Successor[]> {
  const found = await sql<Successor>`
    select g.id as "grantId", p.id as "personId", p.name, r.key as role, r.name as "roleName", r.reach, r.permissions
      from grants g
      join people p on p.id = g.person_id and p.status = 'active'
      join roles r on r.key = g.role_key and not r.separated
     where g.revoked_at is null and g.person_id <> ${personId}
       and ${schoolId === null ? sql`g.unit_id = ${placeId}` : sql`g.school_id = ${schoolId}`}
     order by ${inChineseOrder(sql`p.name`)}, p.username, r.sort_order`.execute(db);
  return found.rows;
}
