import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { CampaignRules } from '#domain/evaluation/campaign/campaign-rules.ts';
import type {
  EvaluationKind,
  EvaluationState,
  EvaluationStep,
  SeatPart,
  SelfStanding,
} from '#domain/evaluation/lists.ts';
import type { ReleasedOpinion } from '#domain/evaluation/opinion.ts';
import type { Reopening } from '#domain/flow/reopening.ts';
import type { LastProblem } from '#domain/framework/score/generated-leaves.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import type { Handle } from '#platform/db/handle.ts';
import { among } from '#platform/db/listing.ts';
import { changingOne } from '#platform/db/locked-row.ts';
import { hasCountyStep } from './judging/owing.store.ts';

/** The tables of evaluations, those of the core that their acts use, registers, and views of other features. */
export type EvaluationHandle = Handle<
  | 'evaluations'
  | 'evaluation_steps'
  | 'evaluation_leaves'
  | 'evaluation_handins'
  | 'evaluation_reviewers'
  | 'evaluation_points'
  | 'evaluation_scores'
  | 'evaluation_totals'
  | 'evaluation_talks'
  | 'evaluation_remarks'
  | 'evaluation_opinions'
  | 'evaluation_releases'
  | 'evaluation_statements'
  | 'evaluation_findings'
  | 'evaluation_province_scores'
  | 'evaluation_ties'
  | 'evaluation_asked_acts'
  | 'evidence_items'
  | 'evidence_links'
  | 'evidence_prints'
  | 'evidence_resemblances',
  | 'steps'
  | 'notices'
  | 'attachments'
  | 'entered_facts'
  | 'audit_events'
  | 'org_units'
  | 'schools'
  | 'school_places'
  | 'people'
  | 'client_ids'
  | 'grants'
  | 'roles'
  | 'periods'
  | 'framework_editions'
  | 'framework_withdrawals'
  | 'framework_facts'
  | 'facts'
  | 'ledger_findings'
  | 'ledger_kinds'
  | 'raised_letters'
  | 'campaign_days'
  | 'campaign_slots'
  | 'campaign_panel'
  | 'inspector_pool'
>;

/** The newest time that the self-evaluation was handed in. */
export interface HandIn {
  readonly round: number;
  readonly submittedById: string;
  readonly submittedBy: string;
  readonly confirmedBy: string | null;
  /** As text. */
  readonly confirmedAt: string | null;
  readonly takenBack: boolean;
}

/** What was sent back, and by which hand-in it will be over. */
export interface Returned {
  readonly reason: string;
  /** Null: the whole. */
  readonly codes: readonly string[] | null;
  /** The hand-in that was sent back. */
  readonly round: number;
}

/** What every act on an evaluation asks of it: who may do it now, and where it is recorded. */
export interface ActedEvaluation {
  readonly type: 'evaluation';
  readonly id: string;
  /** The county of the subject as it was opened. */
  readonly placeId: number;
  readonly schoolId: number | null;
  readonly campaignPlaceId: number;
  readonly campaignId: string;
  readonly kind: EvaluationKind;
  readonly title: string;
  readonly frameworkKey: string;
  readonly frameworkRevision: number;
  readonly frameworkHash: string;
  /** The problems of the last round from which branches of the edition have their leaves; null where it generates none. */
  readonly generated: readonly LastProblem[] | null;
  readonly subjectName: string;
  readonly rules: CampaignRules;
  readonly state: EvaluationState;
  readonly returned: Returned | null;
  readonly statementDue: Day | null;
  readonly managedBy: ManagingLevel;
  readonly handIn: HandIn | null;
  /** The seat of the person who asks, where there is one in force. */
  readonly seat: OwnSeat | null;
  /** Whether the person who asks belongs to the subject, or has signed for it. */
  readonly ownSide: boolean;
}

export interface Evaluation extends ActedEvaluation {
  readonly assessmentYear: number;
  readonly decisionYear: number;
  readonly unitId: number;
  readonly leadUnitId: number;
  readonly leadUnitName: string;
  readonly partnerUnitId: number | null;
  readonly partnerUnitName: string | null;
  readonly seats: readonly string[];
  /** Of the released opinion and the result. */
  readonly total: string | null;
  readonly conclusion: string | null;
  readonly opinion: ReleasedOpinion | null;
  readonly releasedAt: Date | null;
  readonly decidedOn: Day | null;
  readonly noticeLetterId: string | null;
  readonly opinionLetterId: string | null;
  readonly resultLetterId: string | null;
  /** Rises with every act on the evaluation, also with those of the subject, which writes rows of its own. */
  readonly revision: number;
}

/** One's own seat at an evaluation. */
export interface OwnSeat {
  readonly id: string;
  readonly part: SeatPart;
  readonly scores: boolean;
  readonly nodes: readonly string[];
  readonly outside: boolean;
  /** Its days; null: as long as it stands. */
  readonly from: Day | null;
  readonly to: Day | null;
}

/** It counts the acts of a hand-in too, which the subject does without changing the row of its evaluation. */
export const revisionColumn = sql<number>`
  e.revision + coalesce((select sum(1 + (h.confirmed_at is not null)::int + (h.taken_back_at is not null)::int)
              from evaluation_handins h where h.place_id = e.place_id and h.evaluation_id = e.id), 0)::int`;

/** The step at which it stands, or its end. */
export const stateColumn = sql<EvaluationState>`case when e.state = 'open' then e.step else e.state end`;

/** Whoever holds a post at the subject or below it, or has done a signed act of its side, judges it in no post. */
export const isOwnSide = (person: RawBuilder<unknown>) => sql<SqlBool>`(
  exists (select 1 from grants g
           where g.person_id = ${person} and g.revoked_at is null
             and case when e.school_id is not null then g.school_id = e.school_id
                      else g.unit_id in (select u.id from org_units u where u.place_id = e.place_id)
                        or g.school_id in (select p.school_id from school_places p where p.county_id = e.place_id) end)
  or exists (select 1 from steps s
              where s.place_id = e.place_id and s.subject_type = 'evaluation' and s.subject_id = e.id
                and s.action in ('submit', 'confirmSelf', 'state', 'waiveStatement')
                and (${person})::text in (s.actor_id, s.stand_in_for)))`;

export const actedColumns = (personId: string | null) => sql`
  'evaluation' as type, e.id, e.place_id as "placeId", e.school_id as "schoolId", e.campaign_place_id as "campaignPlaceId",
  e.campaign_id as "campaignId", e.kind, e.title, e.framework_key as "frameworkKey",
  e.framework_revision as "frameworkRevision", e.framework_hash as "frameworkHash", e.generated,
  e.subject_name as "subjectName", e.rules, ${stateColumn} as state, e.returned, e.statement_due as "statementDue",
  case when e.school_id is null or ${hasCountyStep} then 'county' else 'city' end as "managedBy",
  (select jsonb_build_object('round', h.round, 'submittedById', h.submitted_by, 'submittedBy', h.submitted_by_name,
            'confirmedBy', h.confirmed_by_name, 'confirmedAt', h.confirmed_at, 'takenBack', h.taken_back_at is not null)
     from evaluation_handins h where h.place_id = e.place_id and h.evaluation_id = e.id
    order by h.round desc limit 1) as "handIn",
  (select jsonb_build_object('id', r.seat_id, 'part', r.part, 'scores', r.scores, 'nodes', to_jsonb(r.nodes),
            'outside', r.outside, 'from', r.from_day, 'to', r.to_day)
     from evaluation_reviewers r
    where r.place_id = e.campaign_place_id and r.evaluation_id = e.id and r.person_id = ${personId}::uuid
      and r.ended_on is null
    limit 1) as seat, ${isOwnSide(sql`${personId}::uuid`)} as "ownSide"`;

export const evaluationColumns = (personId: string | null) => sql`${actedColumns(personId)},
  e.assessment_year as "assessmentYear", e.decision_year as "decisionYear", e.unit_id as "unitId",
  e.lead_unit_id as "leadUnitId", (select u.name from org_units u where u.id = e.lead_unit_id) as "leadUnitName",
  e.partner_unit_id as "partnerUnitId", (select u.name from org_units u where u.id = e.partner_unit_id) as "partnerUnitName",
  e.seats, e.total, e.conclusion, e.opinion, e.released_at as "releasedAt", e.decided_on as "decidedOn",
  e.notice_letter_id as "noticeLetterId", e.opinion_letter_id as "opinionLetterId", e.result_letter_id as "resultLetterId",
  ${revisionColumn} as revision`;

/**
 * The evaluations in reach, by place, school or seat: the first wall. Most people have no seat; an *or* that asks for one keeps PostgreSQL
 * from the index that begins with the place.
 */
export function within({ places, schools, campaigns }: Scope): RawBuilder<SqlBool> {
  const atPlace = sql<SqlBool>`e.place_id = ${among(places)}`;
  const byPlace = schools === null ? atPlace : sql<SqlBool>`(${atPlace} and e.school_id = any(${[...schools]}::int[]))`;
  return campaigns.length === 0 ? byPlace : sql<SqlBool>`(${byPlace} or e.seats && ${[...campaigns]}::uuid[])`;
}

export async function findEvaluation(
  db: EvaluationHandle,
  scope: Scope,
  id: string,
  personId: string | null,
): Promise<Evaluation | undefined> {
  const found = await sql<Evaluation>`
    select ${evaluationColumns(personId)} from evaluations e where ${within(scope)} and e.id = ${id}`.execute(db);
  return found.rows[0];
}

/** The evaluation, kept until the transaction ends, as it is then: for whoever may change its row. */
export async function lockEvaluation(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evaluation, 'placeId' | 'id'>,
  personId: string | null,
): Promise<Evaluation | undefined> {
  const locked = await sql`
    select 1 from evaluations e where e.place_id = ${placeId} and e.id = ${id} for update`.execute(db);
  if (locked.rows.length === 0) return undefined;
  const found = await sql<Evaluation>`
    select ${evaluationColumns(personId)} from evaluations e where e.place_id = ${placeId} and e.id = ${id}`.execute(
    db,
  );
  return found.rows[0];
}

/**
 * The evaluation, kept at its step until the transaction ends: for whoever writes a part of it and may not change its row.
 * Whoever moves it on waits; two who write parts do not wait for each other.
 */
export async function lockAtStep(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evaluation, 'placeId' | 'id'>,
): Promise<{ step: EvaluationStep; state: string; returned: Returned | null } | undefined> {
  const held = await sql<{ step: EvaluationStep; state: string; returned: Returned | null }>`
    select at_step as step, at_state as state, opened_again as returned
      from hold_evaluation(${placeId}::int, ${id}::uuid)`.execute(db);
  return held.rows[0];
}

/** What an act sets of a locked evaluation. */
export interface EvaluationChange {
  readonly state?: EvaluationState;
  readonly reason?: string | null;
  readonly returned?: Returned | null;
  readonly decidedOn?: Day | null;
  readonly statementDue?: Day | null;
  readonly opinionLetterId?: string | null;
  readonly resultLetterId?: string | null;
  readonly partnerUnitId?: number | null;
  readonly total?: string | null;
  readonly conclusion?: string | null;
}

/**
 * The statement that sets the values of a locked evaluation and raises its revision, for an act that asks nothing more. It keeps
 * the last day of the present step beside it, by which lists are in order: whoever changes days of steps does it before. It fails where a policy hides the row from changes.
 */
export function evaluationWrite(
  db: EvaluationHandle,
  { placeId, id, state: before }: Pick<Evaluation, 'placeId' | 'id' | 'state'>,
  { state = before, ...change }: EvaluationChange,
  now: Date,
) {
  const isOver = state === 'closed' || state === 'cancelled';
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const columns = {
    ...(isOver ? { state } : { step: state }),
    ...('reason' in change ? { reason: change.reason } : {}),
    ...('returned' in change ? { returned: json(change.returned) } : {}),
    ...('decidedOn' in change ? { decided_on: change.decidedOn } : {}),
    ...('statementDue' in change ? { statement_due: change.statementDue } : {}),
    ...('opinionLetterId' in change ? { opinion_letter_id: change.opinionLetterId } : {}),
    ...('resultLetterId' in change ? { result_letter_id: change.resultLetterId } : {}),
    ...('partnerUnitId' in change ? { partner_unit_id: change.partnerUnitId } : {}),
    ...('total' in change ? { total: change.total } : {}),
    ...('conclusion' in change ? { conclusion: change.conclusion } : {}),
  };
  const step = isOver ? null : state;
  const dueOn = sql<Day | null>`(
    select s.to_day from evaluation_steps s where s.place_id = ${placeId} and s.evaluation_id = ${id} and s.step = ${step})`;
  const statement = db
    .updateTable('evaluations')
    .set((row) => ({ ...(columns as object), due_on: dueOn, updated_at: now, revision: row('revision', '+', 1) }))
    .where('place_id', '=', placeId)
    .where('id', '=', id)
    .returning('place_id');
  return changingOne(db, statement);
}

/** Marks the present step as done, or opens the step to which it goes back. */
export function stepDoneWrite(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evaluation, 'placeId' | 'id'>,
  step: string,
  doneOn: Day | null,
) {
  const statement = db
    .updateTable('evaluation_steps')
    .set({ done_on: doneOn })
    .where('place_id', '=', placeId)
    .where('evaluation_id', '=', id)
    .where('step', '=', step)
    .returning('place_id');
  return changingOne(db, statement);
}

/** The hand-in that counts: one that was taken back does not. */
function standingRound(handIn: HandIn | null): number {
  if (handIn === null) return 0;
  return handIn.takenBack ? handIn.round - 1 : handIn.round;
}

/** What of the self-evaluation was sent back and not handed in again; null where nothing is. */
export function reopeningOf({ returned, handIn }: Pick<Evaluation, 'returned' | 'handIn'>): Reopening | null {
  if (returned === null || standingRound(handIn) > returned.round) return null;
  return { openParts: returned.codes, reason: returned.reason };
}

/** How far the self-evaluation is. */
export function selfStandingOf(evaluation: Pick<Evaluation, 'returned' | 'handIn'>): SelfStanding {
  const { handIn } = evaluation;
  if (handIn === null || handIn.takenBack || reopeningOf(evaluation) !== null) return 'open';
  return handIn.confirmedAt === null ? 'submitted' : 'confirmed';
}
