import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Handle } from '#platform/db/handle.ts';

/** The home owns nothing: it reads what others publish, and for the administrators what waits in their own tables. */
export type HomeHandle = Handle<
  never,
  | 'filing_standings'
  | 'collection_standings'
  | 'reminder_standings'
  | 'balance_standings'
  | 'org_units'
  | 'people'
  | 'grants'
  | 'role_changes'
  | 'sign_in_failures'
  | 'audit_events'
  | 'audit_seals'
>;

/** Where the yearly record of a school year stands. */
export interface PeriodStanding {
  readonly id: number;
  readonly periodId: number;
  readonly schoolYear: number;
  readonly state: 'open' | 'closed';
  readonly deadline: string;
  readonly cityDeadline: string;
  /** The one that is meant where no school year is named. */
  readonly isDefault: boolean;
}

/** Newest first. The newest that has begun by `today` is meant where none is named, and the newest while none has. */
export async function periodStandings(db: HomeHandle, today: string): Promise<PeriodStanding[]> {
  const rows = await db
    .selectFrom('collection_standings')
    .select(['id', 'period_id as periodId', 'year as schoolYear', 'state', 'deadline', 'opens_on as opensOn'])
    .select('city_deadline as cityDeadline')
    .orderBy('year', 'desc')
    .$castTo<Omit<PeriodStanding, 'isDefault'> & { readonly opensOn: string }>()
    .execute();
  const meant = rows.find(({ opensOn }) => opensOn <= today) ?? rows[0];
  return rows.map((row) => ({ ...row, isDefault: row === meant }));
}

/** One county-level unit's filings of a period, counted; the person's place is a condition and a policy. */
export interface UnitCount {
  readonly countyId: number;
  readonly name: string;
  readonly owed: number;
  readonly submitted: number;
  readonly approved: number;
  readonly accepted: number;
  readonly returned: number;
  readonly overdue: number;
  readonly oldestOverdue: string | null;
  readonly drafts: number;
  readonly complete: number;
  /** Submitted and waiting, by who answers for the school. */
  readonly waitingCounty: number;
  readonly waitingCity: number;
  /** Those of them with soft findings. */
  readonly doubtfulCounty: number;
  readonly doubtfulCity: number;
  readonly oldestCounty: Date | null;
  readonly oldestCity: Date | null;
  readonly oldestReturned: Date | null;
  readonly oldestApproved: Date | null;
  /** County-managed filings that are approved but not accepted, and those that are not yet approved. */
  readonly readyCounty: number;
  readonly unreadyCounty: number;
  readonly outstanding: number;
  /** The first day on which one of the filings is due, extensions included. */
  readonly due: string;
  readonly onlyFiling: string | null;
}

/** Counts filings by unit, over the places in reach; `today` decides what is overdue. */
export async function unitCounts(
  db: HomeHandle,
  scope: Scope,
  where: { collectionId: number; today: string },
): Promise<UnitCount[]> {
  const found = await sql<UnitCount>`
    select f.county_id as "countyId", u.short_name as name, count(*)::int as owed,
      count(*) filter (where f.state <> 'draft')::int as submitted,
      count(*) filter (where f.state in ('approved', 'accepted'))::int as approved,
      count(*) filter (where f.state = 'accepted')::int as accepted,
      count(*) filter (where f.returned)::int as returned,
      count(*) filter (where f.unfiled and f.due < ${where.today}::date)::int as overdue,
      min(f.due) filter (where f.unfiled and f.due < ${where.today}::date) as "oldestOverdue",
      count(*) filter (where f.state = 'draft')::int as drafts,
      count(*) filter (where f.complete)::int as complete,
      count(*) filter (where f.state = 'submitted' and f.managed_by = 'county')::int as "waitingCounty",
      count(*) filter (where f.state = 'submitted' and f.managed_by = 'city')::int as "waitingCity",
      count(*) filter (
        where f.state = 'submitted' and f.doubtful and f.managed_by = 'county'
      )::int as "doubtfulCounty",
      count(*) filter (
        where f.state = 'submitted' and f.doubtful and f.managed_by = 'city'
      )::int as "doubtfulCity",
      min(f.submitted_at) filter (where f.state = 'submitted' and f.managed_by = 'county') as "oldestCounty",
      min(f.submitted_at) filter (where f.state = 'submitted' and f.managed_by = 'city') as "oldestCity",
      min(f.returned_at) filter (where f.returned) as "oldestReturned",
      min(f.approved_at) filter (where f.state = 'approved') as "oldestApproved",
      count(*) filter (where f.state = 'approved' and f.managed_by = 'county')::int as "readyCounty",
      count(*) filter (
        where f.state in ('draft', 'submitted') and f.managed_by = 'county'
      )::int as "unreadyCounty",
      count(*) filter (where f.state = 'draft')::int as outstanding,
      min(f.due) as due,
      case when count(*) = 1 then min(f.filing_id::text) end as "onlyFiling"
    from filing_standings f
    join org_units u on u.id = f.county_id
    where f.collection_id = ${where.collectionId}
      and f.county_id = any(${[...scope.places]}::int[])
      and (${scope.schools === null} or f.school_id = any(${[...(scope.schools ?? [])]}::int[]))
    group by f.county_id, u.short_name, u.sort_order
    order by u.sort_order`.execute(db);
  return found.rows;
}

/** The last reminder of a school that has not submitted since; undefined where there is none, or no school. */
export async function unansweredReminder(
  db: HomeHandle,
  scope: Scope,
  collectionId: number,
): Promise<{ at: Date; by: string; note: string | null } | undefined> {
  if (scope.schools === null) return undefined;
  const found = await sql<{ at: Date; by: string; note: string | null }>`
    select r.sent_at as at, r.sent_by_name as by, r.note
      from reminder_standings r
      join filing_standings f on f.county_id = r.county_id and f.filing_id = r.filing_id
     where f.collection_id = ${collectionId}
       and r.county_id = any(${[...scope.places]}::int[])
       and r.school_id = any(${[...scope.schools]}::int[])
       and f.state = 'draft'
       and (f.submitted_at is null or f.submitted_at < r.sent_at)
     order by r.sent_at desc
     limit 1`.execute(db);
  return found.rows[0];
}

/** Of how many units the balance verdict can be told, and of how many the data are not complete. */
export async function balanceCounts(
  db: HomeHandle,
  scope: Scope,
  periodId: number,
): Promise<{ available: number; incomplete: number }> {
  const found = await sql<{ available: number; incomplete: number }>`
    select count(*) filter (where settled)::int as available, count(*) filter (where not settled)::int as incomplete
      from (
        select u.id, coalesce(bool_and(b.verdict in ('pass', 'fail')), false) as settled
          from org_units u
          left join balance_standings b on b.county_id = u.id and b.period_id = ${periodId}
         where u.id = any(${[...scope.places]}::int[]) and u.kind = 'county'
         group by u.id
      ) as units`.execute(db);
  return found.rows[0] ?? { available: 0, incomplete: 0 };
}

/** Account and address pairs that are locked now: the system administrator may want to know. */
export async function lockedAccounts(db: HomeHandle, now: Date): Promise<number> {
  const row = await db
    .selectFrom('sign_in_failures')
    .innerJoin('people', 'people.username', 'sign_in_failures.account')
    .select(({ fn }) => fn.count<number>('people.id').distinct().as('count'))
    .where('sign_in_failures.locked_until', '>', now)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Changes of roles that wait for a second person or for their day. */
export async function waitingRoleChanges(db: HomeHandle): Promise<number> {
  const row = await db
    .selectFrom('role_changes')
    .where('state', '=', 'waiting')
    .select((count) => count.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Active accounts that hold no role yet: the security administrator's work. */
export async function peopleWithoutRole(db: HomeHandle): Promise<{ count: number; oldest: Date | null }> {
  const found = await sql<{ count: number; oldest: Date | null }>`
    select count(*)::int as count, min(p.created_at) as oldest
      from people p
     where p.status = 'active'
       and not exists (select 1 from grants g where g.person_id = p.id and g.revoked_at is null)`.execute(db);
  return found.rows[0] ?? { count: 0, oldest: null };
}
