import { sql } from 'kysely';
import type { KeptFact } from '#domain/evaluation/snapshot.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';
import { isSelfOpen, newestHandIn } from '../work/turn.store.ts';

/** What one evaluation of a campaign has at some leaves in a layer. */
export interface RoundRow {
  readonly id: string;
  readonly placeId: number;
  /** Whether its self-evaluation was received: then it stands at its judges. */
  readonly isReceived: boolean;
  readonly leaves: readonly {
    readonly code: string;
    readonly applies: boolean | null;
    readonly facts: readonly KeptFact[];
    readonly points: string | null;
    readonly answer: Answer | null;
    /** What data have measured, exactly; null where they have not. */
    readonly value: string | null;
  }[];
}

type Round = Pick<Evaluation, 'campaignPlaceId' | 'campaignId'>;

/** The counties of the register: the subjects of a campaign lie at some of them. */
export async function listCounties(db: EvaluationHandle): Promise<number[]> {
  const found = await sql<{ id: number }>`select u.id from org_units u where u.kind = 'county' order by u.id`.execute(
    db,
  );
  return found.rows.map(({ id }) => id);
}

/**
 * What the evaluations of a campaign that were not cancelled have at some leaves in a layer. Of a self-evaluation that nobody has handed
 * in nothing is known: it is a draft.
 */
export async function listRound(
  db: EvaluationHandle,
  places: readonly number[],
  { campaignPlaceId, campaignId }: Round,
  { codes, layer }: { readonly codes: readonly string[]; readonly layer: 'self' | 'city' },
): Promise<RoundRow[]> {
  const isReceived = sql`(e.step not in ('notice', 'selfEvaluation'))`;
  const counts = layer === 'city' ? sql`true` : sql`(${isReceived} or not ${isSelfOpen})`;
  const lies = layer === 'city' ? sql`${campaignPlaceId}::int` : sql`e.place_id`;
  const found = await sql<RoundRow>`
    select e.id, e.place_id as "placeId", ${isReceived} as "isReceived",
           (select coalesce(jsonb_agg(jsonb_build_object('code', l.code, 'applies', l.applies, 'facts', l.facts,
                     'points', p.points, 'answer', case when ${counts} then p.answer -> 'given' end,
                     'value', case when ${counts} then coalesce(p.answer ->> 'value', s.answer ->> 'value') end) order by l.position), '[]')
              from evaluation_leaves l
              left join evaluation_points p
                on p.place_id = ${lies} and p.evaluation_id = l.evaluation_id and p.code = l.code and p.layer = ${layer}
               and p.voided_at is null
              left join evaluation_points s
                on s.place_id = e.place_id and s.evaluation_id = l.evaluation_id and s.code = l.code and s.layer = 'self'
             where l.place_id = e.place_id and l.evaluation_id = e.id and l.code = any(${[...codes]}::text[])) as leaves
      from evaluations e ${newestHandIn}
     where e.place_id = any(${[...places]}::int[]) and e.campaign_place_id = ${campaignPlaceId}
       and e.campaign_id = ${campaignId}::uuid and e.state <> 'cancelled'
     order by e.place_id, e.id`.execute(db);
  return found.rows;
}

/** Puts the points of places down at leaves of one evaluation that was not released; how many changed. */
export async function writePlaces(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evaluation, 'placeId' | 'id'>,
  layer: 'self' | 'city',
  places: readonly { readonly code: string; readonly points: string | null }[],
): Promise<number> {
  const found = await sql<{ placed: boolean }>`
    select place_leaf(${placeId}::int, ${id}::uuid, w.code, ${layer}, w.points) as placed
      from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as w(code text, points text)`.execute(db);
  return found.rows.filter(({ placed }) => placed).length;
}
