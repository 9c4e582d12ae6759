import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Actor, Scope } from '#domain/access/actor.ts';
import { type FindingSeverity, findingSeverities } from '#domain/flow/finding.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { BoardGroup } from '#domain/rectification/board.ts';
import type { Duration } from '#domain/rectification/half-life.ts';
import { type FindingLevel, type FindingState, findingStates } from '#domain/rectification/state.ts';
import type { WaitingKind } from '#domain/rectification/waiting.ts';
import { limited, ofUnit, orderBy, type Page, type Paging, pageOf, searched } from '#platform/db/listing.ts';
import { type Finding, type FindingHandle, overdueOn, within } from './finding.store.ts';
import { waitingFor } from './work/finding.turn.store.ts';

export interface FindingFilter {
  readonly state?: FindingState | readonly FindingState[] | undefined;
  readonly open?: boolean | undefined;
  readonly kind?: string | undefined;
  readonly unitId?: number | undefined;
  readonly dutyUnitId?: number | undefined;
  readonly schoolId?: number | undefined;
  readonly severity?: FindingSeverity | undefined;
  readonly overdue?: boolean | undefined;
  readonly year?: number | undefined;
  readonly source?: string | undefined;
  readonly sourceId?: string | undefined;
  readonly waiting?: WaitingKind | undefined;
  readonly search?: string | undefined;
  readonly sort?: string | undefined;
}

/** A selection, and who asks on which day: some filters are of the person. */
export interface Asked<Filter extends FindingFilter = FindingFilter> {
  readonly filter: Filter;
  readonly actor: Actor;
  readonly today: Day;
}

function matching(scope: Scope, { filter, actor, today }: Asked): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [within(scope)];
  if (filter.unitId !== undefined) conditions.push(ofUnit(sql`f.place_id`, filter.unitId, scope.places));
  if (filter.state !== undefined) conditions.push(sql`f.state = any(${[filter.state].flat()}::text[])`);
  if (filter.open !== undefined)
    conditions.push(sql`(f.state not in ('closed', 'cancelled')) = ${filter.open}::boolean`);
  if (filter.kind !== undefined) conditions.push(sql`f.kind = ${filter.kind}`);
  if (filter.dutyUnitId !== undefined) conditions.push(sql`f.duty_unit_id = ${filter.dutyUnitId}`);
  if (filter.schoolId !== undefined) {
    conditions.push(sql`(f.school_id = ${filter.schoolId} or f.about_school_id = ${filter.schoolId})`);
  }
  if (filter.severity !== undefined) conditions.push(sql`f.severity = ${filter.severity}`);
  if (filter.overdue) conditions.push(overdueOn(today));
  if (filter.year !== undefined) conditions.push(sql`f.school_year = ${filter.year}`);
  if (filter.source !== undefined) conditions.push(sql`f.source_type = ${filter.source}`);
  if (filter.sourceId !== undefined) conditions.push(sql`f.source_id = ${filter.sourceId}`);
  if (filter.waiting !== undefined) conditions.push(waitingFor(filter.waiting, actor, today));
  if (filter.search) conditions.push(found(filter.search));
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

/** By its own words, and by the names of its school and of the unit that has the duty. */
function found(search: string): RawBuilder<SqlBool> {
  return sql`(${searched(sql`f.search`, search)}
    or f.about_school_id in (select s.id from schools s where ${searched(sql`s.search`, search)})
    or f.duty_unit_id in (select o.id from org_units o where ${searched(sql`o.search`, search)}))`;
}

const sortColumns = {
  /** What is still to be done first, and of it what is due first. */
  turn: sql`(f.state in ('closed', 'cancelled')), f.due_on`,
  dueOn: sql`f.due_on`,
  foundOn: sql`f.found_on`,
  closedOn: sql`f.closed_on`,
  title: sql`f.title collate "zh-x-icu"`,
  severity: sql`array_position(${[...findingSeverities]}::text[], f.severity)`,
  state: sql`array_position(${[...findingStates]}::text[], f.state)`,
};

const ordered = (sort: string | undefined) => orderBy(sort, sortColumns, 'turn', sql`f.place_id, f.id`);

/** A finding in a list, with the names beside it. */
export interface ListedFinding
  extends Pick<
    Finding,
    | 'id'
    | 'placeId'
    | 'title'
    | 'kind'
    | 'severity'
    | 'state'
    | 'dutyType'
    | 'dutyUnitId'
    | 'dutyPerson'
    | 'schoolId'
    | 'aboutSchoolId'
    | 'openedLevel'
    | 'managedBy'
    | 'sourceType'
    | 'sourceLabel'
    | 'schoolYear'
    | 'foundOn'
    | 'dueOn'
    | 'dueProvisional'
    | 'closedOn'
    | 'parentId'
    | 'imported'
    | 'revision'
    | 'report'
  > {
  readonly placeName: string;
  readonly kindName: string;
  readonly dutyName: string | null;
  readonly schoolName: string | null;
  readonly overdue: boolean;
  readonly asked: boolean;
  readonly raisedTo: FindingLevel | null;
  readonly parts: number;
}

const schoolName = (id: RawBuilder<unknown>) => sql`
  coalesce(
    (select s.name from schools s where s.county_id = f.place_id and s.id = ${id}),
    (select s.name from school_places sp join schools s on s.county_id = sp.county_id and s.id = sp.school_id
      where sp.school_id = ${id}))`;

const listedColumns = (today: Day) => sql`
  f.id, f.place_id as "placeId", p.short_name as "placeName", f.title, f.kind, k.name as "kindName", f.severity, f.state,
  f.duty_type as "dutyType", f.duty_unit_id as "dutyUnitId", f.duty_person as "dutyPerson",
  f.school_id as "schoolId", f.about_school_id as "aboutSchoolId",
  ${schoolName(sql`coalesce(f.about_school_id, f.school_id)`)} as "schoolName",
  case when f.duty_type = 'school' then ${schoolName(sql`f.school_id`)} else d.name end as "dutyName",
  f.opened_level as "openedLevel", f.managed_by as "managedBy", f.source_type as "sourceType", f.source_label as "sourceLabel",
  f.school_year as "schoolYear", f.found_on as "foundOn", f.due_on as "dueOn", f.due_provisional as "dueProvisional",
  coalesce(${overdueOn(today)}, false) as overdue, f.report,
  (select case when bool_or(e.level = 'city') then 'city' else min(e.level) end from finding_escalations e
    where e.place_id = f.place_id and e.finding_id = f.id) as "raisedTo",
  exists (select 1 from finding_extensions e where e.place_id = f.place_id and e.finding_id = f.id
      and e.decided_at is null) as asked,
  f.closed_on as "closedOn", f.parent_id as "parentId",
  (select count(*) from findings c where c.place_id = f.place_id and c.parent_id = f.id)::int as parts,
  f.imported, f.revision`;

const listedTables = sql`
  findings f
  join org_units p on p.id = f.place_id
  join finding_kinds k on k.key = f.kind
  left join org_units d on d.id = f.duty_unit_id`;

async function countFindings(db: FindingHandle, scope: Scope, question: Asked): Promise<number> {
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from findings f where ${matching(scope, question)}`.execute(db);
  return counted.rows[0]!.total;
}

/**
 * One page with the number of all matches. The page is found over `findings` alone; what stands beside a row is read for
 * these few rows.
 */
export async function listFindings(
  db: FindingHandle,
  scope: Scope,
  question: Asked<FindingFilter & Paging>,
): Promise<Page<ListedFinding>> {
  const { filter, today } = question;
  const keys = await sql<{ place: number; id: string; total: number }>`
    select f.place_id as place, f.id, (select count(*) from findings f where ${matching(scope, question)}) as total
      from findings f
     where ${matching(scope, question)}
     order by ${ordered(filter.sort)} ${limited(filter)}`.execute(db);
  const page = await pageOf(keys.rows, filter, () => countFindings(db, scope, question));
  const rows = page.rows.map(({ place, id }) => ({ placeId: place, id }));
  return { rows: await findListedAll(db, rows, today), total: page.total };
}

/** The columns that a list shows, for these findings in their order. */
export async function findListedAll(
  db: FindingHandle,
  findings: readonly Pick<Finding, 'placeId' | 'id'>[],
  today: Day,
): Promise<ListedFinding[]> {
  if (findings.length === 0) return [];
  const listed = await sql<ListedFinding>`
    select ${listedColumns(today)}
      from unnest(${findings.map(({ placeId }) => placeId)}::int[], ${findings.map(({ id }) => id)}::uuid[])
           with ordinality as wanted(place, id, position)
      join ${listedTables} on f.place_id = wanted.place and f.id = wanted.id
     order by wanted.position`.execute(db);
  return listed.rows;
}

/** A finding as the ledger prints it, with its measures in one text. */
export interface LedgerRow extends ListedFinding {
  readonly measures: string | null;
}

/** All matches, for the ledger as a file. */
export async function findLedger(db: FindingHandle, scope: Scope, question: Asked, most: number): Promise<LedgerRow[]> {
  const ledger = await sql<LedgerRow>`
    select ${listedColumns(question.today)},
           (select string_agg(m.position || '. ' || m.body, chr(10) order by m.position) from finding_measures m
             where m.place_id = f.place_id and m.finding_id = f.id) as measures
      from ${listedTables}
     where ${matching(scope, question)}
     order by ${ordered(question.filter.sort)}
     limit ${most}`.execute(db);
  return ledger.rows;
}

/** The columns that a list shows, for one finding. */
export async function findListed(db: FindingHandle, finding: Finding, today: Day): Promise<ListedFinding> {
  const listed = await sql<ListedFinding>`
    select ${listedColumns(today)} from ${listedTables}
     where f.place_id = ${finding.placeId} and f.id = ${finding.id}`.execute(db);
  return listed.rows[0]!;
}

/** The row of a board: a unit of the city, or a duty body of one county. */
export interface BoardKey {
  readonly unitId: number | null;
  readonly schoolId: number | null;
  readonly name: string;
  readonly position: number;
}

/** Findings of a school year by unit, or by duty body, and by the months in which they were found, fall due and closed. */
export async function listBoardGroups(
  db: FindingHandle,
  scope: Scope,
  asked: {
    readonly year: number;
    readonly unitId: number | undefined;
    readonly by: 'unit' | 'duty';
    readonly today: Day;
  },
): Promise<(Omit<BoardGroup<string>, 'key'> & BoardKey)[]> {
  const place = asked.unitId === undefined ? sql<SqlBool>`true` : ofUnit(sql`f.place_id`, asked.unitId, scope.places);
  const ofDuties = sql`${asked.by === 'duty'}::boolean`;
  const groups = await sql<Omit<BoardGroup<string>, 'key'> & BoardKey>`
    with grouped as (
      select f.place_id, case when ${ofDuties} then f.duty_unit_id else f.place_id end as unit,
             case when ${ofDuties} and f.duty_type = 'school' then f.school_id end as school,
             to_char(f.found_on, 'YYYY-MM') as found, to_char(f.due_on, 'YYYY-MM') as due,
             to_char(f.closed_on, 'YYYY-MM') as closed, coalesce(${overdueOn(asked.today)}, false) as overdue, count(*) as number
        from findings f
       where ${within(scope)} and ${place} and f.school_year = ${asked.year} and f.state <> 'cancelled'
       group by 1, 2, 3, 4, 5, 6, 7
    )
    select f.unit as "unitId", f.school as "schoolId",
           coalesce(case when f.school is not null then ${schoolName(sql`f.school`)} end, u.short_name, '') as name,
           coalesce(u.sort_order, 100000) as position,
           f.found, f.due, f.closed, f.overdue as "overdueNow", f.number::int as count
      from grouped f left join org_units u on u.id = f.unit`.execute(db);
  return groups.rows;
}

/** How long the findings of each kind took or have taken so far, in days. */
export async function listDurations(
  db: FindingHandle,
  scope: Scope,
  asked: { readonly unitId: number | undefined; readonly today: Day },
): Promise<(Duration & { readonly kind: string; readonly imported: number })[]> {
  const place = asked.unitId === undefined ? sql<SqlBool>`true` : ofUnit(sql`f.place_id`, asked.unitId, scope.places);
  const durations = await sql<Duration & { kind: string; imported: number }>`
    select f.kind, greatest(0, coalesce(f.closed_on, ${asked.today}::date) - f.found_on)::int as days,
           count(*) filter (where f.state = 'closed')::int as closed,
           count(*) filter (where f.state <> 'closed')::int as open,
           count(*) filter (where f.imported and f.state = 'closed')::int as imported
      from findings f
     where ${within(scope)} and ${place} and f.state <> 'cancelled'
     group by 1, 2`.execute(db);
  return durations.rows;
}
