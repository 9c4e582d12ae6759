import { sql } from 'kysely';
import type { CellValue } from '#domain/filing/catalogue.ts';
import type { FilingHandle } from './filing.store.ts';

export interface PeriodRow {
  readonly id: number;
  readonly schoolYear: number;
  readonly name: string;
  readonly edition: string;
  readonly opensOn: string;
  readonly deadline: string;
  readonly graceDays: number;
  readonly cityDeadline: string;
  readonly state: 'planned' | 'open' | 'closed';
  readonly referenceDate: string | null;
}

const periodColumns = sql`
  p.id, p.school_year as "schoolYear", p.name, p.catalogue_edition as edition, p.opens_on as "opensOn", p.deadline,
  p.grace_days as "graceDays", p.city_deadline as "cityDeadline", p.state,
  (select value #>> '{}' from settings where key = 'reference-date') as "referenceDate"`;

/** The edition of a period, or undefined when that year has none; the newest opened one without a year. */
export async function readPeriod(db: FilingHandle, year: number | undefined): Promise<PeriodRow | undefined> {
  const found = await sql<PeriodRow>`
    select ${periodColumns} from periods p
     where ${year === undefined ? sql`p.state <> 'planned'` : sql`p.school_year = ${year}`}
     order by p.school_year desc limit 1`.execute(db);
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

/** Writes an opened period; a planned one of the same school year becomes it. Undefined when the year is open already. */
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
    readonly now: Date;
  },
): Promise<number | undefined> {
  const found = await sql<{ id: number }>`
    insert into periods (school_year, name, catalogue_edition, opens_on, deadline, grace_days, city_deadline, state, opened_at)
    values (${given.schoolYear}, ${given.name}, ${given.edition}, ${given.opensOn}, ${given.deadline},
            ${given.graceDays}, ${given.cityDeadline}, 'open', ${given.now})
    on conflict (school_year) do update
       set catalogue_edition = excluded.catalogue_edition, opens_on = excluded.opens_on, deadline = excluded.deadline,
           grace_days = excluded.grace_days, city_deadline = excluded.city_deadline, state = 'open',
           opened_at = excluded.opened_at
     where periods.state = 'planned'
    returning id`.execute(db);
  return found.rows[0]?.id;
}

export interface SchoolToFreeze {
  readonly countyId: number;
  readonly schoolId: number;
  readonly code: string;
  readonly name: string;
  readonly schoolType: string;
  readonly urbanClass: string;
  readonly managingUnitId: number;
  readonly status: 'open' | 'merged' | 'closed';
  readonly owedBefore: boolean;
}

/** Every school that is open, or was on last year's list: whether it owes a filing is decided from this. */
export async function readSchoolsToFreeze(db: FilingHandle, schoolYear: number): Promise<SchoolToFreeze[]> {
  const found = await sql<SchoolToFreeze>`
    select s.county_id as "countyId", s.id as "schoolId", s.code, s.name, s.school_type as "schoolType",
           s.urban_class as "urbanClass", s.managing_unit_id as "managingUnitId", s.status,
           before.school_id is not null as "owedBefore"
      from schools s
      left join (
        select distinct ps.school_id from period_schools ps join periods p on p.id = ps.period_id
         where p.school_year = ${schoolYear - 1} and ps.owes
      ) before on before.school_id = s.id
     where s.status = 'open' or before.school_id is not null`.execute(db);
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

/** Freezes the list: schools are copied as they stand in the register now. */
export async function freezeSchools(
  db: FilingHandle,
  periodId: number,
  schools: readonly { readonly countyId: number; readonly schoolId: number; readonly reason: string | null }[],
): Promise<void> {
  await sql`
    insert into period_schools (county_id, period_id, school_id, code, name, initials, school_type, sponsor_code,
                                ownership, urban_class, founded_year, managing_unit_id, owes, reason)
    select s.county_id, ${periodId}, s.id, s.code, s.name, s.initials, s.school_type, s.sponsor_code, s.ownership,
           s.urban_class, s.founded_year, s.managing_unit_id, w.reason is null, w.reason
      from jsonb_to_recordset(${JSON.stringify(schools.map(({ countyId, schoolId, reason }) => ({ countyId, schoolId, reason })))}::jsonb)
        as w("countyId" int, "schoolId" int, reason text)
      join schools s on s.county_id = w."countyId" and s.id = w."schoolId"`.execute(db);
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
