import { sql } from 'kysely';
import type { CellValue } from '#domain/filing/catalogue.ts';
import type { FilingHandle } from '../filing.store.ts';

export interface PeriodRow {
  readonly id: number;
  readonly schoolYear: number;
  readonly name: string;
  readonly edition: string;
  readonly opensOn: string;
  readonly deadline: string;
  readonly graceDays: number;
  readonly cityDeadline: string;
  readonly state: 'open' | 'closed';
  readonly referenceDate: string | null;
}

const periodColumns = sql`
  p.id, p.school_year as "schoolYear", p.name, p.catalogue_edition as edition, p.opens_on as "opensOn", p.deadline,
  p.grace_days as "graceDays", p.city_deadline as "cityDeadline", p.state,
  (select value #>> '{}' from settings where key = 'reference-date') as "referenceDate"`;

/** The period of a school year, or undefined when that year has none; without a year the one that is meant on that day. */
export async function readPeriod(
  db: FilingHandle,
  year: number | undefined,
  today: string,
): Promise<PeriodRow | undefined> {
  const found = await sql<PeriodRow>`
    select ${periodColumns} from periods p
     where ${year === undefined ? sql`p.id = default_period(${today}::date)` : sql`p.school_year = ${year}`}`.execute(
    db,
  );
  return found.rows[0];
}

export async function readPeriods(db: FilingHandle): Promise<PeriodRow[]> {
  const found = await sql<PeriodRow>`select ${periodColumns} from periods p order by p.school_year desc`.execute(db);
  return found.rows;
}

/** The period with this id, locked when it is going to change. */
export async function lockPeriod(db: FilingHandle, id: number): Promise<PeriodRow | undefined> {
  const found = await sql<PeriodRow>`select ${periodColumns} from periods p where p.id = ${id} for update of p`.execute(
    db,
  );
  return found.rows[0];
}

export async function updatePeriod(
  db: FilingHandle,
  id: number,
  set: { deadline?: string; grace_days?: number; city_deadline?: string; state?: string },
): Promise<void> {
  await db.updateTable('periods').set(set).where('id', '=', id).execute();
}

/** Writes an opened period. Undefined when the school year has one already. */
export async function insertPeriod(
  db: FilingHandle,
  given: {
    readonly schoolYear: number;
    readonly name: string;
    readonly edition: string;
    readonly opensOn: string;
    readonly deadline: string;
    readonly graceDays: number;
    readonly cityDeadline: string;
  },
): Promise<number | undefined> {
  const found = await sql<{ id: number }>`
    insert into periods (school_year, name, catalogue_edition, opens_on, deadline, grace_days, city_deadline)
    values (${given.schoolYear}, ${given.name}, ${given.edition}, ${given.opensOn}, ${given.deadline},
            ${given.graceDays}, ${given.cityDeadline})
    on conflict (school_year) do nothing
    returning id`.execute(db);
  return found.rows[0]?.id;
}

/** A school as the register's history describes it on the day on which the period opens. */
export interface SchoolToFreeze {
  readonly countyId: number;
  readonly schoolId: number;
  readonly code: string;
  readonly name: string;
  /** Null where the name has changed since: initials have no history. */
  readonly initials: string | null;
  readonly schoolType: string;
  readonly sponsorCode: number;
  readonly ownership: string;
  readonly urbanClass: string;
  readonly foundedYear: number | null;
  readonly managingUnitId: number;
  readonly status: 'open' | 'merged' | 'closed';
}

/**
 * Every school that there is on that day, or that was on last year's list: whether it owes a filing is decided from this.
 * One that is no more by now owes nothing, although it was there on the day.
 */
export async function readSchoolsToFreeze(
  db: FilingHandle,
  schoolYear: number,
  opensOn: string,
): Promise<SchoolToFreeze[]> {
  const found = await sql<SchoolToFreeze>`
    select v.county_id as "countyId", s.id as "schoolId", v.code, v.name,
           case when v.name = s.name then s.initials end as initials, v.school_type as "schoolType",
           v.sponsor_code as "sponsorCode", v.ownership, v.urban_class as "urbanClass", s.founded_year as "foundedYear",
           v.managing_unit_id as "managingUnitId",
           case when s.status <> 'open' or v.stands then s.status else 'closed' end as status
      from schools s
      join lateral (
        select *, coalesce(valid_to > ${opensOn}::date, true) as stands
          from school_versions where school_id = s.id and valid_from <= ${opensOn}::date
         order by valid_from desc limit 1
      ) v on true
     where v.stands
        or exists (select 1 from period_schools ps join periods p on p.id = ps.period_id
                    where ps.school_id = s.id and p.school_year = ${schoolYear - 1} and ps.owes)`.execute(db);
  return found.rows;
}

/** What was approved of each school a year before, wherever it lay then: a school that moved keeps its figures. */
export async function readLastYear(
  db: FilingHandle,
  schoolYear: number,
): Promise<Map<number, { schoolType: string; urbanClass: string; values: Record<string, CellValue> }>> {
  const found = await sql<{
    schoolId: number;
    schoolType: string;
    urbanClass: string;
    values: Record<string, CellValue>;
  }>`
    select f.school_id as "schoolId", ps.school_type as "schoolType", ps.urban_class as "urbanClass", f.approved as values
      from filings f
      join periods p on p.id = f.period_id and p.school_year = ${schoolYear - 1}
      join period_schools ps
        on ps.county_id = f.county_id and ps.period_id = f.period_id and ps.school_id = f.school_id
     where f.approved is not null`.execute(db);
  return new Map(found.rows.map(({ schoolId, ...row }) => [schoolId, row]));
}

/** Freezes the list. */
export async function freezeSchools(
  db: FilingHandle,
  periodId: number,
  schools: readonly (SchoolToFreeze & { readonly initials: string; readonly reason: string | null })[],
): Promise<void> {
  await sql`
    insert into period_schools (county_id, period_id, school_id, code, name, initials, school_type, sponsor_code,
                                ownership, urban_class, founded_year, managing_unit_id, owes, reason)
    select w."countyId", ${periodId}, w."schoolId", w.code, w.name, w.initials, w."schoolType", w."sponsorCode",
           w.ownership, w."urbanClass", w."foundedYear", w."managingUnitId", w.reason is null, w.reason
      from jsonb_to_recordset(${JSON.stringify(schools)}::jsonb)
        as w("countyId" int, "schoolId" int, code text, name text, initials text, "schoolType" text,
             "sponsorCode" smallint, ownership text, "urbanClass" text, "foundedYear" smallint, "managingUnitId" int,
             reason text)`.execute(db);
}

export interface NewFiling {
  readonly countyId: number;
  readonly id: string;
  readonly schoolId: number;
  readonly managingUnitId: number;
  readonly reference: Readonly<Record<string, CellValue>>;
  readonly peers: Readonly<Record<string, { median: number; schools: number }>>;
  readonly required: number;
}

/** One empty filing for each school that owes one. A required field that is empty is a hard finding from the start. */
export async function insertFilings(
  db: FilingHandle,
  periodId: number,
  filings: readonly NewFiling[],
  now: Date,
): Promise<void> {
  await sql`
    insert into filings (county_id, id, period_id, school_id, managing_unit_id, reference, peers, required,
                         hard_findings, created_at, updated_at)
    select w."countyId", w.id, ${periodId}, w."schoolId", w."managingUnitId", w.reference, w.peers, w.required,
           w.required, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(filings)}::jsonb)
        as w("countyId" int, id uuid, "schoolId" int, "managingUnitId" int, reference jsonb, peers jsonb, required int)`.execute(
    db,
  );
}
