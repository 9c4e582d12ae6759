import { sql } from 'kysely';
import type { CampaignRules } from '#domain/evaluation/campaign/campaign-rules.ts';
import type { Slot } from '#domain/evaluation/campaign/slots.ts';
import type { StepDays } from '#domain/evaluation/campaign/timetable.ts';
import type { EvaluationStep, SeatPart } from '#domain/evaluation/lists.ts';
import type { SnapshotLeaf } from '#domain/evaluation/snapshot.ts';
import type { LastProblem } from '#domain/framework/score/generated-leaves.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import type { Beside } from '../leaf/leaf.store.ts';

/** An evaluation as it is opened. */
export interface NewEvaluation {
  readonly placeId: number;
  readonly id: string;
  readonly campaignPlaceId: number;
  readonly campaignId: string;
  readonly kind: string;
  readonly title: string;
  readonly assessmentYear: number;
  readonly decisionYear: number;
  readonly framework: { readonly key: string; readonly revision: number; readonly hash: string };
  readonly generated: readonly LastProblem[] | null;
  readonly unitId: number;
  readonly schoolId: number | null;
  readonly subjectName: string;
  readonly alsoFoundBy: string;
  readonly leadUnitId: number;
  readonly partnerUnitId: number | null;
  readonly rules: CampaignRules;
  readonly step: EvaluationStep;
  /** The last day of the step. */
  readonly dueOn: Day | null;
  readonly noticeLetterId: string | null;
}

interface CampaignKey {
  readonly placeId: number;
  readonly id: string;
}

/** Keeps the campaign until the transaction ends, and says whether it runs: a job that comes after its end writes nothing. */
export async function lockOpenCampaign(db: EvaluationHandle, { placeId, id }: CampaignKey): Promise<boolean> {
  const held = await sql<{ state: string | null }>`select hold_campaign(${placeId}::int, ${id}::uuid) as state`.execute(
    db,
  );
  return held.rows[0]?.state === 'open';
}

/** The days of each step of a campaign as they are now. */
export async function listCampaignDays(db: EvaluationHandle, { placeId, id }: CampaignKey): Promise<DatedStep[]> {
  const found = await sql<DatedStep>`
    select d.step, d.position, d.from_day as "from", d.to_day as "to" from campaign_days d
     where d.place_id = ${placeId} and d.campaign_id = ${id}::uuid and d.from_day is not null and d.to_day is not null
     order by d.position`.execute(db);
  return found.rows;
}

/** The days that a subject has of its own in the step that goes in slots, as they are now; undefined where it has none. */
export async function findSlot(
  db: EvaluationHandle,
  { placeId, id }: CampaignKey,
  subjectId: string,
): Promise<Slot | undefined> {
  const found = await sql<Slot>`
    select s.slot_from as "from", s.slot_to as "to" from campaign_slots s
     where s.place_id = ${placeId} and s.campaign_id = ${id}::uuid and s.subject_id = ${subjectId}::uuid`.execute(db);
  return found.rows[0];
}

/** The seats of a campaign that judge one of its subjects, as they are now; those that ended too. */
export async function listPanel(
  db: EvaluationHandle,
  { placeId, id }: CampaignKey,
  evaluationId: string,
): Promise<Reviewer[]> {
  const found = await sql<Reviewer>`
    select p.seat_id as "seatId", p.person_id as "personId", p.name, p.outside, p.part, p.scores, p.nodes, p.from_day as "from",
           p.to_day as "to", p.given_at as "givenAt", p.ended_on as "endedOn"
      from campaign_panel p
     where p.place_id = ${placeId} and p.campaign_id = ${id}::uuid
       and (p.subjects is null or ${evaluationId}::uuid = any (p.subjects))`.execute(db);
  return found.rows;
}

/** False where it was opened before: an opening may run twice. */
export async function insertEvaluation(db: EvaluationHandle, one: NewEvaluation, now: Date): Promise<boolean> {
  const written = await sql`
    insert into evaluations (place_id, id, campaign_place_id, campaign_id, kind, title, assessment_year, decision_year,
      framework_key, framework_revision, framework_hash, generated, unit_id, school_id, subject_name, also_found_by,
      lead_unit_id, partner_unit_id, rules, step, due_on, notice_letter_id, opened_at, updated_at)
    values (${one.placeId}, ${one.id}, ${one.campaignPlaceId}, ${one.campaignId}, ${one.kind}, ${one.title},
      ${one.assessmentYear}, ${one.decisionYear}, ${one.framework.key}, ${one.framework.revision}, ${one.framework.hash},
      ${one.generated === null ? null : JSON.stringify(one.generated)}::jsonb, ${one.unitId}, ${one.schoolId}, ${one.subjectName}, ${one.alsoFoundBy}, ${one.leadUnitId}, ${one.partnerUnitId},
      ${JSON.stringify(one.rules)}::jsonb, ${one.step}, ${one.dueOn}, ${one.noticeLetterId}, ${now}, ${now})
    on conflict (place_id, id) do nothing returning id`.execute(db);
  return written.rows.length > 0;
}

type Key = Pick<NewEvaluation, 'placeId' | 'id' | 'schoolId' | 'campaignPlaceId'>;

export interface DatedStep {
  readonly step: EvaluationStep;
  readonly position: number;
  readonly from: Day;
  readonly to: Day;
}

export async function insertSteps(
  db: EvaluationHandle,
  { placeId, id, schoolId, campaignPlaceId }: Key,
  steps: readonly DatedStep[],
): Promise<void> {
  await db
    .insertInto('evaluation_steps')
    .values(
      steps.map(({ step, position, from, to }) => ({
        ...{ place_id: placeId, evaluation_id: id, step, school_id: schoolId, campaign_place_id: campaignPlaceId },
        ...{ position, from_day: from, to_day: to },
      })),
    )
    .execute();
}

/** A leaf as it is laid: what data say of it, and what stands beside it of earlier rounds. */
export interface NewLeaf extends SnapshotLeaf {
  readonly position: number;
  readonly nodes: readonly string[];
  readonly beside: Beside;
  /** Whether nothing of it is left to be filled in. */
  readonly lacksNothing: boolean;
}

/** Lays all leaves, and for each the row of what the subject says of it, which people or data fill. */
export async function insertLeaves(
  db: EvaluationHandle,
  { placeId, id, schoolId }: Key,
  leaves: readonly NewLeaf[],
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<void> {
  const rows = leaves.map(
    ({ code, position, nodes, origin, applies, facts, isFilled, lacksNothing, points, value, trace, beside }) => ({
      ...{ code, position, nodes: [...nodes], origin, applies, facts, beside, filled: isFilled, points },
      whole: lacksNothing,
      answer: trace.length === 0 ? null : { trace, ...(value === null ? {} : { value }) },
    }),
  );
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(code text, position integer, nodes text[],
    origin text, applies boolean, facts jsonb, beside jsonb, filled boolean, whole boolean, points text, answer jsonb)`;
  await sql`
    insert into evaluation_leaves (place_id, evaluation_id, code, school_id, position, nodes, origin, applies, facts, beside,
      answered_by_name, answered_at, filled)
    select ${placeId}::int, ${id}::uuid, w.code, ${schoolId}::int, w.position, w.nodes, w.origin, w.applies, w.facts, w.beside,
           case when w.filled then ${by} end, case when w.filled then ${now}::timestamptz end, w.whole
      from ${given}
    returning code`.execute(db);
  await sql`
    insert into evaluation_points (place_id, evaluation_id, code, layer, subject_place_id, school_id, answer, points, settled,
      leaf_version, written_by_name, written_at)
    select ${placeId}::int, ${id}::uuid, w.code, 'self', ${placeId}::int, ${schoolId}::int, w.answer, w.points, 'self', 1, ${by},
           ${now}::timestamptz
      from ${given}
    returning code`.execute(db);
}

/** Who judges an evaluation, as its campaign says. */
export interface Reviewer {
  readonly seatId: string;
  readonly personId: string;
  readonly name: string;
  readonly outside: boolean;
  readonly part: string;
  readonly scores: boolean;
  readonly nodes: readonly string[];
  readonly from: Day | null;
  readonly to: Day | null;
  readonly givenAt: Date;
  readonly endedOn: Day | null;
}

/** Writes who judges an evaluation: seats that are new come, those that ended are marked. */
export async function writeReviewers(
  db: EvaluationHandle,
  { placeId, id, campaignPlaceId }: Pick<Key, 'placeId' | 'id' | 'campaignPlaceId'>,
  reviewers: readonly Reviewer[],
): Promise<void> {
  if (reviewers.length === 0) return;
  const rows = reviewers.map(
    ({ seatId, personId, name, outside, part, scores, nodes, from, to, givenAt, endedOn }) => ({
      ...{ seat: seatId, person: personId, name, outside, part, scores, nodes: [...nodes], ended: endedOn },
      ...{ from_day: from, to_day: to, given: givenAt },
    }),
  );
  await sql`
    insert into evaluation_reviewers as r (place_id, evaluation_id, seat_id, subject_place_id, person_id, name, outside, part,
      scores, nodes, from_day, to_day, seated_at, ended_on)
    select ${campaignPlaceId}::int, ${id}::uuid, w.seat, ${placeId}::int, w.person, w.name, w.outside, w.part, w.scores,
           w.nodes, w.from_day, w.to_day, w.given, w.ended
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(seat uuid, person uuid, name text, outside boolean,
        part text, scores boolean, nodes text[], from_day date, to_day date, given timestamptz, ended date)
    on conflict (place_id, evaluation_id, seat_id) do update
       set ended_on = excluded.ended_on, name = excluded.name, part = excluded.part
     where r.ended_on is distinct from excluded.ended_on or r.part <> excluded.part
    returning seat_id`.execute(db);
}

/** A seat of an evaluation that stands. */
export interface Seated extends Omit<Reviewer, 'seatId' | 'outside' | 'givenAt' | 'part'> {
  readonly id: string;
  readonly part: SeatPart;
}

export async function listSeated(
  db: EvaluationHandle,
  { id, campaignPlaceId }: Pick<Key, 'id' | 'campaignPlaceId'>,
): Promise<Seated[]> {
  const found = await sql<Seated>`
    select r.seat_id as id, r.person_id as "personId", r.name, r.part, r.scores, r.nodes, r.from_day as "from",
           r.to_day as "to", r.ended_on as "endedOn"
      from evaluation_reviewers r
     where r.place_id = ${campaignPlaceId} and r.evaluation_id = ${id} and r.ended_on is null`.execute(db);
  return found.rows;
}

/** Sets anew which seats read the rows of an evaluation, and from whom they are hidden. */
export async function writeLists(
  db: EvaluationHandle,
  { placeId, id }: Pick<Key, 'placeId' | 'id'>,
  now: Date,
): Promise<void> {
  await sql`select owe_scores(${placeId}::int, ${id}::uuid, ${now}::timestamptz)`.execute(db);
  // Whoever reads a leaf reads its evidence and the files of it, also what was linked before anybody judged.
  await sql`
    select show_evidence(k.evidence_place_id, k.evidence_id)
      from (select distinct evidence_place_id, evidence_id from evidence_links
             where place_id = ${placeId}::int and evaluation_id = ${id}::uuid order by evidence_id) k`.execute(db);
}

/** Who runs each school, and what it is called now. */
export async function listManaging(
  db: EvaluationHandle,
  schoolIds: readonly number[],
): Promise<ReadonlyMap<number, ManagingLevel>> {
  if (schoolIds.length === 0) return new Map();
  const found = await sql<{ id: number; kind: string }>`
    select s.id, u.kind from schools s join org_units u on u.id = s.managing_unit_id
     where s.id = any(${[...schoolIds]}::int[])`.execute(db);
  return new Map(found.rows.map(({ id, kind }) => [id, kind === 'city' ? 'city' : 'county']));
}

/** What the last round found at a leaf, and where it stands now. */
export interface LastFinding {
  readonly key: string;
  readonly title: string;
  readonly state: string;
  readonly closedOn: Day | null;
}

/** The findings that an earlier round of the subject raised. */
export async function listLastFindings(
  db: EvaluationHandle,
  { places, evaluationId }: { readonly places: readonly number[]; readonly evaluationId: string },
): Promise<LastFinding[]> {
  const found = await sql<LastFinding>`
    select f.source_key as key, f.title, f.state, f.closed_on as "closedOn" from ledger_findings f
     where f.place_id = any(${[...places]}::int[]) and f.source_type = 'evaluations' and f.source_id = ${evaluationId}
     order by f.found_on, f.finding_id limit 2000`.execute(db);
  return found.rows;
}

/** What was released of earlier rounds at each leaf of a subject. */
export async function listReleased(
  db: EvaluationHandle,
  placeId: number,
  evaluationIds: readonly string[],
): Promise<Array<{ evaluationId: string; code: string; points: string | null }>> {
  if (evaluationIds.length === 0) return [];
  const found = await sql<{ evaluationId: string; code: string; points: string | null }>`
    select r.evaluation_id as "evaluationId", r.code, r.points from evaluation_releases r
     where r.place_id = ${placeId} and r.evaluation_id = any(${[...evaluationIds]}::uuid[])`.execute(db);
  return found.rows;
}

interface EditionKey {
  readonly key: string;
  readonly revision: number;
}

/** What a city has decided of the leaves of two editions: the earlier code by the later one; undefined where nobody mapped them. */
export async function findLeafMapping(
  db: EvaluationHandle,
  cityId: number,
  { from, to }: { readonly from: EditionKey; readonly to: EditionKey },
): Promise<Readonly<Record<string, string | null>> | undefined> {
  const found = await sql<{ pairs: Readonly<Record<string, string | null>> }>`
    select pairs from leaf_mappings
     where place_id = ${cityId} and from_key = ${from.key} and from_revision = ${from.revision}
       and to_key = ${to.key} and to_revision = ${to.revision}`.execute(db);
  return found.rows[0]?.pairs;
}

/** Where subjects of a city's campaigns can lie: the city and all of its counties, those that were closed too. */
export async function listSubjectPlaces(db: EvaluationHandle, cityId: number): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select u.id from org_units u where u.id = ${cityId} or u.kind = 'county' and u.parent_id = ${cityId}
     order by u.id`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** How many subjects a mean is over at least: of fewer each would read the others' points from it. */
export const fewestInMean = 3;

/** The mean of what was released at each leaf over the subjects of earlier campaigns, to some decimals; none over a few. */
export async function listReleasedMeans(
  db: EvaluationHandle,
  places: readonly number[],
  campaignIds: readonly string[],
  decimals: number,
): Promise<Array<{ campaignId: string; code: string; mean: string }>> {
  if (campaignIds.length === 0) return [];
  const found = await sql<{ campaignId: string; code: string; mean: string }>`
    select e.campaign_id as "campaignId", r.code,
           trim_scale(round(avg(points_number(r.points)), ${decimals}::int))::text as mean
      from evaluations e
      join evaluation_releases r on r.place_id = e.place_id and r.evaluation_id = e.id
     where e.place_id = any(${[...places]}::int[]) and e.campaign_id = any(${[...campaignIds]}::uuid[])
       and e.decided_on is not null and r.points is not null
     group by e.campaign_id, r.code having count(*) >= ${fewestInMean}`.execute(db);
  return found.rows;
}

/** The evaluations of a campaign at some places, those of a step where one is named. */
export async function listOfCampaign(
  db: EvaluationHandle,
  places: readonly number[],
  {
    campaignId,
    step = null,
    ids = null,
  }: { readonly campaignId: string; readonly step?: string | null; readonly ids?: readonly string[] | null },
): Promise<Array<{ id: string; placeId: number; campaignPlaceId: number; schoolId: number | null }>> {
  const found = await sql<{ id: string; placeId: number; campaignPlaceId: number; schoolId: number | null }>`
    select e.id, e.place_id as "placeId", e.campaign_place_id as "campaignPlaceId", e.school_id as "schoolId"
      from evaluations e
     where e.place_id = any(${[...places]}::int[]) and e.campaign_id = ${campaignId}::uuid and e.state = 'open'
       and (${step}::text is null or e.step = ${step}::text)
       and (${ids === null}::boolean or e.id = any(${[...(ids ?? [])]}::uuid[]))
     order by e.place_id, e.id`.execute(db);
  return found.rows;
}

/** The own days of each step of an evaluation. */
export async function listOwnDays(
  db: EvaluationHandle,
  { placeId, id }: Pick<Key, 'placeId' | 'id'>,
): Promise<StepDays[]> {
  const found = await sql<StepDays>`
    select s.step, s.from_day as "from", s.to_day as "to" from evaluation_steps s
     where s.place_id = ${placeId} and s.evaluation_id = ${id} order by s.position`.execute(db);
  return found.rows;
}

/** Writes the days of steps as they are now, with the reason where they were extended. */
export async function writeDays(
  db: EvaluationHandle,
  { placeId, id }: Pick<Key, 'placeId' | 'id'>,
  steps: readonly StepDays[],
  reason: string,
): Promise<number> {
  const written = await sql<{ step: string }>`
    update evaluation_steps s
       set from_day = w.from_day, to_day = w.to_day,
           extended_reason = case when w.to_day > s.to_day then ${reason} else s.extended_reason end
      from jsonb_to_recordset(${JSON.stringify(
        steps.map(({ step, from, to }) => ({ step, from_day: from, to_day: to })),
      )}::jsonb) as w(step text, from_day date, to_day date)
     where s.place_id = ${placeId} and s.evaluation_id = ${id} and s.step = w.step and s.done_on is null
       and (s.from_day, s.to_day) is distinct from (w.from_day, w.to_day)
    returning s.step`.execute(db);
  return written.rows.length;
}
