import { sql } from 'kysely';
import type { Feature } from '#core/access/feature.ts';
import { partsOf, united } from '#core/access/parts.store.ts';
import type { Asking, AwaitedRow, DeadlineRow, FigureRow, StepRow, WorkRow, YearRow } from '#core/access/work.ts';
import { listNoticesFor } from '#core/notices/inbox.store.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import type { Handle } from '#platform/db/handle.ts';
import { inChineseOrder } from '#platform/db/listing.ts';

/** The home owns nothing: it joins what the features give it, and reads the notices and the people of the core. */
export type HomeHandle = Handle<never, 'notices' | 'notice_reads' | 'people' | 'grants' | 'roles'>;

/**
 * A line of work with the days that its oldest subject has waited. In a sample people act on later days than that on
 * which the sample stands: what they have just done waits for no day.
 */
export interface WorkCount extends Pick<WorkRow, 'kind' | 'count' | 'subject'> {
  readonly oldestDays: number | null;
}

/** A line with the lines that count some of the same things. */
export interface Work extends WorkCount {
  readonly parts: WorkCount[];
}

interface Figure {
  readonly key: string;
  readonly count: number;
}

const workOf = (features: readonly Feature[], asking: Asking) =>
  partsOf<WorkRow>(
    features,
    ({ work }) => work?.of(asking),
    sql`'work' as section, kind::text as kind, count::int as count, oldest::date as oldest,
      subject::text as subject, rank::int as rank`,
  );

const handedOf = (features: readonly Feature[], asking: Asking) =>
  partsOf<WorkRow>(
    features,
    ({ handedOver }) => handedOver?.of(asking),
    sql`'handedOver' as section, kind::text as kind, count::int as count, oldest::date as oldest,
      subject::text as subject, rank::int as rank`,
  );

const figuresOf = (features: readonly Feature[], asking: Asking) =>
  partsOf<FigureRow>(
    features,
    ({ figures }) => figures?.of(asking),
    sql`'figures' as section, kind::text as kind, count::int as count, null::date as oldest, null::text as subject,
      rank::int as rank`,
  );

const unreadOf = (asking: Asking) => sql`
  select null::int as door, 'unread' as section, 'notices' as kind, count(*)::int as count, null::date as oldest,
         null::text as subject, 0 as rank
    from (${listNoticesFor(asking)}) n where n.read_at is null`;

/**
 * The waiting work of the person, by feature in the order of the list, and there by rank; and how many notices are unread.
 * One statement returns both. A rank below zero stands before the lines of every feature: danger passes every queue.
 */
export async function listWorkAndUnread(
  db: HomeHandle,
  features: readonly Feature[],
  asking: Asking,
): Promise<{ work: Work[]; unread: number }> {
  const { work, unread } = await listed(db, [...workOf(features, asking), unreadOf(asking)], asking);
  return { work: toldOnce(work, features), unread };
}

/** Puts each line that counts a part of what another counts into that other one. */
function toldOnce(lines: readonly WorkCount[], features: readonly Feature[]): Work[] {
  const within: Readonly<Record<string, readonly string[]>> = Object.assign(
    {},
    ...features.map(({ work }) => work?.within),
  );
  const wholeOf = (kind: string) => within[kind]?.find((whole) => lines.some((line) => line.kind === whole));
  return lines
    .filter(({ kind }) => wholeOf(kind) === undefined)
    .map((line) => ({ ...line, parts: lines.filter(({ kind }) => wholeOf(kind) === line.kind) }));
}

/**
 * The same with what was handed over and with the progress of the year: all are counts, so one statement returns them.
 */
export async function listWorkAndFigures(
  db: HomeHandle,
  features: readonly Feature[],
  asking: Asking,
): Promise<{ work: Work[]; handedOver: WorkCount[]; figures: Figure[] }> {
  const parts = [workOf, handedOf, figuresOf].flatMap((part) => part(features, asking));
  const { work, ...others } = await listed(db, parts, asking);
  return { work: toldOnce(work, features), ...others };
}

async function listed(db: HomeHandle, parts: readonly Fragment<unknown>[], asking: Asking) {
  if (parts.length === 0) return { work: [], handedOver: [], figures: [], unread: 0 };
  const { rows } = await sql<WorkCount & { readonly section: 'work' | 'handedOver' | 'figures' | 'unread' }>`
    select section, kind, count, subject,
           case when oldest is not null then greatest(0, ${asking.today}::date - oldest) end as "oldestDays"
      from ${united(parts)} line order by rank >= 0, door, rank`.execute(db);
  const linesOf = (wanted: string) =>
    rows.filter(({ section }) => section === wanted).map(({ section: _, ...line }) => line);
  return {
    work: linesOf('work'),
    handedOver: linesOf('handedOver'),
    unread: rows.find(({ section }) => section === 'unread')?.count ?? 0,
    figures: rows.filter(({ section }) => section === 'figures').map(({ kind, count }) => ({ key: kind, count })),
  };
}

/** The steps of a new installation, in their order. */
export async function listSteps(db: HomeHandle, features: readonly Feature[]): Promise<StepRow[]> {
  const columns = sql`kind::text as kind, count, proposed, needed, doers, last, rank`;
  const parts = partsOf(features, ({ beginning }) => beginning?.of(), columns);
  if (parts.length === 0) return [];
  const found = await sql<StepRow>`
    select kind, count, proposed, needed, doers, last, rank from ${united(parts)} line order by rank`.execute(db);
  return found.rows;
}

/** The active people with one of these permissions, once for each. */
export async function listHolders(db: HomeHandle, permissions: readonly string[]) {
  const found = await sql<{ permission: string; name: string; phone: string | null }>`
    select wanted.permission, p.name, p.phone
      from unnest(${[...permissions]}::text[]) wanted (permission)
      join roles r on wanted.permission = any(r.permissions)
      join grants g on g.role_key = r.key and g.revoked_at is null
      join people p on p.id = g.person_id and p.status = 'active'
     group by wanted.permission, p.name, p.phone
     order by wanted.permission, ${inChineseOrder(sql`p.name`)}, p.phone`.execute(db);
  return found.rows;
}

/** A day to which somebody is held, with the days that are left. */
export interface Deadline extends Omit<DeadlineRow, 'rank'> {
  readonly daysLeft: number;
}

/** The deadlines, the nearest first. */
export async function listDeadlines(db: HomeHandle, features: readonly Feature[], asking: Asking): Promise<Deadline[]> {
  const columns = sql`kind::text as kind, "unitId"::int as "unitId", name::text as name,
    date::date as date, outstanding::int as outstanding, basis::text as basis, "schoolYear"::int as "schoolYear",
    rank::int as rank`;
  const parts = partsOf<DeadlineRow>(features, ({ deadlines }) => deadlines?.of(asking), columns);
  if (parts.length === 0) return [];
  const found = await sql<Deadline>`
    select kind, "unitId", name, date, date - ${asking.today}::date as "daysLeft", outstanding, basis,
           "schoolYear"
      from ${united(parts)} line order by date, outstanding desc, door, rank`.execute(db);
  return found.rows;
}

/** A year in which something is asked: open while one of those who ask has not closed it. */
export interface AskedYear extends YearRow {
  /** Whether anything of it has begun by today. */
  readonly begun: boolean;
}

/** The years of each kind, newest first. */
export async function listYears(db: HomeHandle, features: readonly Feature[], asking: Asking): Promise<AskedYear[]> {
  const columns = sql`kind::text as kind, year::int as year, state::text as state, begins::date as begins,
    "passedOver"::boolean as passed_over, "archivedOn"::date as archived_on`;
  const parts = partsOf<YearRow>(features, ({ years }) => years?.(asking), columns);
  if (parts.length === 0) return [];
  const found = await sql<AskedYear>`
    select kind, year, case when bool_or(state = 'open') then 'open' else 'closed' end as state,
           min(begins) as begins, bool_and(passed_over) as "passedOver",
           max(archived_on) as "archivedOn",
           bool_or(begins <= ${asking.today}::date) as begun
      from ${united(parts)} line group by kind, year order by kind, year desc`.execute(db);
  return found.rows;
}

/** A notice as its receiver reads it. */
export interface Notice {
  readonly kind: string;
  readonly at: Date;
  readonly by: string;
  readonly note: string | null;
}

/** The last notice to a school of the person's that was sent after its subject was last answered for. */
export async function findUnansweredNotice(
  db: HomeHandle,
  features: readonly Feature[],
  asking: Asking,
): Promise<Notice | undefined> {
  const columns = sql`kind::text as kind, "placeId"::int as place_id,
    "subjectType"::text as subject_type, "subjectId"::uuid as subject_id,
    "answeredAt"::timestamptz as answered_at`;
  const { schools } = asking.scope;
  if (schools === null) return undefined;
  const parts = partsOf<AwaitedRow>(features, ({ awaited }) => awaited?.(asking), columns);
  if (parts.length === 0) return undefined;
  const found = await sql<Notice>`
    select n.kind, n.sent_at as at, n.sent_by_name as by, n.note
      from ${united(parts)} line
      join notices n
        on n.place_id = line.place_id and n.subject_type = line.subject_type and n.subject_id = line.subject_id
       and n.kind = line.kind
     where n.place_id = any(${[...asking.scope.places]}::int[])
       and n.school_id = any(${[...schools]}::int[])
       and (line.answered_at is null or line.answered_at < n.sent_at)
     order by n.sent_at desc
     limit 1`.execute(db);
  return found.rows[0];
}
