import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Actor, Scope } from '#domain/access/actor.ts';
import type { FilingSituation } from '#domain/filing/situation.ts';
import { type FilingState, filingStates } from '#domain/filing/state.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import {
  inChineseOrder,
  limited,
  ofUnit,
  orderBy,
  type Page,
  type Paging,
  pageOf,
  searched,
} from '#platform/db/listing.ts';
import { collectionMeant } from './collection/collection.store.ts';
import {
  accountColumns,
  contentColumns,
  type FilingHandle,
  type FilingRow,
  type FullFiling,
  filingColumns,
  filingTables,
  presentName,
  within,
} from './filing.store.ts';
import { answering, byOthers, fromOtherSide, reviewerOf } from './work/filing.turn.store.ts';

export interface FilingFilter {
  readonly year?: number | undefined;
  readonly unitId?: number | undefined;
  readonly schoolId?: number | undefined;
  readonly state?: FilingState | readonly FilingState[] | undefined;
  readonly situation?: FilingSituation | undefined;
  readonly mark?: string | readonly string[] | undefined;
  readonly level?: string | undefined;
  readonly managedBy?: ManagingLevel | undefined;
  readonly doubts?: boolean | undefined;
  readonly search?: string | undefined;
  readonly sort?: string | undefined;
}

export type FilingPage = FilingFilter & Paging;

/** What the marks ask of the person. */
type Asker = Pick<Actor, 'level' | 'userId' | 'principal' | 'schoolId'>;

/** A selection: all of it, or a page where the filter names one. */
export interface Asked<Filter extends FilingFilter = FilingFilter> {
  readonly filter: Filter;
  /** Some marks are of the person who asks. */
  readonly actor: Asker;
  /** Decides which filings are overdue, and which yearly record is meant if no year is given. */
  readonly today: string;
  /** Narrows to these 办学类型; null does not. */
  readonly schoolTypes?: readonly string[] | null;
}

/** The conditions of a filter. They concern `filings` alone, once the collection is known. */
export function matching(scope: Scope, { filter, actor, today, schoolTypes = null }: Asked) {
  const collection = collectionMeant({ year: filter.year, today });
  const conditions = [within(scope), sql<SqlBool>`f.collection_id = ${collection}`, standing(filter, actor)];
  // A school has one filing a year, wherever it lay when the year was opened: no unit narrows its list.
  if (filter.unitId !== undefined && scope.schools === null) {
    conditions.push(ofUnit(sql`f.place_id`, filter.unitId, scope.places));
  }
  if (filter.schoolId !== undefined) conditions.push(sql<SqlBool>`f.school_id = ${filter.schoolId}`);
  if (filter.state !== undefined) {
    conditions.push(sql<SqlBool>`f.state = any(${[filter.state].flat()}::text[])`);
  }
  if (filter.situation !== undefined) conditions.push(situated(filter.situation));
  if (filter.managedBy !== undefined) conditions.push(sql<SqlBool>`f.managed_by = ${filter.managedBy}`);
  if (filter.doubts) conditions.push(sql<SqlBool>`(f.soft_findings > 0 or f.hard_findings > f.required - f.filled)`);
  if (filter.search) conditions.push(found(filter.search));
  if (schoolTypes) conditions.push(sql<SqlBool>`f.school_type = any(${[...schoolTypes]}::text[])`);
  for (const mark of [filter.mark ?? []].flat()) conditions.push(...marked(mark, actor, collection, today));
  return sql.join(conditions, sql` and `);
}

/**
 * A list leaves out what no longer counts, unless it is asked for. A school lists its own filing, also when it no longer
 * counts: those of the schools that were merged into it have a place of their own.
 */
function standing({ mark, schoolId }: FilingFilter, actor: Asker): RawBuilder<SqlBool> {
  const own = sql<SqlBool>`f.school_id = ${actor.schoolId}`;
  if ([mark].flat().includes('released'))
    return actor.level === 'school' ? sql`${own} and not f.owes` : sql`not f.owes`;
  return actor.level === 'school' && schoolId === undefined ? own : sql`f.owes`;
}

/**
 * A filing keeps the name and the code of its year. It is found by them, and through the register by the present name,
 * by former names and by the pinyin of all of them.
 */
function found(search: string): RawBuilder<SqlBool> {
  const kept = sql`lower(normalize(f.name || ' ' || coalesce(f.code, ''), nfkc))`;
  return sql`(
    f.school_id in (select s.id from schools s where ${searched(sql`s.search`, search)}) or ${searched(kept, search)})`;
}

const untouched = sql<SqlBool>`(f.filled = 0 and f.submitted_at is null)`;

/** The condition of a situation; the drafts are divided as `situationOf` divides them. */
function situated(situation: FilingSituation): RawBuilder<SqlBool> {
  switch (situation) {
    case 'returned':
      return sql`f.state = 'draft' and f.returned_at is not null`;
    case 'untouched':
      return sql`f.state = 'draft' and f.returned_at is null and ${untouched}`;
    case 'draft':
      return sql`f.state = 'draft' and f.returned_at is null and not ${untouched}`;
    default:
      return sql`f.state = ${situation}`;
  }
}

/** The marks of a list that do not follow from the state alone. `today` is China's calendar day. */
function marked(mark: string, actor: Asker, collection: RawBuilder<number>, today: string): RawBuilder<SqlBool>[] {
  const deadline = sql`(select c.deadline from collections c where c.id = ${collection})`;
  const waiting = sql<SqlBool>`f.state = 'draft'`;
  const overdue = sql<SqlBool>`greatest(${deadline}, f.deadline_extension) < ${today}::date and f.submitted_at is null`;
  const reviewer = reviewerOf(actor);
  switch (mark) {
    case 'owed':
      return [waiting];
    case 'overdue':
      return [waiting, overdue];
    case 'to-remind':
      return [waiting, overdue, asked(collection, today), ...(reviewer === 'county' ? [answering(actor)] : [])];
    case 'late':
      return [sql<SqlBool>`f.first_submitted_on > greatest(${deadline}, f.deadline_extension)`];
    case 'changed':
      return [sql<SqlBool>`f.changed_fields > 0`];
    case 'checked':
      return [sql<SqlBool>`f.checked_at is not null`];
    case 'to-check':
      return [
        sql<SqlBool>`f.state = 'submitted' and f.checked_at is null`,
        byOthers({ place: sql`f.place_id`, id: sql`f.id` }, actor),
      ];
    case 'comments':
      return [answering(actor), commented(actor)];
    default:
      return [];
  }
}

/** Whether the year asks now: it has begun and was not ended. */
const asked = (collection: RawBuilder<number>, today: string) => sql<SqlBool>`
  (select c.state = 'open' and c.opens_on <= ${today}::date from collections c where c.id = ${collection})`;

const commented = (actor: Asker) => sql<SqlBool>`exists (
  select 1 from comments c
   where c.place_id = f.place_id and c.subject_type = 'filing' and c.subject_id = f.id and c.resolved_at is null
     and ${fromOtherSide(actor)})`;

const sortColumns = {
  name: inChineseOrder(sql`f.name`),
  code: sql`f.code`,
  state: sql`array_position(${[...filingStates]}::text[], f.state)`,
  submittedAt: sql`f.submitted_at`,
  updatedAt: sql`f.updated_at`,
  findings: sql`f.hard_findings + f.soft_findings`,
  filled: sql`f.filled::float8 / nullif(f.required, 0)`,
};

const ordered = (sort: string | undefined) => orderBy(sort, sortColumns, 'name', sql`f.code, f.place_id, f.id`);

/** The number of all matches. */
export async function countFilings(db: FilingHandle, scope: Scope, question: Asked): Promise<number> {
  const found = await sql<{ total: number }>`
    select count(*) as total from filings f where ${matching(scope, question)}`.execute(db);
  return found.rows[0]!.total;
}

export interface ListedFiling extends FilingRow {
  readonly reminders: number;
  readonly lastReminderAt: Date | null;
  /** Comments that nobody has dealt with yet, and those of them that wait for this person's side. */
  readonly comments: number;
  readonly commentsForMe: number;
}

/**
 * One page of the list with the number of all matches. The page is found in an index over `filings` and nothing else;
 * the data beside a row is read only for these few rows, by a statement whose plan is made once.
 */
export async function listFilings(
  db: FilingHandle,
  scope: Scope,
  question: Asked<FilingPage>,
): Promise<Page<ListedFiling>> {
  const { filter } = question;
  const found = await sql<ListedKey & { total: number }>`
    select f.place_id as place, f.school_id as school, f.id, (select count(*) from filings f where ${matching(scope, question)}) as total
      from filings f
     where ${matching(scope, question)}
     order by ${ordered(filter.sort)} ${limited(filter)}`.execute(db);
  const page = await pageOf(found.rows, filter, () => countFilings(db, scope, question));
  if (page.rows.length === 0) return { rows: [], total: page.total };
  const listed = await findListed(db, page.rows, question.actor);
  return { rows: page.rows.flatMap(({ id }) => listed.get(id) ?? []), total: page.total };
}

export interface ListedKey {
  readonly place: number;
  readonly school: number;
  readonly id: string;
}

/**
 * Each row is looked up by its own key. With the keys as two lists, PostgreSQL 15 reads all filings of a county, and
 * plans the statement anew each time.
 */
export async function findListed(
  db: FilingHandle,
  keys: readonly ListedKey[],
  actor: Asker,
): Promise<Map<string, ListedFiling>> {
  const places = keys.map(({ place }) => place);
  const ids = keys.map(({ id }) => id);
  const schools = keys.map(({ school }) => school);
  const found = await sql<ListedFiling>`
    with reminded as (
      select filing_id, count(*) as reminders, max(sent_at) as last from reminder_standings
       where county_id = any(${[...new Set(places)]}::int[]) and filing_id = any(${ids}::uuid[])
       group by county_id, filing_id
    ), said as (
      select c.subject_id, count(*) as comments, count(*) filter (where ${fromOtherSide(actor)}) as waiting from comments c
       where c.place_id = any(${[...new Set(places)]}::int[]) and c.subject_type = 'filing'
         and c.subject_id = any(${ids}::uuid[]) and c.resolved_at is null
       group by c.place_id, c.subject_id
    ), held as (
      select school_id, jsonb_build_object('head', has_head, 'clerk', has_clerk) as accounts from school_accounts
       where school_id = any(${schools}::int[])
    )
    select ${filingColumns}, ${presentName}, held.accounts, coalesce(reminded.reminders, 0) as reminders,
           reminded.last as "lastReminderAt", coalesce(said.comments, 0) as comments,
           case when ${answering(actor)} then coalesce(said.waiting, 0) else 0 end as "commentsForMe"
      from unnest(${places}::int[], ${ids}::uuid[]) as listed(place, id)
      join ${filingTables} on f.place_id = listed.place and f.id = listed.id
      left join reminded on reminded.filing_id = f.id
      left join said on said.subject_id = f.id
      left join held on held.school_id = f.school_id`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row]));
}

/** The ids of all matches, for an act on the whole set. */
export async function findFilingIds(db: FilingHandle, scope: Scope, question: Asked): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select f.id from filings f where ${matching(scope, question)}`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** All matches with their content, for export and template: schools by name. */
export async function findFullFilings(db: FilingHandle, scope: Scope, question: Asked): Promise<FullFiling[]> {
  const found = await sql<FullFiling>`
    select ${filingColumns}, ${accountColumns}, ${contentColumns}
      from ${filingTables}
     where ${matching(scope, question)}
     order by ${ordered(question.filter.sort)}`.execute(db);
  return found.rows;
}

/** One page of filings with their content, for the grid: schools by name. */
export async function listFullFilings(
  db: FilingHandle,
  scope: Scope,
  question: Asked<FilingPage>,
): Promise<Page<FullFiling & { total: number }>> {
  const { filter } = question;
  const found = await sql<FullFiling & { total: number }>`
    select ${filingColumns}, ${presentName}, ${accountColumns}, ${contentColumns},
           (select count(*) from filings f where ${matching(scope, question)}) as total
      from ${filingTables}
     where ${matching(scope, question)}
     order by ${ordered(filter.sort)} ${limited(filter)}`.execute(db);
  return pageOf(found.rows, filter, () => countFilings(db, scope, question));
}

/** 办学类型 of all matches, whatever the page: the columns of a grid are the same on each. */
export async function listSchoolTypes(db: FilingHandle, scope: Scope, question: Asked): Promise<string[]> {
  const found = await sql<{ schoolType: string }>`
    select distinct f.school_type as "schoolType" from filings f where ${matching(scope, question)}`.execute(db);
  return found.rows.map((row) => row.schoolType);
}
