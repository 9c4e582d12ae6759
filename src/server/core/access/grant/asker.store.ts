import { sql } from 'kysely';
import type { Principal } from '#domain/access/actor.ts';
import type { AnyHandle } from '#platform/db/handle.ts';
import type { Asker } from '#platform/jobs/port.ts';

/** The person who asked for a job, in the post of then, although it may have ended since. */
export interface AskerNames {
  readonly name: string;
  readonly role: string;
  readonly principal: Principal | null;
}

/** Undefined where the data name a person or a post that does not exist. */
export async function findAsker(
  db: AnyHandle,
  { personId, grantId, standInId }: Asker,
): Promise<AskerNames | undefined> {
  const found = await sql<{ name: string; role: string; holderId: string; holderName: string }>`
    select p.name, g.role_key as role, q.id as "holderId", q.name as "holderName"
      from people p, grants g join people q on q.id = g.person_id
     where p.id = ${personId} and g.id = ${grantId}`.execute(db);
  const row = found.rows[0];
  if (row === undefined) return undefined;
  const { name, role, holderId, holderName } = row;
  return { name, role, principal: standInId === null ? null : { id: holderId, name: holderName } };
}
