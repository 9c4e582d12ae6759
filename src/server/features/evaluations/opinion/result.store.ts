import { sql } from 'kysely';
import type { EvaluationState, Layer } from '#domain/evaluation/lists.ts';
import type { KeptResult } from '#domain/evaluation/result/kept-result.ts';
import type { HeldStep } from '#domain/evaluation/result/letter-words.ts';
import type { KeptFact } from '#domain/evaluation/snapshot.ts';
import type { Answer, Circumstances } from '#domain/framework/answer.ts';
import type { Concluded } from '#domain/framework/result.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';
import { type Statement, statementJson } from './statement.store.ts';

/** What stands at the leaves of an evaluation, for the result of a layer. */
export interface ResultLeaf {
  readonly code: string;
  readonly applies: boolean | null;
  readonly facts: readonly KeptFact[];
}

export interface ResultPoint {
  readonly code: string;
  readonly layer: Exclude<Layer, 'province'>;
  readonly points: string | null;
  readonly answer: { readonly given?: Answer } | null;
  readonly reason: string;
}

export interface ResultRows {
  /** By what the newest release was computed; null before it. */
  readonly certificate: ResultCertificate | null;
  readonly leaves: readonly ResultLeaf[];
  readonly points: readonly ResultPoint[];
}

/** All leaves and what every layer has put down at them, as far as this person may see it. */
export async function findResultRows(
  db: EvaluationHandle,
  { placeId, campaignPlaceId, id }: Evaluation,
): Promise<ResultRows> {
  const found = await sql<ResultRows>`
    select (select coalesce(jsonb_agg(jsonb_build_object('code', l.code, 'applies', l.applies, 'facts', l.facts)
                     order by l.position), '[]')
              from evaluation_leaves l where l.place_id = ${placeId} and l.evaluation_id = ${id}) as leaves,
           (select coalesce(jsonb_agg(jsonb_build_object('code', p.code, 'layer', p.layer, 'points', p.points,
                     'answer', p.answer, 'reason', p.reason)), '[]')
              from evaluation_points p
             where p.place_id = any(array[${placeId}, ${campaignPlaceId}]::int[]) and p.evaluation_id = ${id}
               and p.voided_at is null) as points,
           (select o.certificate from evaluation_opinions o
             where o.place_id = ${campaignPlaceId} and o.evaluation_id = ${id}) as certificate`.execute(db);
  return found.rows[0]!;
}

/** What a certificate of a total names. */
export interface ResultCertificate {
  readonly hash: string;
  readonly engine: string;
  readonly on: Day;
  /** Digest of all points from which it was computed. */
  readonly points: string;
  /** The first level of the tree, as the letter shows it. */
  readonly branches: readonly (readonly string[])[];
  /** What rules and conclusions read, as it was then; undefined in a certificate of before they were kept. */
  readonly facts?: readonly KeptFact[];
  readonly concluded?: Concluded;
  /** Whether it was the first round, and what earlier ones came to, as it was then. */
  readonly circumstances?: Circumstances;
  readonly results?: KeptResult;
}

export interface Released {
  readonly statements: readonly Statement[];
  readonly points: readonly { readonly code: string; readonly points: string | null; readonly reason: string }[];
  readonly self: readonly { readonly code: string; readonly points: string | null }[];
  /** What the office ruled where the subject stood equal with others at the line of a quota. */
  readonly ruling: string | null;
}

/** What was released to the subject, beside its own points and statements. */
export async function findReleased(db: EvaluationHandle, { placeId, id }: Evaluation): Promise<Released> {
  const found = await sql<Released>`
    select (select coalesce(jsonb_agg(${statementJson} order by s.made_on, s.id), '[]') from evaluation_statements s
             where s.place_id = ${placeId} and s.evaluation_id = ${id}) as statements,
           (select coalesce(jsonb_agg(jsonb_build_object('code', r.code, 'points', r.points, 'reason', r.reason)), '[]')
              from evaluation_releases r where r.place_id = ${placeId} and r.evaluation_id = ${id}) as points,
           (select coalesce(jsonb_agg(jsonb_build_object('code', p.code, 'points', p.points)), '[]')
              from evaluation_points p
             where p.place_id = ${placeId} and p.evaluation_id = ${id} and p.layer = 'self') as self,
           (select e.results ->> 'ruling' from evaluations e where e.place_id = ${placeId} and e.id = ${id}) as ruling`.execute(
    db,
  );
  return found.rows[0]!;
}

/** A score that stands, for the indices: as far as this person may see it. */
export interface ScoredBy {
  readonly evaluationId: string;
  readonly code: string;
  readonly personId: string;
  readonly name: string;
  readonly points: string;
}

/** Scores from which the strictness of reviewers is computed, at most: more say nothing that these do not. */
const mostCompared = 20_000;

/**
 * What the reviewers of an evaluation gave themselves in its whole campaign, with what others gave at the same leaves: by one
 * subject nobody is strict. What was taken over from the self-evaluation judges nothing.
 */
export async function listScoresBy(
  db: EvaluationHandle,
  { campaignPlaceId, campaignId, id }: Evaluation,
): Promise<readonly ScoredBy[]> {
  const found = await sql<ScoredBy>`
    with here as (
      select distinct s.person_id from evaluation_scores s
       where s.place_id = ${campaignPlaceId} and s.evaluation_id = ${id} and s.layer = 'city'
         and s.replaced_at is null and s.voided_at is null
    )
    select distinct s.evaluation_id as "evaluationId", s.code, s.person_id as "personId", s.reviewer_name as name, s.points
      from here h
      join evaluation_scores own on own.place_id = ${campaignPlaceId} and own.person_id = h.person_id
       and own.campaign_id = ${campaignId}::uuid and own.layer = 'city' and own.replaced_at is null
       and own.voided_at is null and not own.agreed and own.points is not null
      join evaluation_scores s on s.place_id = own.place_id and s.evaluation_id = own.evaluation_id and s.code = own.code
       and s.layer = 'city' and s.replaced_at is null and s.voided_at is null and not s.agreed and s.points is not null
     limit ${mostCompared}`.execute(db);
  return found.rows;
}

/** Copies the city's points to the subject, with the opinion as it stands. */
export async function writeRelease(
  db: EvaluationHandle,
  { placeId, id }: Evaluation,
  due: Day | null,
  now: Date,
): Promise<number> {
  const found =
    await sql`select r as code from release_results(${placeId}::int, ${id}::uuid, ${due}::date, ${now}::timestamptz) r`.execute(
      db,
    );
  return found.rows.length;
}

/** The days of a step and when it was passed; undefined where the subject does not pass it. */
export async function findStepDays(
  db: EvaluationHandle,
  { placeId, id }: Evaluation,
  step: EvaluationState,
): Promise<HeldStep | undefined> {
  const found = await sql<HeldStep>`
    select s.from_day as "from", s.to_day as "to", s.done_on as "doneOn",
           (select b.done_on from evaluation_steps b
             where b.place_id = s.place_id and b.evaluation_id = s.evaluation_id and b.position < s.position
             order by b.position desc limit 1) as "begunOn"
      from evaluation_steps s
     where s.place_id = ${placeId} and s.evaluation_id = ${id} and s.step = ${step}
       and s.from_day is not null and s.to_day is not null`.execute(db);
  return found.rows[0];
}
