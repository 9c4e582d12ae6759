import { type CompiledQuery, sql } from 'kysely';
import { type Actor, signature } from '#domain/access/actor.ts';
import type { SignedStep } from '#domain/access/signing.ts';
import type { SubjectRef } from '#domain/flow/subject.ts';
import { type UndoableStep, withoutUndone } from '#domain/flow/undo.ts';
import type { Handle } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';

export type StepHandle = Handle<'steps'>;

/** One step of a subject in its flow. */
export interface Step {
  readonly id: string;
  readonly action: string;
  readonly from: string;
  readonly to: string;
  readonly actorName: string;
  readonly actorRole: string | null;
  readonly at: Date;
  readonly reason: string | null;
  /** The parts that a return opened; null: all of them. */
  readonly parts: string[] | null;
  /** The person and post that took the step, for the rule on two posts of one person. */
  readonly signed: SignedStep;
}

/** The steps of a subject so far, oldest first. */
export async function listSteps(db: StepHandle, subject: SubjectRef): Promise<Step[]> {
  const rows = await db
    .selectFrom('steps')
    .where('place_id', '=', subject.placeId)
    .where('subject_type', '=', subject.type)
    .where('subject_id', '=', subject.id)
    .select(['id', 'action', 'at', 'reason', 'parts'])
    .select(['from_state as from', 'to_state as to', 'actor_name as actorName', 'actor_role as actorRole'])
    .select(['actor_id as personId', 'stand_in_for as principalId', 'stand_in_for_name as principalName'])
    .select('post_id as postId')
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ personId, principalId, principalName, postId, ...step }) => ({
    ...step,
    actorName: signature(step.actorName, principalName),
    signed: {
      ...{ action: step.action, personId, personName: step.actorName, principalId, principalName, postId },
      role: step.actorRole,
    },
  }));
}

/** The query of all steps of these subjects, of which there is at least one; all are of one type. */
function stepsOf(db: StepHandle, subjects: readonly SubjectRef[]) {
  return db
    .selectFrom('steps')
    .where('place_id', 'in', [...new Set(subjects.map((subject) => subject.placeId))])
    .where('subject_type', '=', subjects[0]!.type)
    .where(
      'subject_id',
      'in',
      subjects.map((subject) => subject.id),
    );
}

/**
 * The steps of these subjects that count, in order, with person and post, for the rule on two posts of one person. An act
 * that was taken back signs nothing.
 */
export async function findSignedSteps(
  db: StepHandle,
  subjects: readonly SubjectRef[],
): Promise<ReadonlyMap<string, SignedStep[]>> {
  const steps = new Map<string, SignedStep[]>();
  if (subjects.length === 0) return steps;
  const found = await stepsOf(db, subjects)
    .select(['subject_id as subjectId', 'action', 'actor_id as personId', 'actor_name as personName'])
    .select(['stand_in_for as principalId', 'stand_in_for_name as principalName', 'post_id as postId'])
    .select('actor_role as role')
    .orderBy('at')
    .orderBy('id')
    .execute();
  for (const { subjectId, ...step } of found) steps.set(subjectId, [...(steps.get(subjectId) ?? []), step]);
  return new Map([...steps].map(([id, taken]) => [id, withoutUndone(taken)]));
}

/** What an act kept, so that it can be taken back. */
export interface Kept {
  /** The revision of the subject that the act left. */
  readonly revision: number;
  /** What the act replaced, by the names of its feature; moments as texts. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** The last step of each of these subjects, with what it kept, by the id of the subject. */
export async function findLastSteps(
  db: StepHandle,
  subjects: readonly SubjectRef[],
): Promise<ReadonlyMap<string, UndoableStep & { readonly from: string; readonly kept: Kept | null }>> {
  if (subjects.length === 0) return new Map();
  const found = await stepsOf(db, subjects)
    .distinctOn('subject_id')
    .select(['subject_id as subjectId', 'action', 'at', 'from_state as from', 'before as kept'])
    .select(['actor_id as personId', 'post_id as postId'])
    .orderBy('subject_id')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return new Map(
    found.map(({ subjectId, ...step }) => [subjectId, { ...step, revision: step.kept?.revision ?? null }]),
  );
}

/** Whoever takes a step: a person in a post, or the program, which has no number. */
export type Signer = Pick<Actor, 'name' | 'post' | 'principal'> & {
  readonly userId: string | null;
  readonly role: string | null;
};

/** A step that one act takes with one of its subjects. */
export interface NewStep {
  readonly subject: SubjectRef;
  readonly from: string;
  readonly to: string;
  /** For an act that can be taken back. */
  readonly kept?: Kept;
}

/** What all steps of one act share. */
export interface StepAct {
  readonly action: string;
  readonly actor: Signer;
  readonly at: Date;
  readonly reason?: string | undefined;
  readonly parts?: readonly string[] | undefined;
}

/** Adds a step for each of the subjects, whose rows are locked. */
export async function writeSteps(db: StepHandle, steps: readonly NewStep[], act: StepAct): Promise<void> {
  for (const statement of stepWrites(db, steps, act)) await db.executeQuery(statement);
}

/**
 * The statements of `writeSteps`, one for all places, for an act that has nothing more to ask before its commit. A step is
 * later than all earlier ones of its subject, although `act.at` is the moment at which the request began, which may lie
 * before another request that got the lock first: the order of the steps decides whose signature counts.
 */
export function stepWrites(db: StepHandle, steps: readonly NewStep[], act: StepAct): CompiledQuery[] {
  if (steps.length === 0) return [];
  const rows = steps.map(({ subject, from, to, kept }) => ({
    ...{ id: newId(), place: subject.placeId, type: subject.type, subject: subject.id, school: subject.schoolId },
    ...{ from_state: from, to_state: to, kept: kept ?? null },
  }));
  const [one, ...more] = rows;
  if (more.length === 0) return [oneStep(one!, act, db)];
  const [place, ...others] = [...new Set(rows.map((row) => row.place))];
  return [others.length === 0 ? stepsOfPlace(place!, rows, act, db) : stepsOfPlaces(rows, act, db)];
}

interface StepToWrite {
  readonly id: string;
  readonly place: number;
  readonly type: string;
  readonly subject: string;
  readonly school: number | null;
  readonly from_state: string;
  readonly to_state: string;
  readonly kept: Kept | null;
}

const stepColumns = sql.raw(`place_id, id, subject_type, subject_id, school_id, action, from_state, to_state, actor_id,
                         actor_name, actor_role, post_id, stand_in_for, stand_in_for_name, at, reason, parts, before`);

const signedBy = ({ actor }: StepAct) => sql`${actor.userId}, ${actor.name}, ${actor.role},
             ${actor.post?.grantId ?? null}::uuid, ${actor.principal?.id ?? null}, ${actor.principal?.name ?? null}`;

const saying = ({ reason, parts }: StepAct) => sql`${reason ?? null}, ${parts ? [...parts] : null}::text[]`;

/** Of one subject, as most acts take them: a recordset of one row would cost as much as the row. */
function oneStep(step: StepToWrite, act: StepAct, db: StepHandle): CompiledQuery {
  const { place, type, subject } = step;
  return sql`
      insert into steps (${stepColumns})
      select ${place}::int, ${step.id}::uuid, ${type}, ${subject}::uuid, ${step.school}::int, ${act.action},
             ${step.from_state}, ${step.to_state}, ${signedBy(act)},
             greatest(${act.at}::timestamptz, (
               select max(s.at) + interval '1 millisecond' from steps s
                where s.place_id = ${place}::int and s.subject_type = ${type} and s.subject_id = ${subject}::uuid)),
             ${saying(act)}, ${step.kept === null ? null : JSON.stringify(step.kept)}::jsonb
      returning id`.compile(db);
}

/** Of one place: the statement goes to the node of the place, and finds the last step of each subject by its key. */
function stepsOfPlace(place: number, rows: readonly StepToWrite[], act: StepAct, db: StepHandle): CompiledQuery {
  return sql`
      insert into steps (${stepColumns})
      select ${place}::int, w.id, w.type, w.subject, w.school, ${act.action}, w.from_state, w.to_state, ${signedBy(act)},
             greatest(${act.at}::timestamptz, (
               select max(s.at) + interval '1 millisecond' from steps s
                where s.place_id = ${place}::int and s.subject_type = w.type and s.subject_id = w.subject)),
             ${saying(act)}, w.kept
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(
               id uuid, type text, subject uuid, school integer, from_state text, to_state text, kept jsonb)
      returning id`.compile(db);
}

/** The last steps are read beside the rows: no query may depend on a row whose place is not given. */
function stepsOfPlaces(rows: readonly StepToWrite[], act: StepAct, db: StepHandle): CompiledQuery {
  const [places, types] = [new Set(rows.map(({ place }) => place)), new Set(rows.map(({ type }) => type))];
  return sql`
      with last as (
        select s.place_id, s.subject_type, s.subject_id, max(s.at) as at from steps s
         where s.place_id = any(${[...places]}::int[]) and s.subject_type = any(${[...types]}::text[])
           and s.subject_id = any(${rows.map(({ subject }) => subject)}::uuid[])
         group by s.place_id, s.subject_type, s.subject_id)
      insert into steps (${stepColumns})
      select w.place, w.id, w.type, w.subject, w.school, ${act.action}, w.from_state, w.to_state, ${signedBy(act)},
             greatest(${act.at}::timestamptz, last.at + interval '1 millisecond'), ${saying(act)}, w.kept
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(
               place integer, id uuid, type text, subject uuid, school integer, from_state text, to_state text, kept jsonb)
        left join last on last.place_id = w.place and last.subject_type = w.type and last.subject_id = w.subject
      returning id`.compile(db);
}
