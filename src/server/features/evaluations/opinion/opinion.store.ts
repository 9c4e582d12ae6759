import { sql } from 'kysely';
import type { EvaluationState, Layer, OpinionCommentKind, OpinionState } from '#domain/evaluation/lists.ts';
import type { HeldStep } from '#domain/evaluation/result/letter-words.ts';
import type { KeptFact } from '#domain/evaluation/snapshot.ts';
import type { DutyType, FindingState } from '#domain/flow/finding.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';

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
               and p.voided_at is null) as points`.execute(db);
  return found.rows[0]!;
}

export interface Comment {
  readonly kind: OpinionCommentKind;
  readonly code: string | null;
  readonly text: string;
}

/** A finding of the panel, until it goes into the ledger. */
export interface Finding {
  readonly id: string;
  readonly code: string | null;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly dutyType: DutyType | null;
  readonly dutyId: number | null;
  readonly dutyName: string | null;
  readonly dueOn: Day | null;
  readonly raisedAt: string | null;
}

export interface Statement {
  readonly id: string;
  readonly text: string;
  readonly waived: boolean;
  readonly madeBy: string;
  readonly madeOn: Day;
  readonly answer: string | null;
  readonly accepted: boolean | null;
  readonly answeredBy: string | null;
  readonly answeredOn: Day | null;
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
}

export interface StoredOpinion {
  readonly state: OpinionState;
  readonly comments: readonly Comment[];
  readonly total: string | null;
  readonly conclusion: string | null;
  readonly certificate: ResultCertificate | null;
  readonly draftedById: string;
  readonly draftedBy: string;
}

export interface OpinionRows {
  readonly opinion: StoredOpinion | null;
  readonly findings: readonly Finding[];
  readonly statements: readonly Statement[];
}

const findingJson = sql`jsonb_build_object(
  'id', f.id, 'code', f.code, 'kind', f.kind, 'title', f.title, 'body', f.body, 'dutyType', f.duty_type, 'dutyId', f.duty_id,
  'dutyName', case when f.duty_type = 'school'
    then (select s.name from schools s where s.county_id = f.subject_place_id and s.id = f.duty_id)
    else (select u.name from org_units u where u.id = f.duty_id) end,
  'dueOn', f.due_on, 'raisedAt', f.raised_at)`;

const statementJson = sql`jsonb_build_object(
  'id', s.id, 'text', s.body, 'waived', s.waived, 'madeBy', s.made_by_name, 'madeOn', s.made_on, 'answer', s.answer,
  'accepted', s.accepted, 'answeredBy', s.answered_by_name, 'answeredOn', s.answered_on)`;

/** The opinion as it is drafted at the city, its findings, and the statements of the subject. */
export async function findOpinion(
  db: EvaluationHandle,
  { placeId, campaignPlaceId, id }: Evaluation,
): Promise<OpinionRows> {
  const found = await sql<OpinionRows>`
    select (select jsonb_build_object('state', o.state, 'comments', o.comments, 'total', o.total, 'conclusion', o.conclusion,
                     'certificate', o.certificate, 'draftedById', o.drafted_by, 'draftedBy', o.drafted_by_name)
              from evaluation_opinions o where o.place_id = ${campaignPlaceId} and o.evaluation_id = ${id}) as opinion,
           (select coalesce(jsonb_agg(${findingJson} order by f.entered_at, f.id), '[]') from evaluation_findings f
             where f.place_id = ${campaignPlaceId} and f.evaluation_id = ${id} and f.dropped_at is null) as findings,
           (select coalesce(jsonb_agg(${statementJson} order by s.made_on, s.id), '[]') from evaluation_statements s
             where s.place_id = ${placeId} and s.evaluation_id = ${id}) as statements`.execute(db);
  return found.rows[0]!;
}

/** Where a finding of an evaluation stands in the ledger. */
export interface LedgerStanding {
  readonly state: FindingState;
  readonly dueOn: Day | null;
  readonly closedOn: Day | null;
}

/** The findings of an evaluation in the ledger by their ids, as far as the person reads them there. */
export async function findInLedger(
  db: EvaluationHandle,
  { placeId, campaignPlaceId, id }: Evaluation,
): Promise<ReadonlyMap<string, LedgerStanding>> {
  const found = await sql<LedgerStanding & { id: string }>`
    select l.finding_id as id, l.state, l.due_on as "dueOn", l.closed_on as "closedOn" from ledger_findings l
     where l.place_id = any(array[${placeId}, ${campaignPlaceId}]::int[]) and l.source_type = 'evaluations'
       and l.source_id = ${id}`.execute(db);
  return new Map(found.rows.map(({ id: finding, ...standing }) => [finding, standing]));
}

/** By which name one of these people wrote words of the opinion; undefined where none of them did. */
export async function findOwnDraft(
  db: EvaluationHandle,
  { campaignPlaceId, id }: Evaluation,
  hands: readonly string[],
): Promise<string | undefined> {
  const found = await sql<{ name: string }>`
    select o.drafted_by_name as name from evaluation_opinions o
     where o.place_id = ${campaignPlaceId} and o.evaluation_id = ${id} and o.drafted_by::text = any(${[...hands]}::text[])
    union all
    (select coalesce(a.actor_name, '') from audit_events a
      where a.place_id = ${campaignPlaceId} and a.object_type = 'evaluation' and a.object_id = ${id}
        and a.action = 'evaluation.opinionSaved'
        and (a.actor_id = any(${[...hands]}::text[]) or a.stand_in_for::text = any(${[...hands]}::text[]))
      limit 1)`.execute(db);
  return found.rows[0]?.name;
}

/** Whether the person at work owes a blind score while the city scores: what others draft would tell what they gave. */
export async function isOwingBlind(db: EvaluationHandle, { placeId, id, rules }: Evaluation): Promise<boolean> {
  if (!rules.blind) return false;
  // The same function keeps the rows from this person in the policies.
  const found = await sql<{ owes: boolean }>`select owes_blind(${placeId}::int, ${id}::uuid) as owes`.execute(db);
  return found.rows[0]!.owes;
}

export interface Released {
  readonly statements: readonly Statement[];
  readonly points: readonly { readonly code: string; readonly points: string | null; readonly reason: string }[];
  readonly self: readonly { readonly code: string; readonly points: string | null }[];
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
             where p.place_id = ${placeId} and p.evaluation_id = ${id} and p.layer = 'self') as self`.execute(db);
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

/** What an act writes of an opinion; the rest stays as it is. */
export interface OpinionChange {
  readonly state?: OpinionState;
  readonly comments?: readonly Comment[];
  readonly total?: string | null;
  readonly conclusion?: string | null;
  readonly certificate?: ResultCertificate | null;
  readonly confirmed?: { readonly by: string; readonly name: string; readonly at: Date } | null;
}

/** Writes the opinion, whose evaluation is locked. Whoever writes its words is who drafted it. */
export async function writeOpinion(
  db: EvaluationHandle,
  { placeId, campaignPlaceId, id }: Evaluation,
  change: OpinionChange,
  { by, name, at, drafts }: { readonly by: string; readonly name: string; readonly at: Date; readonly drafts: boolean },
): Promise<void> {
  const { state, comments, total, conclusion, certificate, confirmed } = change;
  const columns = {
    ...(state === undefined ? {} : { state }),
    ...(comments === undefined ? {} : { comments: JSON.stringify(comments) }),
    ...(total === undefined ? {} : { total }),
    ...(conclusion === undefined ? {} : { conclusion }),
    ...(certificate === undefined ? {} : { certificate: certificate === null ? null : JSON.stringify(certificate) }),
    ...(confirmed === undefined
      ? {}
      : {
          ...{ confirmed_by: confirmed?.by ?? null, confirmed_by_name: confirmed?.name ?? null },
          confirmed_at: confirmed?.at ?? null,
        }),
    updated_at: at,
  };
  if (!drafts) {
    await db
      .updateTable('evaluation_opinions')
      .set(columns)
      .where('place_id', '=', campaignPlaceId)
      .where('evaluation_id', '=', id)
      .execute();
    return;
  }
  const drafted = { drafted_by: by, drafted_by_name: name };
  await db
    .insertInto('evaluation_opinions')
    .values({ place_id: campaignPlaceId, evaluation_id: id, subject_place_id: placeId, ...drafted, ...columns })
    .onConflict((conflict) => conflict.columns(['place_id', 'evaluation_id']).doUpdateSet({ ...columns, ...drafted }))
    .execute();
}

/** A finding as it is saved. */
export type NewFinding = Omit<Finding, 'dutyName' | 'raisedAt'>;

/**
 * Writes the findings in place of those that were there; what is in the ledger stays. Returns the ids that were written: one
 * of another evaluation is not among them.
 */
export async function writeFindings(
  db: EvaluationHandle,
  { placeId, campaignPlaceId, id }: Evaluation,
  findings: readonly NewFinding[],
  { name, at }: { readonly name: string; readonly at: Date },
): Promise<string[]> {
  await db
    .updateTable('evaluation_findings')
    .set({ dropped_at: at })
    .where('place_id', '=', campaignPlaceId)
    .where('evaluation_id', '=', id)
    .where('raised_at', 'is', null)
    .where('dropped_at', 'is', null)
    .where(sql<boolean>`id <> all(${findings.map((one) => one.id)}::uuid[])`)
    .execute();
  if (findings.length === 0) return [];
  const written = await db
    .insertInto('evaluation_findings')
    .values(
      findings.map((one) => ({
        ...{ place_id: campaignPlaceId, id: one.id, evaluation_id: id, subject_place_id: placeId, code: one.code },
        ...{ kind: one.kind, title: one.title, body: one.body, duty_type: one.dutyType, duty_id: one.dutyId },
        ...{ due_on: one.dueOn, entered_by_name: name, entered_at: at },
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['place_id', 'id'])
        .doUpdateSet((row) => ({
          ...{ code: row.ref('excluded.code'), kind: row.ref('excluded.kind'), title: row.ref('excluded.title') },
          ...{ body: row.ref('excluded.body'), duty_type: row.ref('excluded.duty_type') },
          ...{ duty_id: row.ref('excluded.duty_id'), due_on: row.ref('excluded.due_on'), dropped_at: null },
        }))
        .where('evaluation_findings.evaluation_id', '=', id)
        .where('evaluation_findings.raised_at', 'is', null),
    )
    .returning('id')
    .execute();
  return written.map((one) => one.id);
}

/** The statement that marks findings as raised into the ledger. */
export function findingsRaising(
  db: EvaluationHandle,
  { campaignPlaceId, id }: Evaluation,
  findings: readonly Finding[],
  at: Date,
) {
  return db
    .updateTable('evaluation_findings')
    .set({ raised_at: at })
    .where('place_id', '=', campaignPlaceId)
    .where('evaluation_id', '=', id)
    .where(sql<boolean>`id = any(${findings.map((one) => one.id)}::uuid[])`)
    .compile();
}

/** The kinds of the ledger that are in use. */
export async function listFindingKinds(db: EvaluationHandle): Promise<ReadonlyMap<string, boolean>> {
  const found = await db.selectFrom('ledger_kinds').select(['key', 'active']).execute();
  return new Map(found.map(({ key, active }) => [key, active]));
}

/** Who may have the duty for a finding: the county of the subject, units below it, and its schools. */
export async function listDuties(
  db: EvaluationHandle,
  placeId: number,
  { units, schools }: { readonly units: readonly number[]; readonly schools: readonly number[] },
): Promise<{ type: DutyType; id: number }[]> {
  const found = await sql<{ type: DutyType; id: number }>`
    select case u.kind when 'section' then 'section' else 'unit' end as type, u.id from org_units u
     where u.active and u.place_id = ${placeId} and u.id = any(${[...units]}::int[])
    union all
    select 'school', s.id from schools s
     where s.status = 'open' and s.county_id = ${placeId} and s.id = any(${[...schools]}::int[])`.execute(db);
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

/** The statement that writes what the subject states, or that it states nothing. */
export function statementWrite(
  db: EvaluationHandle,
  { placeId, schoolId, id }: Evaluation,
  one: { readonly id: string; readonly text: string; readonly waived: boolean; readonly by: string; readonly on: Day },
) {
  return db
    .insertInto('evaluation_statements')
    .values({
      ...{ place_id: placeId, evaluation_id: id, id: one.id, school_id: schoolId, body: one.text, waived: one.waived },
      ...{ made_by_name: one.by, made_on: one.on },
    })
    .compile();
}

/** A statement of this evaluation; undefined where there is none with this id. */
export async function findStatement(
  db: EvaluationHandle,
  { placeId, id }: Evaluation,
  statementId: string,
): Promise<{ answeredOn: Day | null } | undefined> {
  return await db
    .selectFrom('evaluation_statements')
    .select('answered_on as answeredOn')
    .where('place_id', '=', placeId)
    .where('evaluation_id', '=', id)
    .where('id', '=', statementId)
    .where('waived', '=', false)
    .executeTakeFirst();
}

/** The statement that answers what the subject stated. */
export function answerWrite(
  db: EvaluationHandle,
  { placeId }: Pick<Evaluation, 'placeId'>,
  statementId: string,
  one: { readonly accepted: boolean; readonly answer: string; readonly by: string; readonly on: Day },
) {
  return db
    .updateTable('evaluation_statements')
    .set({ accepted: one.accepted, answer: one.answer, answered_by_name: one.by, answered_on: one.on })
    .where('place_id', '=', placeId)
    .where('id', '=', statementId)
    .compile();
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
