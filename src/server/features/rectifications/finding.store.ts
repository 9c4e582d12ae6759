import { type CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import type { Scope } from '#domain/access/actor.ts';
import type { DutyType, FindingSeverity } from '#domain/flow/finding.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import type { FindingFact } from '#domain/rectification/flow.ts';
import { type FindingLevel, type FindingState, owingStates } from '#domain/rectification/state.ts';
import type { Handle } from '#platform/db/handle.ts';
import { type LockedRow, rowsWrite } from '#platform/db/locked-row.ts';
import { type FoundFacts, factsBeside, findFactsOfSuccessors } from './finding.facts.store.ts';

/** The feature's own tables, the shared tables of the core, then registers and published views. */
export type FindingHandle = Handle<
  | 'findings'
  | 'finding_kinds'
  | 'finding_measures'
  | 'finding_extensions'
  | 'finding_escalations'
  | 'finding_acknowledgements'
  | 'finding_passes'
  | 'reproof_draws'
  | 'reproofs',
  | 'steps'
  | 'notices'
  | 'audit_events'
  | 'imports'
  | 'org_units'
  | 'schools'
  | 'school_places'
  | 'grants'
  | 'roles'
  | 'people'
  | 'finding_recurrences'
  | 'raised_letters'
  | 'calendar_years'
  | 'calendar_days'
>;

/** A finding, with those facts beside it that were looked up. */
export interface Finding {
  readonly type: 'finding';
  readonly placeId: number;
  readonly id: string;
  readonly schoolId: number | null;
  readonly aboutSchoolId: number | null;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly whereFound: string;
  readonly severity: FindingSeverity;
  readonly cause: string;
  readonly parentId: string | null;
  readonly dutyType: DutyType;
  readonly dutyUnitId: number | null;
  readonly dutyPerson: string;
  readonly openedByUnitId: number;
  readonly openedLevel: FindingLevel;
  readonly managedBy: ManagingLevel;
  readonly schoolYear: number;
  readonly sourceType: string;
  readonly sourceId: string;
  readonly sourceLabel: string;
  readonly foundOn: Day;
  readonly dueOn: Day | null;
  readonly dueFrom: Day | null;
  readonly dueDays: number | null;
  readonly dueProvisional: boolean;
  readonly report: string;
  readonly noticedOn: Day | null;
  readonly reportedOn: Day | null;
  readonly checkedOn: Day | null;
  readonly closedOn: Day | null;
  readonly state: FindingState;
  readonly revision: number;
  readonly imported: boolean;
  readonly enteredByName: string;
  readonly alsoFoundBy: string;
  readonly facts: FoundFacts;
}

/** The duty body owes something: measures, or what it did. */
export const owing = sql<SqlBool>`f.state in (${sql.join(owingStates.map((state) => sql.lit(state)))})`;

/** What it owes was due before this day. */
export const overdueOn = (today: Day): RawBuilder<SqlBool> => sql`${owing} and f.due_on < ${today}::date`;

/** Columns of a finding; names as in `Finding`. */
const findingColumns = sql`
  'finding' as type, f.place_id as "placeId", f.id, f.school_id as "schoolId", f.about_school_id as "aboutSchoolId",
  f.kind, f.title, f.body, f.where_found as "whereFound", f.severity, f.cause, f.parent_id as "parentId",
  f.duty_type as "dutyType", f.duty_unit_id as "dutyUnitId", f.duty_person as "dutyPerson",
  f.opened_by_unit_id as "openedByUnitId", f.opened_level as "openedLevel", f.managed_by as "managedBy",
  f.school_year as "schoolYear", f.source_type as "sourceType", f.source_id as "sourceId", f.source_label as "sourceLabel",
  f.found_on as "foundOn", f.due_on as "dueOn", f.due_from as "dueFrom", f.due_days as "dueDays",
  f.due_provisional as "dueProvisional", f.report, f.noticed_on as "noticedOn", f.reported_on as "reportedOn",
  f.checked_on as "checkedOn", f.closed_on as "closedOn", f.state, f.revision, f.imported,
  f.entered_by_name as "enteredByName", f.also_found_by as "alsoFoundBy"`;

/**
 * A finding travels as one value: the driver describes and reads each of some forty columns anew for every row. Of the facts
 * beside it only those are looked up that somebody asks: each of them costs a step more than the row itself. The few whose
 * school is gone are asked for once more, for the way to its successor costs as much as the row, even where nobody goes it.
 */
async function readFindings(
  db: FindingHandle,
  facts: readonly FindingFact[],
  rest: RawBuilder<unknown>,
): Promise<Finding[]> {
  const { beside, stands } = factsBeside(facts);
  const { rows } = await sql<{ finding: Finding & { readonly stands: boolean } }>`
    select to_json(x) as finding
      from (select ${findingColumns}, ${beside} as facts, ${stands} as stands from findings f where ${rest}) x`.execute(
    db,
  );
  const gone = rows.flatMap(({ finding }) => (finding.stands ? [] : [finding]));
  const ofSuccessors = await findFactsOfSuccessors(db, gone, facts);
  return rows.map(({ finding: { stands: _, ...finding } }) => ({
    ...finding,
    facts: { ...finding.facts, ...ofSuccessors.get(finding.id) },
  }));
}

/** The findings that a person may reach, as a condition: the first wall; the row policies are the second. */
export function within(scope: Scope): RawBuilder<SqlBool> {
  const [only, ...more] = scope.places;
  const place =
    only !== undefined && more.length === 0
      ? sql<SqlBool>`f.place_id = ${only}`
      : sql<SqlBool>`f.place_id = any(${[...scope.places]}::int[])`;
  return scope.schools === null ? place : sql<SqlBool>`${place} and f.school_id = any(${[...scope.schools]}::int[])`;
}

/** How many findings this person entered by hand that nobody has sent out or given up. */
export async function countEntered(db: FindingHandle, scope: Scope, personId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from findings f
     where ${within(scope)} and f.state = 'found' and f.entered_by = ${personId} and not f.imported`.execute(db);
  return rows[0]!.n;
}

/** One finding with these facts, or undefined where it does not exist or lies elsewhere. */
export async function findFinding(
  db: FindingHandle,
  scope: Scope,
  id: string,
  facts: readonly FindingFact[],
): Promise<Finding | undefined> {
  const [finding] = await readFindings(db, facts, sql`f.id = ${id} and ${within(scope)}`);
  return finding;
}

/**
 * The findings with these ids and these facts, locked until the transaction ends, place by place and in the order of their ids, so that two
 * people who act on overlapping sets never deadlock.
 */
export async function lockFindings(
  db: FindingHandle,
  scope: Scope,
  ids: readonly string[],
  facts: readonly FindingFact[],
): Promise<Finding[]> {
  const locked: Finding[] = [];
  for (const place of await placesOf(db, scope, ids)) {
    const named = sql`f.place_id = ${place} and ${namedBy(ids)} and ${within(scope)} order by f.id for update of f`;
    locked.push(...(await readFindings(db, facts, named)));
  }
  return locked;
}

async function placesOf(db: FindingHandle, scope: Scope, ids: readonly string[]): Promise<readonly number[]> {
  if (scope.places.length <= 1) return scope.places;
  const found = await sql<{ place: number }>`
    select distinct f.place_id as place from findings f
     where ${namedBy(ids)} and ${within(scope)} order by place`.execute(db);
  return found.rows.map(({ place }) => place);
}

/** One id is compared as such: for a list of unknown length PostgreSQL plans the statement anew each time. */
function namedBy(ids: readonly string[]): RawBuilder<SqlBool> {
  const [only, ...more] = ids;
  return only !== undefined && more.length === 0
    ? sql<SqlBool>`f.id = ${only}`
    : sql<SqlBool>`f.id = any(${[...ids]}::uuid[])`;
}

/** A finding that enters the ledger. */
export interface NewFinding
  extends Pick<
    Finding,
    | 'placeId'
    | 'id'
    | 'schoolId'
    | 'aboutSchoolId'
    | 'kind'
    | 'title'
    | 'body'
    | 'whereFound'
    | 'severity'
    | 'cause'
    | 'parentId'
    | 'dutyType'
    | 'dutyUnitId'
    | 'dutyPerson'
    | 'openedByUnitId'
    | 'openedLevel'
    | 'managedBy'
    | 'schoolYear'
    | 'sourceType'
    | 'sourceLabel'
    | 'foundOn'
    | 'alsoFoundBy'
  > {
  readonly sourceId: string;
  readonly sourceKey: string;
  readonly enteredBy: string | null;
  readonly enteredByName: string;
  readonly at: Date;
  /** The day that its source demands, before the notice names one. */
  readonly demandedOn?: Day;
  /** For a row of a ledger that was kept elsewhere. */
  readonly imported?: Pick<
    Finding,
    'state' | 'dueOn' | 'report' | 'noticedOn' | 'reportedOn' | 'checkedOn' | 'closedOn'
  >;
}

/** Writes the findings; one that its source has entered before is left as it is. Returns the ids of the new ones. */
export async function insertFindings(db: FindingHandle, findings: readonly NewFinding[]): Promise<string[]> {
  if (findings.length === 0) return [];
  const written = await db
    .insertInto('findings')
    .values(
      findings.map(({ imported, ...one }) => ({
        place_id: one.placeId,
        id: one.id,
        school_id: one.schoolId,
        about_school_id: one.aboutSchoolId,
        kind: one.kind,
        title: one.title,
        body: one.body,
        where_found: one.whereFound,
        severity: one.severity,
        cause: one.cause,
        parent_id: one.parentId,
        duty_type: one.dutyType,
        duty_unit_id: one.dutyUnitId,
        duty_person: one.dutyPerson,
        opened_by_unit_id: one.openedByUnitId,
        opened_level: one.openedLevel,
        managed_by: one.managedBy,
        school_year: one.schoolYear,
        source_type: one.sourceType,
        source_id: one.sourceId,
        source_key: one.sourceKey,
        source_label: one.sourceLabel,
        found_on: one.foundOn,
        also_found_by: one.alsoFoundBy,
        entered_by: one.enteredBy,
        entered_by_name: one.enteredByName,
        entered_at: one.at,
        updated_at: one.at,
        imported: imported !== undefined,
        state: imported?.state ?? 'found',
        due_on: imported?.dueOn ?? one.demandedOn ?? null,
        report: imported?.report ?? '',
        noticed_on: imported?.noticedOn ?? null,
        reported_on: imported?.reportedOn ?? null,
        checked_on: imported?.checkedOn ?? null,
        closed_on: imported?.closedOn ?? null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['place_id', 'source_type', 'source_id', 'source_key']).doNothing())
    .returning('id')
    .execute();
  return written.map(({ id }) => id);
}

/** The columns that acts set. */
export type FindingChange = Partial<
  Pick<
    Finding,
    | 'schoolId'
    | 'aboutSchoolId'
    | 'kind'
    | 'title'
    | 'body'
    | 'whereFound'
    | 'severity'
    | 'cause'
    | 'dutyType'
    | 'dutyUnitId'
    | 'dutyPerson'
    | 'managedBy'
    | 'sourceLabel'
    | 'foundOn'
    | 'schoolYear'
    | 'dueOn'
    | 'dueFrom'
    | 'dueDays'
    | 'dueProvisional'
    | 'report'
    | 'noticedOn'
    | 'reportedOn'
    | 'checkedOn'
    | 'closedOn'
    | 'alsoFoundBy'
    | 'state'
  >
>;

const columnOf: Readonly<Record<keyof FindingChange, string>> = {
  schoolId: 'school_id',
  aboutSchoolId: 'about_school_id',
  kind: 'kind',
  title: 'title',
  body: 'body',
  whereFound: 'where_found',
  severity: 'severity',
  cause: 'cause',
  dutyType: 'duty_type',
  dutyUnitId: 'duty_unit_id',
  dutyPerson: 'duty_person',
  managedBy: 'managed_by',
  sourceLabel: 'source_label',
  foundOn: 'found_on',
  schoolYear: 'school_year',
  dueOn: 'due_on',
  dueFrom: 'due_from',
  dueDays: 'due_days',
  dueProvisional: 'due_provisional',
  report: 'report',
  noticedOn: 'noticed_on',
  reportedOn: 'reported_on',
  checkedOn: 'checked_on',
  closedOn: 'closed_on',
  alsoFoundBy: 'also_found_by',
  state: 'state',
};

/** The statement that writes the same new values of locked findings. */
export function findingsWrite(
  db: FindingHandle,
  findings: readonly LockedRow[],
  change: FindingChange,
  now: Date,
): CompiledQuery {
  const columns = Object.entries(change).map(([key, value]) => [columnOf[key as keyof FindingChange], value]);
  return rowsWrite(db, 'findings', findings, { ...Object.fromEntries(columns), updated_at: now });
}

/** Writes new values of a locked finding and counts its revision up. Returns the new revision with what was written. */
export async function updateFinding(
  db: FindingHandle,
  finding: LockedRow,
  change: FindingChange,
  now: Date,
): Promise<FindingChange & Pick<Finding, 'id' | 'revision'>> {
  await db.executeQuery(findingsWrite(db, [finding], change, now));
  return { ...change, id: finding.id, revision: finding.revision + 1 };
}

/** The audit row of an act on one finding. */
export function recordOf(
  { id, placeId, schoolId }: Pick<Finding, 'id' | 'placeId' | 'schoolId'>,
  done: string,
  what: Pick<AuditEntry, 'fields' | 'before' | 'after'>,
): AuditEntry {
  return { action: `finding.${done}`, objectType: 'finding', objectId: id, placeId, schoolId, ...what };
}
