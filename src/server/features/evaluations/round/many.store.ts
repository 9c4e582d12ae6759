import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { ActOnMany } from '#domain/evaluation/flow/acts-on-many.ts';
import { changingOne } from '#platform/db/locked-row.ts';
import { type EvaluationHandle, within } from '../evaluation.store.ts';

/** An evaluation of a campaign, as whoever asks for an act on many names it. */
export interface NamedEvaluation {
  readonly id: string;
  readonly subjectName: string;
  readonly title: string;
}

/** Those of these evaluations that belong to the campaign and are in reach. */
export async function findNamed(
  db: EvaluationHandle,
  scope: Scope,
  campaignId: string,
  ids: readonly string[],
): Promise<NamedEvaluation[]> {
  const found = await sql<NamedEvaluation>`
    select e.id, e.subject_name as "subjectName", e.title from evaluations e
     where ${within(scope)} and e.campaign_id = ${campaignId}::uuid and e.id = any(${[...ids]}::uuid[])`.execute(db);
  return found.rows;
}

/** The asking by its key: the place of the post that asked, and its number. */
export interface AskingKey {
  readonly placeId: number;
  readonly askingId: string;
}

/** Writes down what was asked for, a row for each evaluation, in the order in which they were named. */
export async function insertAskedActs(
  db: EvaluationHandle,
  { placeId, askingId }: AskingKey,
  {
    campaignId,
    act,
    by,
    at,
  }: { readonly campaignId: string; readonly act: ActOnMany; readonly by: string; readonly at: Date },
  evaluations: readonly { readonly id: string; readonly name: string; readonly revision: number }[],
): Promise<void> {
  await sql`
    insert into evaluation_asked_acts (place_id, asking_id, evaluation_id, campaign_id, position, subject_name, action, read_revision,
      asked_by, asked_at)
    select ${placeId}::int, ${askingId}::uuid, w.id, ${campaignId}::uuid, w.at, w.name, ${act}, w.revision, ${by}::uuid, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(evaluations.map((one, at) => ({ ...one, at: at + 1 })))}::jsonb)
        as w(id uuid, at int, name text, revision int)
    returning evaluation_id`.execute(db);
}

/** An evaluation on which an act was asked for. */
export interface AskedAct {
  readonly evaluationId: string;
  readonly name: string;
  readonly revision: number;
}

/** Those on which the act was neither done nor refused yet, in their order. */
export async function listUnsettled(db: EvaluationHandle, { placeId, askingId }: AskingKey): Promise<AskedAct[]> {
  const found = await sql<AskedAct>`
    select a.evaluation_id as "evaluationId", a.subject_name as name, a.read_revision as revision from evaluation_asked_acts a
     where a.place_id = ${placeId} and a.asking_id = ${askingId}::uuid and a.settled_at is null
     order by a.position`.execute(db);
  return found.rows;
}

/** Keeps the row until the transaction ends; false where it was settled meanwhile. */
export async function lockUnsettled(
  db: EvaluationHandle,
  { placeId, askingId }: AskingKey,
  evaluationId: string,
): Promise<boolean> {
  const locked = await sql`
    select 1 from evaluation_asked_acts a
     where a.place_id = ${placeId} and a.asking_id = ${askingId}::uuid and a.evaluation_id = ${evaluationId}::uuid
       and a.settled_at is null for update`.execute(db);
  return locked.rows.length > 0;
}

/** The statement that settles a locked row: done, or refused with its sentence. */
export function settlementWrite(
  db: EvaluationHandle,
  { placeId, askingId }: AskingKey,
  evaluationId: string,
  { refusal, at }: { readonly refusal: string | null; readonly at: Date },
) {
  const statement = db
    .updateTable('evaluation_asked_acts')
    .set({ settled_at: at, refusal })
    .where('place_id', '=', placeId)
    .where('asking_id', '=', askingId)
    .where('evaluation_id', '=', evaluationId)
    .returning('place_id');
  return changingOne(db, statement);
}

/** How far an asking is. */
export interface AskingStanding {
  readonly id: string;
  readonly act: ActOnMany;
  readonly askedAt: Date;
  readonly asked: number;
  readonly done: number;
  /** Neither done nor refused yet. */
  readonly left: number;
  /** Empty until none is left. */
  readonly refused: readonly { readonly evaluationId: string; readonly name: string; readonly sentence: string }[];
}

const standing = sql`
  a.asking_id as id, a.action as act, a.asked_at as "askedAt", count(*)::int as asked,
  (count(*) filter (where a.settled_at is not null and a.refusal is null))::int as done,
  (count(*) filter (where a.settled_at is null))::int as left,
  case when bool_and(a.settled_at is not null) then coalesce(jsonb_agg(jsonb_build_object('evaluationId', a.evaluation_id, 'name', a.subject_name, 'sentence', a.refusal)
             order by a.position) filter (where a.refusal is not null), '[]') else '[]' end as refused`;

/** What this person asked for last in the campaign since then; undefined where nothing was asked. */
export async function findNewestAsking(
  db: EvaluationHandle,
  { places }: Pick<Scope, 'places'>,
  { campaignId, personId, since }: { readonly campaignId: string; readonly personId: string; readonly since: Date },
): Promise<AskingStanding | undefined> {
  const found = await sql<AskingStanding>`
    select ${standing} from evaluation_asked_acts a
     where a.place_id = any(${[...places]}::int[]) and a.campaign_id = ${campaignId}::uuid and a.asked_by = ${personId}::uuid
       and a.asked_at > ${since}::timestamptz
     group by a.asking_id, a.action, a.asked_at order by a.asked_at desc, a.asking_id desc limit 1`.execute(db);
  return found.rows[0];
}

/** How far one asking is, once its job has come to the end. */
export async function findAsking(
  db: EvaluationHandle,
  { placeId, askingId }: AskingKey,
): Promise<AskingStanding | undefined> {
  const found = await sql<AskingStanding>`
    select ${standing} from evaluation_asked_acts a
     where a.place_id = ${placeId} and a.asking_id = ${askingId}::uuid
     group by a.asking_id, a.action, a.asked_at`.execute(db);
  return found.rows[0];
}
