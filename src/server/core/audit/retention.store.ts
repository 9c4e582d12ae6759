import { sql } from 'kysely';
import type { Handle } from '#platform/db/handle.ts';

export type RetentionHandle = Handle<'retention_holds'>;

export interface RetentionHold {
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly placedAt: Date;
  readonly placedBy: string;
}

/** The holds that stand, the oldest first. */
export async function listHolds(db: RetentionHandle): Promise<RetentionHold[]> {
  return db
    .selectFrom('retention_holds')
    .select(['id', 'kind', 'reason', 'placed_at as placedAt', 'placed_by as placedBy'])
    .where('lifted_at', 'is', null)
    .orderBy('placed_at')
    .orderBy('id')
    .execute();
}

export async function insertHold(
  db: RetentionHandle,
  hold: Pick<RetentionHold, 'id' | 'kind' | 'reason' | 'placedBy'>,
): Promise<void> {
  await db
    .insertInto('retention_holds')
    .values({ id: hold.id, kind: hold.kind, reason: hold.reason, placed_by: hold.placedBy })
    .execute();
}

/** Lifts all holds of a kind. */
export async function writeLift(db: RetentionHandle, kind: string, by: string, now: Date): Promise<RetentionHold[]> {
  const lifted = await sql<RetentionHold>`
    select hold as id, of_kind as kind, why as reason, since as "placedAt", placed as "placedBy"
      from lift_holds(${kind}, ${now}, ${by})`.execute(db);
  return lifted.rows;
}

export interface Removal {
  readonly removed: number;
  readonly digest: string | null;
  readonly oldest: Date | null;
  readonly newest: Date | null;
}

export async function deleteOutdated(db: RetentionHandle, kind: string, before: Date): Promise<Removal> {
  const found = await sql<Removal>`
    select removed, digest, oldest, newest from remove_outdated(${kind}, ${before})`.execute(db);
  return found.rows[0]!;
}
