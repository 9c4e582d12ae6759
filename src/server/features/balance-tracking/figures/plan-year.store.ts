import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { among } from '#platform/db/listing.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { TrackHandle } from '../published.store.ts';

export interface PlanYearRow {
  readonly year: number;
  readonly documentNumber: string;
  readonly reason: string;
  readonly enteredBy: string;
  readonly enteredAt: Date;
  readonly replaced: boolean;
}

/** The planned years that stand, by county. */
export async function findPlanYears(db: TrackHandle, scope: Scope): Promise<ReadonlyMap<number, number>> {
  const found = await db
    .selectFrom('balance_plan_years')
    .where('place_id', '=', among(scope.places))
    .where('replaced_at', 'is', null)
    .select(['place_id as countyId', 'planned_year as year'])
    .execute();
  return new Map(found.map(({ countyId, year }) => [countyId, year]));
}

/** How many years were planned for a county, those that were replaced included. */
export async function countPlanYears(db: TrackHandle, countyId: number): Promise<number> {
  const { planned } = await db
    .selectFrom('balance_plan_years')
    .where('place_id', '=', countyId)
    .select(sql<number>`count(*)::int`.as('planned'))
    .executeTakeFirstOrThrow();
  return planned;
}

export interface NewPlanYear {
  readonly countyId: number;
  readonly year: number;
  readonly documentNumber: string;
  readonly reason: string;
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
}

/** Ends the planned year that stands and writes the new one. Returns its id and the year before; null: there was none. */
export async function writePlanYear(
  db: TrackHandle,
  given: NewPlanYear,
): Promise<{ readonly id: string; readonly before: number | null }> {
  const ended = await db
    .updateTable('balance_plan_years')
    .set({ replaced_at: given.at })
    .where('place_id', '=', given.countyId)
    .where('replaced_at', 'is', null)
    .returning('planned_year as year')
    .executeTakeFirst();
  const id = newId();
  await db
    .insertInto('balance_plan_years')
    .values({
      ...{ place_id: given.countyId, id, planned_year: given.year, document_number: given.documentNumber },
      ...{ reason: given.reason, entered_by: given.by, entered_by_name: given.byName, entered_at: given.at },
    })
    .execute();
  return { id, before: ended?.year ?? null };
}
