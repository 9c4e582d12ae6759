import { sql } from 'kysely';
import type { KeptFact } from '#domain/evaluation/snapshot.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { Step } from '#domain/framework/result.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';

/** What the subject said at a leaf, and how data filled it. */
export interface SelfAnswer {
  /** What a person gave. */
  readonly given?: Answer;
  /** How data gave the points. */
  readonly trace?: readonly Step[];
  /** What data measure at a leaf that is compared over all subjects, exactly. */
  readonly value?: string;
}

/** A finding of the last round as it stood when the evaluation was opened. */
export interface LastFound {
  readonly title: string;
  readonly state: string;
  readonly year: number;
  readonly closedOn: Day | null;
}

/** What stands beside a leaf of earlier rounds that were released. */
export interface Beside {
  readonly findings?: readonly LastFound[];
  /** What the last round found and no leaf asks of: the same at every leaf, so that a seat on any of them reads it. */
  readonly unplaced?: readonly LastFound[];
  /** `max`: what the leaf could get then; what was opened before it was kept has none. */
  readonly earlier?: readonly { year: number; points: string | null; max?: string | null; mean: string | null }[];
}

export interface Leaf {
  readonly code: string;
  readonly position: number;
  readonly nodes: readonly string[];
  readonly origin: 'person' | 'data';
  /** False where it does not apply; null while nobody knows. */
  readonly applies: boolean | null;
  readonly facts: readonly KeptFact[];
  readonly note: string;
  readonly objection: string | null;
  readonly responsible: { readonly id: string; readonly name: string } | null;
  readonly section: { readonly id: number; readonly name: string } | null;
  readonly returnedReason: string | null;
  readonly answeredBy: string | null;
  /** As text. */
  readonly answeredAt: string | null;
  readonly version: number;
  /** Whether nothing is left to be filled in, as it was written last; null: as whether it is answered says. */
  readonly filled: boolean | null;
  /** The self-evaluation; undefined where it is hidden from the person. */
  readonly self: { readonly answer: SelfAnswer | null; readonly points: string | null } | undefined;
}

/** The parts of a leaf that its tree shows; `l` is the leaf and `p` what the subject says of it. */
const leafJson = sql`jsonb_build_object(
  'code', l.code, 'position', l.position, 'nodes', to_jsonb(l.nodes), 'origin', l.origin, 'applies', l.applies,
  'facts', l.facts, 'note', l.note, 'objection', l.objection,
  'responsible', case when l.responsible_id is not null
    then jsonb_build_object('id', l.responsible_id, 'name', coalesce((select o.name from people o where o.id = l.responsible_id), ''))
    end,
  'section', (select jsonb_build_object('id', o.id, 'name', o.name) from org_units o where o.id = l.responsible_section_id),
  'returnedReason', l.returned_reason, 'answeredBy', l.answered_by_name, 'answeredAt', l.answered_at, 'version', l.version,
  'filled', l.filled,
  'self', case when p.code is not null then jsonb_build_object('answer', p.answer, 'points', p.points) end)`;

const leafTables = sql`
  evaluation_leaves l
  left join evaluation_points p
    on p.place_id = l.place_id and p.evaluation_id = l.evaluation_id and p.code = l.code and p.layer = 'self'`;

export const readLeaf = (json: Leaf & { readonly self: Leaf['self'] | null }): Leaf => ({
  ...json,
  self: json.self ?? undefined,
});

type Key = Pick<Evaluation, 'placeId' | 'id'>;

/** All leaves of an evaluation in the order of its edition, as part of a larger statement. */
export const leavesOf = ({ placeId, id }: Key) => sql`
  (select coalesce(jsonb_agg(${leafJson} order by l.position), '[]') from ${leafTables}
    where l.place_id = ${placeId} and l.evaluation_id = ${id})`;

/** One leaf, as part of a larger statement; null where it is out of reach. */
export const leafOf = ({ placeId, id }: Key, code: string) => sql`
  (select ${leafJson} from ${leafTables}
    where l.place_id = ${placeId} and l.evaluation_id = ${id} and l.code = ${code})`;

export const readLeaves = (json: unknown): Leaf[] => (json as Leaf[]).map(readLeaf);

/** All leaves of an evaluation in the order of its edition. */
export async function listLeaves(db: EvaluationHandle, evaluation: Key): Promise<Leaf[]> {
  const found = await sql<{ leaves: unknown }>`select ${leavesOf(evaluation)} as leaves`.execute(db);
  return readLeaves(found.rows[0]!.leaves);
}

/** Some leaves, kept until the transaction ends, in the order of their codes: whoever writes several locks them so. */
export async function lockLeaves(
  db: EvaluationHandle,
  { placeId, id }: Key,
  codes: readonly string[],
): Promise<Leaf[]> {
  await sql`
    select 1 from evaluation_leaves l
     where l.place_id = ${placeId} and l.evaluation_id = ${id} and l.code = any(${[...codes]}::text[])
     order by l.code for update`.execute(db);
  const found = await sql<{ leaf: Leaf }>`
    select ${leafJson} as leaf from ${leafTables}
     where l.place_id = ${placeId} and l.evaluation_id = ${id} and l.code = any(${[...codes]}::text[])
     order by l.position`.execute(db);
  return found.rows.map(({ leaf }) => readLeaf(leaf));
}

/** What is written of a leaf by the subject, or by the data that fill it. */
export interface LeafChange {
  readonly note?: string;
  readonly objection?: string | null;
  readonly facts?: readonly KeptFact[];
  readonly applies?: boolean | null;
  /** Null opens what was answered. */
  readonly answeredBy?: string | null;
  readonly returnedReason?: string | null;
  readonly filled?: boolean;
}

/** The statement that changes a locked leaf and raises its version. */
export function leafWrite(db: EvaluationHandle, { placeId, id }: Key, code: string, change: LeafChange, now: Date) {
  const { note, objection, facts, applies, answeredBy, returnedReason, filled } = change;
  return db
    .updateTable('evaluation_leaves')
    .set((row) => ({
      ...(note === undefined ? {} : { note }),
      ...(objection === undefined ? {} : { objection }),
      ...(facts === undefined ? {} : { facts: JSON.stringify(facts) }),
      ...(applies === undefined ? {} : { applies }),
      ...(answeredBy === undefined
        ? {}
        : { answered_by_name: answeredBy, answered_at: answeredBy === null ? null : now }),
      ...(returnedReason === undefined ? {} : { returned_reason: returnedReason }),
      ...(filled === undefined ? {} : { filled }),
      version: row('version', '+', 1),
    }))
    .where('place_id', '=', placeId)
    .where('evaluation_id', '=', id)
    .where('code', '=', code);
}

/** What the subject says of a leaf now. Its row was laid with the evaluation. */
export function selfWrite(
  db: EvaluationHandle,
  { placeId, id }: Key,
  code: string,
  {
    answer,
    points,
    leafVersion,
    by,
  }: { answer: SelfAnswer | null; points: string | null; leafVersion: number; by: string },
  now: Date,
) {
  return db
    .updateTable('evaluation_points')
    .set((row) => ({
      ...{ answer: answer === null ? null : JSON.stringify(answer), points, leaf_version: leafVersion },
      ...{ written_by_name: by, written_at: now, version: row('version', '+', 1) },
    }))
    .where('place_id', '=', placeId)
    .where('evaluation_id', '=', id)
    .where('code', '=', code)
    .where('layer', '=', 'self');
}

/** Voids what was judged of a leaf before this change, and hides the rest from whoever owes a score again. */
export function scoresVoiding(db: EvaluationHandle, { placeId, id }: Key, code: string, why: string, now: Date) {
  return sql`select void_scores(${placeId}::int, ${id}::uuid, ${code}, ${why}, ${now}::timestamptz)`.compile(db);
}

/** To whom leaves are given: a person, a section, or (both null) nobody. */
export interface GivenTo {
  readonly personId: string | null;
  readonly sectionId: number | null;
}

/** Gives leaves to a person, a section, or to nobody; how many changed. */
export async function writeResponsible(
  db: EvaluationHandle,
  { placeId, id }: Key,
  codes: readonly string[],
  { personId, sectionId }: GivenTo,
): Promise<number> {
  const changed = await db
    .updateTable('evaluation_leaves')
    .set({ responsible_id: personId, responsible_section_id: sectionId })
    .where('place_id', '=', placeId)
    .where('evaluation_id', '=', id)
    .where('code', 'in', [...codes])
    .where(
      sql<boolean>`(responsible_id, responsible_section_id) is distinct from (${personId}::uuid, ${sectionId}::int)`,
    )
    .executeTakeFirst();
  return Number(changed.numUpdatedRows);
}

/** Marks the leaves that were sent back, and takes the mark from all others; null marks every leaf. */
export function returnedWrite(
  db: EvaluationHandle,
  { placeId, id }: Key,
  codes: readonly string[] | null,
  reason: string,
) {
  return db
    .updateTable('evaluation_leaves')
    .set({ returned_reason: reason })
    .where('place_id', '=', placeId)
    .where('evaluation_id', '=', id)
    .where(codes === null ? sql<boolean>`true` : sql<boolean>`code = any(${[...codes]}::text[])`);
}

/** Takes the marks from leaves that were sent back, when they are handed in again. */
export function returnedEnd(db: EvaluationHandle, { placeId, id }: Key) {
  return db
    .updateTable('evaluation_leaves')
    .set({ returned_reason: null })
    .where('place_id', '=', placeId)
    .where('evaluation_id', '=', id)
    .where('returned_reason', 'is not', null);
}

/** Somebody of the subject who may answer leaves. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly section: string | null;
  /** The section in which the person works, where it is known. */
  readonly sectionId: number | null;
}

/** Who holds a post of the subject that answers, by name: of the school, or of its county. */
export async function listColleagues(
  db: EvaluationHandle,
  { unitId, schoolId }: Pick<Evaluation, 'unitId' | 'schoolId'>,
  most: number,
): Promise<Colleague[]> {
  const found = await sql<Colleague>`
    select distinct on (p.name collate "zh-x-icu", p.id) p.id, p.name,
           (select s.name from org_units s where s.id = g.section_id) as section, g.section_id as "sectionId"
      from grants g
      join roles r on r.key = g.role_key and 'evaluation.answer' = any (r.permissions)
      join people p on p.id = g.person_id and p.status = 'active'
     where g.revoked_at is null
       and case when ${schoolId}::int is null then g.unit_id = ${unitId} and g.school_id is null
                else g.school_id = ${schoolId}::int end
     order by p.name collate "zh-x-icu", p.id limit ${most}`.execute(db);
  return found.rows;
}
