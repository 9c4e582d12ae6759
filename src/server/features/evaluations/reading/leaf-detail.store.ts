import { sql } from 'kysely';
import { mostProvinceEntries } from '#contract/evaluations/evaluations.shape.ts';
import type { Layer, SettledWay } from '#domain/evaluation/lists.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';
import { type RemarkRow, remarksAt } from '../judging/remark.store.ts';
import { type Beside, type Leaf, leafOf, readLeaf } from '../leaf/leaf.store.ts';
import { accountColumns } from '../looked-up.store.ts';
import { fewestInMean } from '../opening/opening.store.ts';
import { owingBlind } from '../opinion/opinion.store.ts';
import { type ProvinceRow, provinceAt } from '../province/province.store.ts';

/** What a layer says of one leaf. */
export interface LayerSaying {
  readonly layer: Exclude<Layer, 'self' | 'province'>;
  readonly points: string | null;
  readonly answer: Answer | null;
  readonly reason: string;
  readonly settled: SettledWay;
  readonly version: number;
}

/** One judgement of a leaf, as far as the person may see it. */
export interface ScoreRow {
  readonly id: string;
  readonly layer: 'county' | 'city';
  readonly personId: string;
  readonly reviewer: string;
  readonly points: string | null;
  readonly answer: Answer | null;
  readonly reason: string;
  readonly adopted: boolean;
  readonly version: number;
  readonly givenAt: string;
  readonly voidedAt: string | null;
  readonly voidReason: string | null;
}

export interface TalkRow {
  readonly layer: 'county' | 'city';
  readonly spread: string | null;
  readonly openedAt: string;
  readonly minutes: string;
  readonly points: string | null;
  readonly answer: Answer | null;
  readonly settledBy: string | null;
  readonly settledAt: string | null;
}

/** All that a page shows of one leaf beside its evidence. */
export interface WholeLeaf {
  readonly leaf: Leaf;
  readonly beside: Beside;
  readonly points: readonly LayerSaying[];
  readonly released: Pick<LayerSaying, 'points' | 'answer' | 'reason'> | null;
  readonly province: readonly ProvinceRow[];
  readonly scores: readonly ScoreRow[];
  readonly talk: TalkRow | null;
  /** What the panel said among itself. */
  readonly remarks: readonly RemarkRow[];
  readonly means: { readonly county: string | null; readonly city: string | null } | null;
  readonly answers: boolean | null;
  readonly confirms: boolean | null;
  /** Whether the person owes a blind score; null where it was not asked. */
  readonly owesBlind: boolean | null;
}

/**
 * In one statement; undefined where the person does not reach the leaf.
 * @param means whether the person compares the subject with the others of its campaign
 */
export async function findWholeLeaf(
  db: EvaluationHandle,
  evaluation: Evaluation,
  code: string,
  asked: {
    readonly means: boolean;
    readonly decimals: number;
    readonly accounts: boolean;
    readonly owesBlind: boolean;
  },
): Promise<WholeLeaf | undefined> {
  const { placeId, id, campaignPlaceId } = evaluation;
  const { means, decimals, accounts, owesBlind } = asked;
  const lies = sql`any(array[${placeId}::int, ${campaignPlaceId}::int])`;
  const meansOf = means
    ? sql`leaf_means(${placeId}::int, ${id}::uuid, ${code}, ${fewestInMean}::int, ${decimals}::int)`
    : sql`null::jsonb`;
  const found = await sql<Omit<WholeLeaf, 'leaf'> & { leaf: Leaf | null }>`
    select ${leafOf(evaluation, code)} as leaf,
      (select l.beside from evaluation_leaves l
        where l.place_id = ${placeId} and l.evaluation_id = ${id} and l.code = ${code}) as beside,
      (select coalesce(jsonb_agg(jsonb_build_object('layer', p.layer, 'points', p.points, 'answer', p.answer -> 'given',
                'reason', p.reason, 'settled', p.settled, 'version', p.version)), '[]')
         from evaluation_points p
        where p.place_id = ${lies} and p.evaluation_id = ${id} and p.code = ${code} and p.layer <> 'self'
          and p.voided_at is null) as points,
      (select jsonb_build_object('points', r.points, 'answer', r.answer -> 'given', 'reason', r.reason) from evaluation_releases r
        where r.place_id = ${placeId} and r.evaluation_id = ${id} and r.code = ${code}) as released,
      ${provinceAt(evaluation, code, mostProvinceEntries)} as province,
      (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'layer', s.layer, 'personId', s.person_id,
                'reviewer', s.reviewer_name, 'points', s.points, 'answer', s.answer, 'reason', s.reason, 'adopted', s.agreed,
                'version', s.version, 'givenAt', s.given_at, 'voidedAt', s.voided_at, 'voidReason', s.void_reason)
                order by s.given_at, s.id), '[]')
         from evaluation_scores s
        where s.place_id = ${lies} and s.evaluation_id = ${id} and s.code = ${code} and s.replaced_at is null) as scores,
      (select jsonb_build_object('layer', t.layer, 'spread', t.spread, 'openedAt', t.opened_at, 'minutes', t.minutes,
                'points', t.points, 'answer', t.answer -> 'given', 'settledBy', t.settled_by_name, 'settledAt', t.settled_at)
         from evaluation_talks t
         join evaluation_leaves l on l.evaluation_id = t.evaluation_id and l.code = t.code and l.version = t.leaf_version
        where t.place_id = ${lies} and t.evaluation_id = ${id} and t.code = ${code} and l.place_id = ${placeId}
        order by t.layer limit 1) as talk,
      ${remarksAt(evaluation, code)} as remarks,
      ${owesBlind ? owingBlind(evaluation) : sql`null::boolean`} as "owesBlind",
      ${meansOf} as means, ${accounts ? accountColumns(evaluation) : sql`null::boolean as answers, null::boolean as confirms`}`.execute(
    db,
  );
  const row = found.rows[0]!;
  return row.leaf === null ? undefined : { ...row, leaf: readLeaf(row.leaf) };
}
