import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { FindingSeverity } from '#domain/flow/finding.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { FindingLevel, FindingState } from '#domain/rectification/state.ts';
import { among, ofUnit } from '#platform/db/listing.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { Finding, FindingHandle } from './finding.store.ts';

type Ref = Pick<Finding, 'placeId' | 'id'>;
type Held = Pick<Finding, 'placeId' | 'id' | 'schoolId'>;

export interface Measure {
  readonly body: string;
  readonly responsible: string;
  readonly dueOn: Day | null;
  readonly doneOn: Day | null;
}

export function listMeasures(db: FindingHandle, { placeId, id }: Ref): Promise<Measure[]> {
  return db
    .selectFrom('finding_measures')
    .where('place_id', '=', placeId)
    .where('finding_id', '=', id)
    .select(['body', 'responsible', 'due_on as dueOn', 'done_on as doneOn'])
    .orderBy('position')
    .execute();
}

/** Replaces the measures of a finding by these, in their order. */
export async function writeMeasures(
  db: FindingHandle,
  { placeId, id, schoolId }: Held,
  measures: readonly Omit<Measure, 'doneOn'>[],
): Promise<void> {
  await db.deleteFrom('finding_measures').where('place_id', '=', placeId).where('finding_id', '=', id).execute();
  await db
    .insertInto('finding_measures')
    .values(
      measures.map(({ body, responsible, dueOn }, at) => ({
        ...{ place_id: placeId, finding_id: id, id: newId(), school_id: schoolId, position: at + 1 },
        ...{ body, responsible, due_on: dueOn },
      })),
    )
    .execute();
}

/** What is reported as put right is done on that day. */
export async function writeMeasuresDone(db: FindingHandle, { placeId, id }: Ref, day: Day): Promise<void> {
  await db
    .updateTable('finding_measures')
    .set({ done_on: day })
    .where('place_id', '=', placeId)
    .where('finding_id', '=', id)
    .where('done_on', 'is', null)
    .execute();
}

export interface Extension {
  readonly id: string;
  readonly until: Day;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedFor: string | null;
  readonly askedAt: Date;
  readonly decision: 'granted' | 'refused' | 'withdrawn' | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly note: string | null;
}

/** The questions for more time, oldest first. */
export function listExtensions(db: FindingHandle, { placeId, id }: Ref): Promise<Extension[]> {
  return db
    .selectFrom('finding_extensions')
    .where('place_id', '=', placeId)
    .where('finding_id', '=', id)
    .select(['id', 'until', 'reason', 'note', 'decision', 'asked_by as askedBy', 'asked_by_name as askedByName'])
    .select(['asked_for as askedFor', 'asked_at as askedAt', 'decided_by_name as decidedByName'])
    .select('decided_at as decidedAt')
    .orderBy('asked_at')
    .orderBy('id')
    .$castTo<Extension>()
    .execute();
}

export async function insertExtension(
  db: FindingHandle,
  { placeId, id, schoolId }: Held,
  asked: Pick<Extension, 'until' | 'reason' | 'askedBy' | 'askedByName' | 'askedFor' | 'askedAt'>,
): Promise<void> {
  await db
    .insertInto('finding_extensions')
    .values({
      ...{ place_id: placeId, finding_id: id, id: newId(), school_id: schoolId, until: asked.until },
      ...{ reason: asked.reason, asked_by: asked.askedBy, asked_by_name: asked.askedByName },
      ...{ asked_for: asked.askedFor, asked_at: asked.askedAt },
    })
    .execute();
}

export async function writeDecision(
  db: FindingHandle,
  placeId: number,
  extensionId: string,
  made: { decision: 'granted' | 'refused' | 'withdrawn'; by: string; byName: string; at: Date; note: string | null },
): Promise<void> {
  await db
    .updateTable('finding_extensions')
    .set({
      ...{ decision: made.decision, decided_by: made.by, decided_by_name: made.byName, decided_at: made.at },
      note: made.note,
    })
    .where('place_id', '=', placeId)
    .where('id', '=', extensionId)
    .execute();
}

export interface Escalation {
  readonly because: 'overdue' | 'urgent';
  readonly level: FindingLevel;
  readonly raisedOn: Day;
  readonly dueOn: Day | null;
}

export function listEscalations(db: FindingHandle, { placeId, id }: Ref): Promise<Escalation[]> {
  return db
    .selectFrom('finding_escalations')
    .where('place_id', '=', placeId)
    .where('finding_id', '=', id)
    .select(['because', 'level', 'raised_on as raisedOn', 'due_on as dueOn'])
    .orderBy('raised_at')
    .orderBy('level', 'desc')
    .$castTo<Escalation>()
    .execute();
}

export interface Acknowledgement {
  readonly level: FindingLevel;
  readonly by: string;
  readonly at: Date;
}

export function listAcknowledgements(db: FindingHandle, { placeId, id }: Ref): Promise<Acknowledgement[]> {
  return db
    .selectFrom('finding_acknowledgements')
    .where('place_id', '=', placeId)
    .where('finding_id', '=', id)
    .select(['level', 'acknowledged_by_name as by', 'acknowledged_at as at'])
    .orderBy('acknowledged_at')
    .$castTo<Acknowledgement>()
    .execute();
}

export async function insertAcknowledgement(
  db: FindingHandle,
  { placeId, id, schoolId }: Held,
  made: { level: FindingLevel; by: string; byName: string; postId: string | null; standInFor: string | null; at: Date },
): Promise<void> {
  await db
    .insertInto('finding_acknowledgements')
    .values({
      ...{ place_id: placeId, finding_id: id, school_id: schoolId, level: made.level, acknowledged_by: made.by },
      ...{ acknowledged_by_name: made.byName, post_id: made.postId, stand_in_for: made.standInFor },
      acknowledged_at: made.at,
    })
    .execute();
}

export interface RelatedFinding {
  readonly id: string;
  readonly title: string;
  readonly state: FindingState;
  readonly dutyName: string;
}

/** The finding of which it is a part, and its own parts. */
export async function listRelated(
  db: FindingHandle,
  { placeId, id, parentId }: Pick<Finding, 'placeId' | 'id' | 'parentId'>,
  most: number,
): Promise<(RelatedFinding & { readonly isParent: boolean })[]> {
  const related = await sql<RelatedFinding & { isParent: boolean }>`
    select f.id, f.title, f.state, f.id = ${parentId}::uuid as "isParent",
           coalesce(u.name, (select s.name from schools s where s.county_id = f.place_id and s.id = f.school_id), '') as "dutyName"
      from findings f left join org_units u on u.id = f.duty_unit_id
     where f.place_id = ${placeId} and (f.id = ${parentId}::uuid or f.parent_id = ${id})
     order by f.entered_at, f.id
     limit ${most}`.execute(db);
  return related.rows.map((row) => ({ ...row, isParent: row.isParent === true }));
}

export interface Recurrence {
  readonly id: string;
  readonly title: string;
  readonly state: FindingState;
  readonly schoolYear: number;
  readonly foundOn: Day;
  /** The school, or the unit or section that has the duty. */
  readonly bodyName: string;
  readonly relation: 'again' | 'spread';
  /** The day of the copy, with its state of that day, where the finding itself lies beyond the person's reach. */
  readonly passedOn: Day | null;
}

/** Earlier findings of the same kind that this person may read, the same body first, the newest first. */
export async function listRecurrences(
  db: FindingHandle,
  scope: Scope,
  { placeId, id }: Ref,
  most: number,
): Promise<Recurrence[]> {
  const { rows } = await sql<Recurrence>`
    select r.earlier_id as id, r.earlier_title as title, r.earlier_state as state, r.earlier_year as "schoolYear",
           r.earlier_found_on as "foundOn", r.relation, r.passed_on as "passedOn",
           coalesce((select s.name from school_places sp join schools s on s.county_id = sp.county_id and s.id = sp.school_id
                      where sp.school_id = r.earlier_school_id),
                    (select u.name from org_units u where u.id = r.earlier_unit_id), '') as "bodyName"
      from finding_recurrences r
     where r.place_id = ${placeId} and r.finding_id = ${id} and r.place_id = ${among(scope.places)}
     order by r.relation, r.earlier_found_on desc, r.earlier_id
     limit ${most}`.execute(db);
  return rows;
}

export interface ProofOfFinding {
  readonly drawnAt: Date;
  readonly result: 'held' | 'failed' | null;
  readonly provedBy: string | null;
  readonly note: string | null;
}

/** The draws that hold in which the finding was drawn. A school reads none of them. */
export async function listProofs(db: FindingHandle, { placeId, id }: Ref, most: number): Promise<ProofOfFinding[]> {
  const { rows } = await sql<ProofOfFinding>`
    select d.drawn_at as "drawnAt", r.result, r.proved_by_name as "provedBy", r.note
      from reproofs r join reproof_draws d on d.place_id = r.place_id and d.id = r.draw_id
     where r.place_id = ${placeId} and r.finding_id = ${id} and d.cancelled_at is null
     order by d.drawn_at
     limit ${most}`.execute(db);
  return rows;
}

export interface NamesBeside {
  readonly openedByName: string;
  /** The name of the school that has the duty instead of the one that the finding names; null where it is that one. */
  readonly successorName: string | null;
}

export async function findNames(db: FindingHandle, finding: Finding): Promise<NamesBeside> {
  const { dutySchoolId = null } = finding.facts;
  const successor = dutySchoolId === finding.schoolId ? null : dutySchoolId;
  const { rows } = await sql<NamesBeside>`
    select u.name as "openedByName",
           (select s.name from school_places sp join schools s on s.county_id = sp.county_id and s.id = sp.school_id
             where sp.school_id = ${successor}::int) as "successorName"
      from org_units u where u.id = ${finding.openedByUnitId}`.execute(db);
  return rows[0]!;
}

export interface Pass {
  readonly id: string;
  readonly schoolId: number;
  readonly schoolName: string;
  readonly originName: string;
  readonly title: string;
  readonly kindName: string;
  readonly severity: FindingSeverity;
  readonly state: FindingState;
  readonly dueOn: Day | null;
  readonly passedOn: Day;
}

/** What schools brought with them when they moved into a place, newest first. */
export async function listPasses(
  db: FindingHandle,
  scope: Scope,
  asked: { readonly unitId: number | undefined; readonly most: number },
): Promise<Pass[]> {
  const place = asked.unitId === undefined ? sql`true` : ofUnit(sql`f.place_id`, asked.unitId, scope.places);
  const { rows } = await sql<Pass>`
    select f.id, f.school_id as "schoolId",
           coalesce((select s.name from schools s where s.county_id = f.place_id and s.id = f.school_id), '') as "schoolName",
           o.name as "originName", f.title, k.name as "kindName", f.severity, f.state, f.due_on as "dueOn",
           f.passed_on as "passedOn"
      from finding_passes f
      join org_units o on o.id = f.origin_place_id
      join finding_kinds k on k.key = f.kind
     where f.place_id = ${among(scope.places)} and ${place} and f.state <> 'closed'
       and (${scope.schools === null}::boolean or f.school_id = any(${[...(scope.schools ?? [])]}::int[]))
     order by f.passed_on desc, f.id
     limit ${asked.most}`.execute(db);
  return rows;
}

/** Letters about a finding in this person's places, the newest first. */
export async function listLetters(
  db: FindingHandle,
  scope: Scope,
  { id }: Pick<Finding, 'id'>,
  most: number,
): Promise<{ id: string; title: string; state: string; number: string | null }[]> {
  const { rows } = await sql<{ id: string; title: string; state: string; number: string | null }>`
    select l.letter_id as id, l.title, l.state, l.number_text as number from raised_letters l
     where l.place_id = ${among(scope.places)} and l.subject_type = 'finding' and l.subject_id = ${id}
     order by l.issued_on desc nulls first, l.letter_id limit ${most}`.execute(db);
  return rows;
}
