import { sql } from 'kysely';
import { mostProvinceEntries } from '#contract/evaluations/evaluations.shape.ts';
import type { EvaluationStep, Layer } from '#domain/evaluation/lists.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type Evaluation, type EvaluationHandle, isOwnSide } from '../evaluation.store.ts';
import { provedLeaves } from '../evidence/link.store.ts';
import { type LastFound, type Leaf, leavesOf, readLeaves } from '../leaf/leaf.store.ts';
import { owingBlind } from '../opinion/opinion.store.ts';
import { type ProvinceRow, provinceAt, provinceLeaves } from '../province/province.store.ts';

/** What a layer says of a leaf, as far as the person may see it. */
export interface LayerPointRow {
  readonly code: string;
  readonly layer: Exclude<Layer, 'self' | 'province'>;
  readonly points: string | null;
  readonly answer: Answer | null;
}

export interface TimetableRow {
  readonly step: EvaluationStep;
  readonly from: Day;
  readonly to: Day;
  readonly doneOn: Day | null;
  readonly extendedReason: string | null;
}

/** A step of the record. */
export interface HistoryRow {
  readonly id: string;
  readonly action: string;
  readonly from: string;
  readonly to: string;
  readonly actorName: string;
  readonly standInFor: string | null;
  /** As text. */
  readonly at: string;
  readonly reason: string | null;
}

/** All that a page shows of an evaluation beside its row. */
export interface Whole {
  readonly leaves: readonly Leaf[];
  readonly points: readonly LayerPointRow[];
  /** What the city says of each leaf, as it was released to the subject. */
  readonly released: readonly Omit<LayerPointRow, 'layer'>[];
  /** What stands of the province at the leaves, and what it gave to the whole. */
  readonly provinceLeaves: readonly {
    readonly code: string;
    readonly points: string | null;
    readonly words: string | null;
  }[];
  readonly province: readonly ProvinceRow[];
  /** The person's own scores that stand. */
  readonly own: readonly { readonly code: string; readonly points: string | null }[];
  /** Talks, each about a version of its leaf. */
  readonly talks: readonly { readonly code: string; readonly version: number; readonly settled: boolean }[];
  /** How many pieces of evidence with a file stand at each leaf. */
  readonly evidence: Readonly<Record<string, number>>;
  readonly timetable: readonly TimetableRow[];
  readonly history: readonly HistoryRow[];
  readonly readEditionAt: string | null;
  /** What the last round found and no leaf asks of; null where there is nothing of it. */
  readonly unplaced: readonly LastFound[] | null;
  /** Whether the person owes a blind score; null where it was not asked. */
  readonly owesBlind: boolean | null;
  /** Whether somebody of the county may judge the evaluation; null where it was not asked. */
  readonly judgeLeft: boolean | null;
}

/** What a page asks of an evaluation for some people alone. */
export interface AskedBeside {
  readonly owesBlind: boolean;
  readonly judgeLeft: boolean;
}

/** In one statement: each part goes to the places where its rows lie, and the policies narrow it to what the person may see. */
export async function findWhole(
  db: EvaluationHandle,
  evaluation: Evaluation,
  personId: string,
  { newest, today, beside }: { readonly newest: number; readonly today: Day; readonly beside?: AskedBeside },
): Promise<Whole> {
  const { placeId, id, campaignPlaceId } = evaluation;
  const lies = sql`any(array[${placeId}::int, ${campaignPlaceId}::int])`;
  const found = await sql<Omit<Whole, 'leaves'> & { leaves: unknown }>`
    select ${leavesOf(evaluation)} as leaves,
      (select coalesce(jsonb_agg(jsonb_build_object('code', p.code, 'layer', p.layer, 'points', p.points, 'answer', p.answer -> 'given')), '[]')
         from evaluation_points p
        where p.place_id = ${lies} and p.evaluation_id = ${id} and p.layer <> 'self' and p.voided_at is null) as points,
      (select coalesce(jsonb_agg(jsonb_build_object('code', r.code, 'points', r.points, 'answer', r.answer -> 'given')), '[]')
         from evaluation_releases r where r.place_id = ${placeId} and r.evaluation_id = ${id}) as released,
      ${provinceLeaves(evaluation)} as "provinceLeaves", ${provinceAt(evaluation, null, mostProvinceEntries)} as province,
      (select coalesce(jsonb_agg(jsonb_build_object('code', s.code, 'points', s.points)), '[]')
         from evaluation_scores s
        where s.place_id = ${lies} and s.evaluation_id = ${id} and s.person_id = ${personId}::uuid
          and s.replaced_at is null and s.voided_at is null) as own,
      (select coalesce(jsonb_agg(jsonb_build_object('code', t.code, 'version', t.leaf_version,
                'settled', t.settled_at is not null)), '[]')
         from evaluation_talks t where t.place_id = ${lies} and t.evaluation_id = ${id}) as talks,
      (select coalesce(jsonb_object_agg(k.code, k.n), '{}')
         from (${provedLeaves(evaluation, today)}) k) as evidence,
      (select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'from', s.from_day, 'to', s.to_day, 'doneOn', s.done_on,
                'extendedReason', s.extended_reason) order by s.position), '[]')
         from evaluation_steps s where s.place_id = ${placeId} and s.evaluation_id = ${id}) as timetable,
      (select coalesce(jsonb_agg(to_jsonb(h) order by h.at, h.id), '[]')
         from (select s.id, s.action, s.from_state as "from", s.to_state as "to", s.actor_name as "actorName",
                      s.stand_in_for_name as "standInFor", s.at, s.reason
                 from steps s
                where s.place_id = ${lies} and s.subject_type = 'evaluation' and s.subject_id = ${id}
                order by s.at desc, s.id desc limit ${newest}) h) as history,
      (select r.read_edition_at from evaluation_reviewers r
        where r.place_id = ${campaignPlaceId} and r.evaluation_id = ${id} and r.person_id = ${personId}::uuid
          and r.read_edition_at is not null limit 1) as "readEditionAt",
      (select l.beside -> 'unplaced' from evaluation_leaves l
        where l.place_id = ${placeId} and l.evaluation_id = ${id} limit 1) as unplaced,
      ${beside?.owesBlind ? owingBlind(evaluation) : sql`null::boolean`} as "owesBlind",
      ${beside?.judgeLeft ? isJudgeLeft(evaluation) : sql`null::boolean`} as "judgeLeft"`.execute(db);
  const [row] = found.rows;
  return { ...row!, leaves: readLeaves(row!.leaves) };
}

/** Whether somebody of the county who can sign in may judge the evaluation: with the right to, and no hand in the self-evaluation. */
const isJudgeLeft = ({ placeId, id }: Pick<Evaluation, 'placeId' | 'id'>) => sql<boolean>`
  exists (
    select 1 from evaluations e
      join grants c on c.unit_id = e.place_id and c.school_id is null and c.revoked_at is null
      join roles r on r.key = c.role_key and 'evaluation.judge' = any (r.permissions)
      join people own on own.id = c.person_id and own.status = 'active'
     where e.place_id = ${placeId} and e.id = ${id} and not ${isOwnSide(sql`c.person_id`)})`;
