import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import type { RoundKey } from '../opinion/round.store.ts';

/** What the office ruled about subjects that stand equal at the line of a quota. */
export interface TieRulingRow {
  readonly placeId: number;
  readonly id: string;
  readonly campaignId: string;
  readonly table: string;
  readonly grade: string;
  readonly tied: readonly string[];
  readonly chosen: readonly string[];
  readonly reason: string;
  readonly ruledOn: Day;
  readonly ruledBy: string;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly endedReason: string | null;
}

const rulings = (places: readonly number[]) => sql`
  select t.place_id as "placeId", t.id, t.campaign_id as "campaignId", t.decision as "table", t.grade, to_jsonb(t.tied) as tied, to_jsonb(t.chosen) as chosen,
         t.reason, t.ruled_on as "ruledOn", t.ruled_by_name as "ruledBy", t.ended_at as "endedAt", t.ended_by_name as "endedBy",
         t.ended_reason as "endedReason"
    from evaluation_ties t where t.place_id = any(${[...places]}::int[])`;

/**
 * The rulings of a campaign, the newest first: those that were not taken back, by which places are drawn, and of the others the newest,
 * as many as a page shows.
 */
export async function listTieRulings(
  db: EvaluationHandle,
  { campaignPlaceId, campaignId }: RoundKey,
): Promise<TieRulingRow[]> {
  const found = await sql<TieRulingRow>`
    ${rulings([campaignPlaceId])} and t.id in (
      select n.id from evaluation_ties n where n.place_id = ${campaignPlaceId} and n.campaign_id = ${campaignId}::uuid
       order by n.ended_at is not null, n.ruled_at desc, n.id desc limit 400)
     order by t.ruled_at desc, t.id desc`.execute(db);
  return found.rows;
}

/** One ruling; undefined where there is none in reach. */
export async function findTieRuling(
  db: EvaluationHandle,
  { places }: Pick<Scope, 'places'>,
  id: string,
): Promise<TieRulingRow | undefined> {
  const found = await sql<TieRulingRow>`${rulings(places)} and t.id = ${id}::uuid`.execute(db);
  return found.rows[0];
}

/** Writes a ruling down. */
export async function insertTieRuling(
  db: EvaluationHandle,
  { campaignPlaceId, campaignId }: RoundKey,
  one: Pick<TieRulingRow, 'id' | 'table' | 'grade' | 'tied' | 'chosen' | 'reason' | 'ruledOn'>,
  by: { readonly id: string; readonly name: string; readonly at: Date },
): Promise<void> {
  await db
    .insertInto('evaluation_ties')
    .values({
      ...{ place_id: campaignPlaceId, id: one.id, campaign_id: campaignId, decision: one.table, grade: one.grade },
      ...{ tied: [...one.tied], chosen: [...one.chosen], reason: one.reason, ruled_on: one.ruledOn },
      ...{ ruled_by: by.id, ruled_by_name: by.name, ruled_at: by.at },
    })
    .execute();
}

/** The statement that takes a ruling back, which stays to be read. */
export function tieEndWrite(
  db: EvaluationHandle,
  placeId: number,
  id: string,
  { by, at, reason }: { readonly by: string; readonly at: Date; readonly reason: string },
) {
  return db
    .updateTable('evaluation_ties')
    .set({ ended_at: at, ended_by_name: by, ended_reason: reason })
    .where('place_id', '=', placeId)
    .where('id', '=', id)
    .compile();
}
