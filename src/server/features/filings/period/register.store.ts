import { sql } from 'kysely';
import type { FilingHandle } from '../filing.store.ts';

/** A school of an open period whose place on the list has changed. */
export interface ListedSchool {
  readonly countyId: number;
  readonly periodId: number;
  readonly schoolId: number;
  readonly filingId: string;
}

const listedSchool = sql`
  ps.county_id as "countyId", ps.period_id as "periodId", ps.school_id as "schoolId"`;

/**
 * Takes those of the schools that are no more off the lists of the open periods, where nothing of theirs was approved
 * yet. The filings are locked first, as every act on them does: whoever approves at the same time is waited for, and
 * then nothing is taken away. The register is asked as it stands now, so that the jobs of closing and reopening may run
 * in any order.
 */
export async function exemptSchools(
  db: FilingHandle,
  schoolIds: readonly number[],
  reason: string,
): Promise<ListedSchool[]> {
  const freed = await sql<ListedSchool>`
    with locked as materialized (
      select f.county_id, f.period_id, f.school_id, f.id
        from filings f
        join periods p on p.id = f.period_id and p.state = 'open'
       where f.school_id = any(${[...schoolIds]}::int[]) and f.state in ('draft', 'submitted')
         and f.approved is null
         and not exists (select 1 from schools s where s.id = f.school_id and s.status = 'open')
       order by f.id
         for update of f
    )
    update period_schools ps
       set owes = false, reason = ${reason}
      from locked
     where ps.county_id = locked.county_id and ps.period_id = locked.period_id and ps.school_id = locked.school_id
       and ps.owes
    returning ${listedSchool}, locked.id as "filingId"`.execute(db);
  return freed.rows;
}

/**
 * Why schools of these locked filings owe nothing any more, by filing. The lock tells who was first; what `exemptSchools`
 * wrote while it was waited for is seen only by a statement that begins behind it.
 */
export async function readExempted(
  db: FilingHandle,
  filings: readonly { readonly countyId: number; readonly id: string }[],
): Promise<Map<string, string>> {
  const found = await sql<{ id: string; reason: string }>`
    select f.id, ps.reason
      from filings f
      join period_schools ps
        on ps.county_id = f.county_id and ps.period_id = f.period_id and ps.school_id = f.school_id and not ps.owes
     where f.county_id = any(${[...new Set(filings.map((filing) => filing.countyId))]}::int[])
       and f.id = any(${filings.map((filing) => filing.id)}::uuid[])`.execute(db);
  return new Map(found.rows.map(({ id, reason }) => [id, reason]));
}

/** Gives a school that is open again its filing of each open period back: the draft was hidden, not taken away. */
export async function restoreSchool(db: FilingHandle, schoolId: number): Promise<ListedSchool[]> {
  const restored = await sql<ListedSchool>`
    update period_schools ps
       set owes = true, reason = null
      from periods p, filings f
     where p.id = ps.period_id and p.state = 'open' and ps.school_id = ${schoolId} and not ps.owes
       and f.county_id = ps.county_id and f.period_id = ps.period_id and f.school_id = ps.school_id
       and exists (select 1 from schools s where s.id = ps.school_id and s.status = 'open')
    returning ${listedSchool}, f.id as "filingId"`.execute(db);
  return restored.rows;
}

/** What the register says of a school and a correction may change. */
export interface SchoolFactsFrozen {
  readonly name: string;
  readonly initials: string;
  readonly sponsorCode: number;
  readonly ownership: string;
  readonly urbanClass: string;
  readonly foundedYear: number | null;
}

export interface CorrectedSchool {
  readonly countyId: number;
  readonly periodId: number;
  readonly before: SchoolFactsFrozen;
  readonly after: SchoolFactsFrozen;
}

/**
 * Freezes a school anew on the lists of the open periods, as the register's history now describes it on the day on which
 * each opened: a correction arrives, a change that came later does not. Tells the lists on which something was put right.
 */
export async function correctSchool(db: FilingHandle, schoolId: number): Promise<CorrectedSchool[]> {
  const facts = (of: 'was' | 'now') => sql`jsonb_build_object(
    'name', ${sql.ref(`${of}.name`)}, 'initials', ${sql.ref(`${of}.initials`)},
    'sponsorCode', ${sql.ref(`${of}.sponsor_code`)}, 'ownership', ${sql.ref(`${of}.ownership`)},
    'urbanClass', ${sql.ref(`${of}.urban_class`)}, 'foundedYear', ${sql.ref(`${of}.founded_year`)})`;
  const corrected = await sql<CorrectedSchool>`
    with was as materialized (
      select ps.*, p.opens_on
        from period_schools ps
        join periods p on p.id = ps.period_id and p.state = 'open'
       where ps.school_id = ${schoolId}
       order by ps.period_id
         for update of ps
    ), now as (
      select was.county_id, was.period_id, v.name, v.sponsor_code, v.ownership, v.urban_class, s.founded_year,
             -- Initials have no history: those of the register belong to the name that stands there now.
             case when v.name = s.name then s.initials else was.initials end as initials
        from was
        join schools s on s.id = was.school_id
        join lateral (
          select name, sponsor_code, ownership, urban_class from school_versions
           where school_id = was.school_id and valid_from <= was.opens_on
           order by valid_from desc limit 1
        ) v on true
    )
    update period_schools ps
       set name = now.name, initials = now.initials, sponsor_code = now.sponsor_code, ownership = now.ownership,
           urban_class = now.urban_class, founded_year = now.founded_year
      from was
      join now on now.county_id = was.county_id and now.period_id = was.period_id
     where ps.county_id = was.county_id and ps.period_id = was.period_id and ps.school_id = was.school_id
       and ${facts('was')} <> ${facts('now')}
    returning ps.county_id as "countyId", ps.period_id as "periodId", ${facts('was')} as before, ${facts('now')} as after`.execute(
    db,
  );
  return corrected.rows;
}
