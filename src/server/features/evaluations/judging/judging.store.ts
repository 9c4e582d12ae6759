import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { JudgingLayer } from '#domain/evaluation/kind-definition.ts';
import type { SettledWay } from '#domain/evaluation/lists.ts';
import { settledReason } from '#domain/evaluation/points/settle.ts';
import type { KeptFact } from '#domain/evaluation/snapshot.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { Day } from '#domain/kit/school-year.ts';
import {
  type ActedEvaluation,
  actedColumns,
  type Evaluation,
  type EvaluationHandle,
  within,
} from '../evaluation.store.ts';
import type { SelfAnswer } from '../leaf/leaf.store.ts';
import { hasScored, isShared, judgesLeaf } from './owing.store.ts';

/** A leaf as whoever judges it has it before the eyes. */
export interface JudgedLeaf {
  readonly code: string;
  readonly version: number;
  readonly nodes: readonly string[];
  readonly applies: boolean | null;
  readonly facts: readonly KeptFact[];
  readonly note: string;
  readonly objection: string | null;
  /** What proves it, by the ids of the evidence. */
  readonly evidence: readonly string[];
  /** The self-evaluation; null where it is hidden. */
  readonly self: { readonly answer: SelfAnswer | null; readonly points: string | null } | null;
  /** This person's own score that stands; null where there is none. */
  readonly own: { readonly answer: Answer | null; readonly reason: string; readonly version: number } | null;
  /** Whether its scores were opened for a talk in the layer that judges now. */
  readonly talked: boolean;
}

/** What a layer has put down at a leaf. */
export interface SettledLeaf {
  readonly code: string;
  readonly points: string | null;
  readonly answer: { readonly given?: Answer } | null;
}

/** An evaluation with what a score needs: the leaves that are judged, and the unit around them in the layer that judges now. */
export interface JudgedUnit extends ActedEvaluation {
  readonly judged: readonly JudgedLeaf[];
  /** Codes of the leaves that apply to the subject, and of those that do not; of the others nobody knows. */
  readonly applying: readonly string[];
  readonly out: readonly string[];
  /** How many leaves the subject has answered, or need not. */
  readonly answered: number;
  readonly settled: readonly SettledLeaf[];
  /** Codes of leaves at which the score stands that this person would replace. */
  readonly scored: readonly string[];
}

/** Where the rows of the layer lie that judges in the present step, and its name. */
const lies = sql`case when e.step = 'countyReview' then e.place_id else e.campaign_place_id end`;
const layer = sql`case when e.step = 'countyReview' then 'county' else 'city' end`;

/** Whether a leaf has one score, whosever it is: in the county, and where one judges in the open. */
const shared = sql`(e.step = 'countyReview' or ${isShared})`;

const judgedJson = (personId: string) => sql`json_build_object(
  'code', l.code, 'version', l.version, 'nodes', to_json(l.nodes), 'applies', l.applies, 'facts', l.facts, 'note', l.note,
  'objection', l.objection,
  'evidence', (select coalesce(json_agg(k.evidence_id order by k.evidence_id), '[]') from evidence_links k
                where k.place_id = l.place_id and k.evaluation_id = l.evaluation_id and k.code = l.code),
  'own', (select json_build_object('answer', s.answer, 'reason', s.reason, 'version', s.version) from evaluation_scores s
           where s.place_id = ${lies} and s.evaluation_id = l.evaluation_id and s.code = l.code and s.layer = ${layer}
             and s.person_id = ${personId}::uuid and s.replaced_at is null and s.voided_at is null),
  'talked', exists (select 1 from evaluation_talks t
           where t.place_id = ${lies} and t.evaluation_id = l.evaluation_id and t.code = l.code and t.layer = ${layer}
             and t.leaf_version = l.version),
  'self', (select json_build_object('answer', p.answer, 'points', p.points) from evaluation_points p
            where p.place_id = l.place_id and p.evaluation_id = l.evaluation_id and p.code = l.code and p.layer = 'self'))`;

/** One code is compared as such: for a list of unknown length PostgreSQL plans the statement anew each time. */
const codedBy = (codes: readonly string[]) => {
  const [only, ...more] = codes;
  return only !== undefined && more.length === 0 ? sql`l.code = ${only}` : sql`l.code = any(${[...codes]}::text[])`;
};

/**
 * The evaluation in reach, the leaves with these codes, and the unit in the layer that judges now, in one statement: a score
 * asks all of it and answers with the total. As `json`, which is written straight: as `jsonb` each object would be built and sorted
 * first, and it is only read.
 */
export async function findJudged(
  db: EvaluationHandle,
  scope: Scope,
  id: string,
  codes: readonly string[],
  personId: string,
): Promise<JudgedUnit | undefined> {
  const found = await sql<JudgedUnit>`
    select ${actedColumns(personId)}, u.applying, u.out, u.answered,
           (select coalesce(json_agg(${judgedJson(personId)} order by l.code), '[]') from evaluation_leaves l
             where l.place_id = e.place_id and l.evaluation_id = e.id and ${codedBy(codes)}) as judged,
           (select coalesce(json_agg(json_build_object('code', p.code, 'points', p.points, 'answer', p.answer)), '[]')
              from evaluation_points p
             where p.place_id = ${lies} and p.evaluation_id = e.id and p.layer = ${layer} and p.voided_at is null) as settled,
           (select coalesce(json_agg(distinct s.code), '[]') from evaluation_scores s
             where s.place_id = ${lies} and s.evaluation_id = e.id and s.layer = ${layer} and s.replaced_at is null
               and s.voided_at is null and (s.person_id = ${personId}::uuid or ${shared})) as scored
      from evaluations e, lateral (
             select coalesce(json_agg(l.code) filter (where l.applies), '[]') as applying,
                    coalesce(json_agg(l.code) filter (where not l.applies), '[]') as out,
                    (count(*) filter (where coalesce(l.filled, l.answered_at is not null or l.applies is false)))::int as answered
               from evaluation_leaves l where l.place_id = e.place_id and l.evaluation_id = e.id) u
     where ${within(scope)} and e.id = ${id}`.execute(db);
  return found.rows[0];
}

/** Where the rows of a layer lie. */
export const placeOfLayer = (
  { placeId, campaignPlaceId }: Pick<Evaluation, 'placeId' | 'campaignPlaceId'>,
  of: JudgingLayer,
) => (of === 'city' ? campaignPlaceId : placeId);

/** What came of a score, as `give_score` says it. */
export type ScoreOutcome = 'given' | 'closed' | 'leaf-changed' | 'score-changed' | 'blind' | 'sighted' | 'settled';

/** A score that stands at the leaf, as the database gives it when nobody owes one any more. */
export interface StandingJson {
  readonly personId: string;
  readonly points: string | null;
  readonly answer: Answer | null;
  readonly adopted: boolean;
}

export interface GivenScore {
  readonly code: string;
  readonly outcome: ScoreOutcome;
  readonly version: number;
  readonly owing: number;
  readonly salt: string | null;
  /** Null while somebody owes a score, and while a talk is open. */
  readonly standing: readonly StandingJson[] | null;
}

/** A score as it is written. */
export interface NewScore {
  readonly id: string;
  readonly code: string;
  /** Null where points alone are taken over. */
  readonly answer: Answer | null;
  readonly points: string | null;
  readonly seen: Record<string, unknown>;
  readonly leafVersion: number;
  readonly version: number;
}

/** What all scores of one act share. */
export interface ScoreAct {
  readonly layer: JudgingLayer;
  /** Null in the county, which judges by its posts. */
  readonly seatId: string | null;
  readonly reason: string;
  readonly agreed: boolean;
  readonly by: string;
  readonly now: Date;
}

/** What `give_score` is given of one score. */
const givenBy = ({ placeId, id }: ActedEvaluation, score: NewScore, act: ScoreAct) => sql`
  ${placeId}::int, ${id}::uuid, ${score.code}, ${act.layer}, ${act.seatId}::uuid, ${score.id}::uuid,
  ${jsonText(score.answer)}::jsonb, ${score.points}, ${act.reason}, ${JSON.stringify(score.seen)}::jsonb, ${act.agreed},
  ${score.leafVersion}::int, ${score.version}::int, ${act.by}, ${act.now}::timestamptz`;

/**
 * Writes scores of one person, each under the lock of its leaf, in the order of their codes; says what came of each. One
 * score is a plain call, because a recordset of one would cost as much as the score.
 */
export async function writeScores(
  db: EvaluationHandle,
  evaluation: ActedEvaluation,
  scores: readonly NewScore[],
  act: ScoreAct,
): Promise<readonly GivenScore[]> {
  const { placeId, id } = evaluation;
  const { layer: of, seatId, reason, agreed, by, now } = act;
  const [one, ...more] = scores;
  if (one === undefined) return [];
  const columns = sql`g.outcome, g.counted as version, g.still_owing as owing, g.salted as salt, g.standing`;
  if (more.length === 0) {
    const found = await sql<GivenScore>`
      select ${one.code} as code, ${columns} from give_score(${givenBy(evaluation, one, act)}) g`.execute(db);
    return found.rows;
  }
  const rows = [...scores]
    .sort((left, right) => (left.code < right.code ? -1 : 1))
    .map(({ id: score, code, answer, points, seen, leafVersion, version }) => ({
      ...{ score, code, answer, points, seen, leaf_version: leafVersion, own_version: version },
    }));
  const found = await sql<GivenScore>`
    select w.code, ${columns}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(
             score uuid, code text, answer jsonb, points text, seen jsonb, leaf_version integer, own_version integer),
           lateral give_score(${placeId}::int, ${id}::uuid, w.code, ${of}, ${seatId}::uuid, w.score, w.answer, w.points,
             ${reason}, w.seen, ${agreed}, w.leaf_version, w.own_version, ${by}, ${now}::timestamptz) g`.execute(db);
  return found.rows;
}

/**
 * The statement that gives the only score that counts at a leaf, and puts down what it settles. It is asked under the lock of the
 * leaf and may travel with the commit: what hinders it is raised, by the word of a `ScoreOutcome`.
 */
export function soleScoreOf(
  db: EvaluationHandle,
  evaluation: ActedEvaluation,
  score: NewScore,
  { way, answer }: Pick<NewPoints, 'way' | 'answer'>,
  act: ScoreAct,
) {
  return sql`
    select 1 from give_score(${givenBy(evaluation, score, act)}, ${way},
      ${jsonText(storedAnswer(answer))}::jsonb)`.compile(db);
}

const jsonText = (value: object | null) => (value === null ? null : JSON.stringify(value));

/** What a layer puts down at a leaf. */
export interface NewPoints {
  readonly code: string;
  readonly way: SettledWay;
  readonly points: string | null;
  readonly answer: Answer | null;
  readonly leafVersion: number;
}

/**
 * The statement that settles leaves whose last score this transaction has given: it holds their leaves, so nobody was in
 * between. A release copies reasons to the subject.
 */
export function settlingOf(
  db: EvaluationHandle,
  { placeId, id }: ActedEvaluation,
  leaves: readonly NewPoints[],
  { layer: of, seatId, reason, by, now }: ScoreAct,
) {
  const [one, ...more] = leaves;
  const toSubject = ({ way, points }: NewPoints) => settledReason(way, points === null, reason);
  if (one !== undefined && more.length === 0) {
    const answer = jsonText(storedAnswer(one.answer));
    return sql`
      select settle_leaf(${placeId}::int, ${id}::uuid, ${one.code}, ${of}, ${seatId}::uuid, ${one.way}, ${answer}::jsonb, ${one.points},
               ${toSubject(one)}, '', ${one.leafVersion}::int, null, ${by}, ${now}::timestamptz) as settled`.compile(
      db,
    );
  }
  const rows = leaves.map((leaf) => ({
    ...{ code: leaf.code, way: leaf.way, points: leaf.points, answer: storedAnswer(leaf.answer) },
    ...{ why: toSubject(leaf), leaf_version: leaf.leafVersion },
  }));
  return sql`
    select w.code, settle_leaf(${placeId}::int, ${id}::uuid, w.code, ${of}, ${seatId}::uuid, w.way, w.answer, w.points, w.why,
             '', w.leaf_version, null, ${by}, ${now}::timestamptz) as settled
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(
             code text, way text, answer jsonb, points text, why text, leaf_version integer)`.compile(db);
}

/** As the self-evaluation keeps its own answers. */
const storedAnswer = (answer: Answer | null) => (answer === null ? null : { given: answer });

/** The statement that opens the scores of leaves whose reviewers differ too much, with the difference. */
export function openingsOf(
  db: EvaluationHandle,
  { placeId, id }: ActedEvaluation,
  talks: readonly { readonly code: string; readonly spread: string | null }[],
  { layer: of, seatId, by, now }: Pick<ScoreAct, 'layer' | 'seatId' | 'by' | 'now'>,
) {
  return sql`
    select w.code, open_scores(${placeId}::int, ${id}::uuid, w.code, ${of}, ${seatId}::uuid, w.spread, ${by}, ${now}::timestamptz)
             as opened
      from jsonb_to_recordset(${JSON.stringify(talks)}::jsonb) as w(code text, spread text)`.compile(db);
}

/** A leaf without points of the city at which nobody owes a score any more. */
export interface UnowedLeaf {
  readonly code: string;
  readonly version: number;
  readonly standing: readonly StandingJson[];
  /** The words of whoever scored alone. */
  readonly reason: string;
}

/**
 * Leaves that have as many scores as the campaign asks for and nobody who owes one, because whoever owed has left: no score will
 * settle them. For whoever holds the evaluation with its leaves, and is not narrowed by what is hidden.
 */
export async function listUnowed(
  db: EvaluationHandle,
  { placeId, campaignPlaceId, id, rules }: Evaluation,
  today: Day,
): Promise<UnowedLeaf[]> {
  const found = await sql<UnowedLeaf>`
    select l.code, l.version, w.standing, w.reason
      from evaluation_leaves l,
           lateral (
             select jsonb_agg(jsonb_build_object('personId', s.person_id, 'points', s.points, 'answer', s.answer,
                      'adopted', s.agreed) order by s.given_at, s.id) as standing,
                    case when count(*) = 1 then min(s.reason) else '' end as reason, count(*) as given
               from evaluation_scores s
              where s.place_id = ${campaignPlaceId} and s.evaluation_id = ${id} and s.code = l.code and s.layer = 'city'
                and s.replaced_at is null and s.voided_at is null) w
     where l.place_id = ${placeId} and l.evaluation_id = ${id} and w.given >= ${rules.reviewersPerLeaf}::int
       and not exists (
         select 1 from evaluation_points p
          where p.place_id = ${campaignPlaceId} and p.evaluation_id = ${id} and p.code = l.code and p.layer = 'city'
            and p.voided_at is null)
       and not exists (
         select 1 from evaluation_talks t
          where t.place_id = ${campaignPlaceId} and t.evaluation_id = ${id} and t.code = l.code and t.layer = 'city'
            and t.leaf_version = l.version)
       and not exists (
         select 1 from evaluation_reviewers r
          where r.place_id = ${campaignPlaceId} and r.evaluation_id = ${id} and ${judgesLeaf(today)} and not ${hasScored()})
     order by l.code`.execute(db);
  return found.rows;
}

/** A score as the other side of a conflict reads it. */
export interface OtherScore {
  readonly personId: string;
  readonly reviewer: string;
  readonly points: string | null;
  readonly answer: Answer | null;
  readonly reason: string;
  readonly version: number;
  /** As text. */
  readonly at: string;
}

/** The scores that stand at a leaf, as far as this person may see them; the newest first. */
export async function listStanding(
  db: EvaluationHandle,
  evaluation: ActedEvaluation,
  code: string,
  of: JudgingLayer,
): Promise<(OtherScore & { readonly adopted: boolean })[]> {
  const found = await sql<OtherScore & { adopted: boolean }>`
    select s.person_id as "personId", s.reviewer_name as reviewer, s.points, s.answer, s.reason, s.version,
           s.given_at::text as at, s.agreed as adopted
      from evaluation_scores s
     where s.place_id = ${placeOfLayer(evaluation, of)} and s.evaluation_id = ${evaluation.id} and s.code = ${code}
       and s.layer = ${of} and s.replaced_at is null and s.voided_at is null
     order by s.given_at desc, s.id`.execute(db);
  return found.rows;
}

/** The points of a layer that stand at a leaf. */
export interface StandingPoints {
  readonly version: number;
  readonly points: string | null;
  readonly answer: Answer | null;
  readonly by: string;
  readonly at: string;
}

/** What stands around a leaf for a talk: its version, the talk, the version of its points, and who owes a score still. */
export interface TalkScene {
  readonly leafVersion: number;
  readonly nodes: readonly string[];
  readonly facts: readonly KeptFact[];
  readonly talk: { readonly settledAt: string | null; readonly leafVersion: number } | null;
  readonly pointsVersion: number;
  /** What stands there now, and who settled it; null where nothing does. */
  readonly standing: StandingPoints | null;
  /** How many people of the panel owe a score there. */
  readonly owing: number;
}

export async function findTalkScene(
  db: EvaluationHandle,
  evaluation: ActedEvaluation,
  code: string,
  of: JudgingLayer,
  today: Day,
): Promise<TalkScene | undefined> {
  const { placeId, id } = evaluation;
  const place = placeOfLayer(evaluation, of);
  const found = await sql<TalkScene>`
    select l.version as "leafVersion", l.nodes, l.facts,
           (select jsonb_build_object('settledAt', t.settled_at, 'leafVersion', t.leaf_version) from evaluation_talks t
             where t.place_id = ${place} and t.evaluation_id = ${id} and t.code = ${code} and t.layer = ${of}
               and t.leaf_version = l.version) as talk,
           coalesce((select p.version from evaluation_points p
             where p.place_id = ${place} and p.evaluation_id = ${id} and p.code = ${code} and p.layer = ${of}), 0)
             as "pointsVersion",
           (select jsonb_build_object('version', p.version, 'points', p.points, 'answer', p.answer -> 'given',
                     'by', p.written_by_name, 'at', p.written_at)
              from evaluation_points p
             where p.place_id = ${place} and p.evaluation_id = ${id} and p.code = ${code} and p.layer = ${of}
               and p.voided_at is null) as standing,
           (select count(distinct r.person_id)::int from evaluation_reviewers r
             where r.place_id = ${place} and r.evaluation_id = ${id} and ${judgesLeaf(today)} and not ${hasScored()}) as owing
      from evaluation_leaves l where l.place_id = ${placeId} and l.evaluation_id = ${id} and l.code = ${code}`.execute(
    db,
  );
  return found.rows[0];
}

/** Whether the subject was given right in something: only that changes what was released to it. */
export async function isStatementAccepted(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evaluation, 'placeId' | 'id'>,
): Promise<boolean> {
  const found = await sql`
    select 1 from evaluation_statements s
     where s.place_id = ${placeId} and s.evaluation_id = ${id} and s.accepted limit 1`.execute(db);
  return found.rows.length > 0;
}

/** Who judges one of these leaves for the city, each person once. */
export async function listReviewersAt(
  db: EvaluationHandle,
  { placeId, campaignPlaceId, id }: Pick<Evaluation, 'placeId' | 'campaignPlaceId' | 'id'>,
  codes: readonly string[],
  today: Day,
): Promise<string[]> {
  const found = await sql<{ personId: string }>`
    select distinct r.person_id as "personId" from evaluation_reviewers r
      join evaluation_leaves l on l.evaluation_id = r.evaluation_id and ${judgesLeaf(today)}
     where r.place_id = ${campaignPlaceId} and r.evaluation_id = ${id}
       and l.place_id = ${placeId} and l.code = any(${[...codes]}::text[])`.execute(db);
  return found.rows.map(({ personId }) => personId);
}

/** A person whose scores a change of the subject has voided, with the leaves that he has not judged again. */
export interface VoidedScores {
  readonly personId: string;
  readonly codes: readonly string[];
}

/** Whose scores of a layer are void and not given again: of the city those who still judge the leaf, of the county its posts. */
export async function listVoided(
  db: EvaluationHandle,
  evaluation: ActedEvaluation,
  of: JudgingLayer,
  today: Day,
): Promise<VoidedScores[]> {
  const { placeId, id } = evaluation;
  const place = placeOfLayer(evaluation, of);
  const still =
    of === 'county'
      ? sql`true`
      : sql`exists (
    select 1 from evaluation_reviewers r
     where r.place_id = ${place} and r.evaluation_id = ${id} and r.person_id = v.person_id and ${judgesLeaf(today)})`;
  const found = await sql<VoidedScores>`
    select v.person_id as "personId", array_agg(distinct v.code order by v.code) as codes
      from evaluation_scores v
      join evaluation_leaves l on l.evaluation_id = v.evaluation_id and l.code = v.code
     where v.place_id = ${place} and v.evaluation_id = ${id} and v.layer = ${of} and v.voided_at is not null
       and l.place_id = ${placeId} and ${still} and not exists (
         select 1 from evaluation_scores s
          where s.place_id = v.place_id and s.evaluation_id = v.evaluation_id and s.code = v.code and s.layer = v.layer
            and (s.person_id = v.person_id or v.layer = 'county') and s.replaced_at is null and s.voided_at is null)
     group by v.person_id`.execute(db);
  return found.rows;
}

/** Opens the scores of one leaf; false where they were open. */
export async function writeOpening(
  db: EvaluationHandle,
  { placeId, id }: ActedEvaluation,
  code: string,
  spread: string | null,
  { layer: of, seatId, by, now }: Pick<ScoreAct, 'layer' | 'seatId' | 'by' | 'now'>,
): Promise<boolean> {
  const found = await sql<{ opened: boolean }>`
    select o as opened from open_scores(${placeId}::int, ${id}::uuid, ${code}, ${of}, ${seatId}::uuid, ${spread}, ${by},
      ${now}::timestamptz) o`.execute(db);
  return found.rows[0]!.opened;
}

/** Puts down what a talk has found; says what came of it. Its minutes stay with the panel, its reason goes to the subject. */
export async function writeTalk(
  db: EvaluationHandle,
  { placeId, id }: ActedEvaluation,
  given: {
    readonly code: string;
    readonly points: string | null;
    readonly answer: Answer;
    readonly minutes: string;
    readonly reason: string;
    readonly leafVersion: number;
    readonly pointsVersion: number;
  },
  { layer: of, seatId, by, now }: Pick<ScoreAct, 'layer' | 'seatId' | 'by' | 'now'>,
): Promise<{ outcome: string; version: number }> {
  const found = await sql<{ outcome: string; version: number }>`
    select s.outcome, s.counted as version from settle_leaf(${placeId}::int, ${id}::uuid, ${given.code}, ${of}, ${seatId}::uuid, 'talk',
      ${JSON.stringify(storedAnswer(given.answer))}::jsonb, ${given.points}, ${given.reason}, ${given.minutes},
      ${given.leafVersion}::int, ${given.pointsVersion}::int, ${by}, ${now}::timestamptz) s`.execute(db);
  return found.rows[0]!;
}

/** Notes that the person of a seat has read the edition; false where it was noted before. */
export async function writeEditionRead(
  db: EvaluationHandle,
  place: number,
  seatId: string,
  now: Date,
): Promise<boolean> {
  const found = await sql<{ marked: boolean }>`
    select m as marked from mark_edition_read(${place}::int, ${seatId}::uuid, ${now}::timestamptz) m`.execute(db);
  return found.rows[0]!.marked;
}
