import { sql } from 'kysely';
import type { Day } from '#domain/kit/school-year.ts';
import type { SchoolStatus } from '#domain/org/school-change.ts';
import type { Handle } from '#platform/db/handle.ts';

type RegisterHandle = Handle<'period_schools', 'schools' | 'school_versions' | 'school_places'>;

/** A school as the register's history describes it on a day. */
export interface SchoolOnDay {
  readonly countyId: number;
  readonly schoolId: number;
  /** 学校标识码; null where none had been assigned yet. */
  readonly code: string | null;
  readonly name: string;
  /** Null where the name has changed since: initials have no history. */
  readonly initials: string | null;
  readonly schoolType: string;
  readonly sponsorCode: number;
  readonly ownership: string;
  readonly urbanClass: string;
  readonly foundedYear: number | null;
  readonly managingUnitId: number;
  /** The school's status today: a school that has closed since is marked so, although it existed on the day. */
  readonly status: SchoolStatus;
}

/** The state of each school on a day: its last version that had begun by then, wherever the school lay. */
const versionsOn = (day: Day) => sql`
  select distinct on (school_id) *, coalesce(valid_to > ${day}::date, true) as stands
    from school_versions where valid_from <= ${day}::date
   order by school_id, valid_from desc`;

/**
 * Every school that exists on that day, and these schools besides, even if they no longer exist by then. A version
 * lies where the school lay then, the school where it lies now: `school_places` leads from the one to the other.
 */
export async function listSchoolsOn(
  db: RegisterHandle,
  day: Day,
  alsoIds: readonly number[] = [],
): Promise<SchoolOnDay[]> {
  const found = await sql<SchoolOnDay>`
    with version as materialized (${versionsOn(day)})
    select v.county_id as "countyId", s.id as "schoolId", v.code, v.name, case when v.name = s.name then s.initials end as initials, v.school_type as "schoolType",
           v.sponsor_code as "sponsorCode", v.ownership, v.urban_class as "urbanClass", s.founded_year as "foundedYear",
           v.managing_unit_id as "managingUnitId",
           case when s.status <> 'open' or v.stands then s.status else 'closed' end as status
      from version v
      join school_places p on p.school_id = v.school_id
      join schools s on s.county_id = p.county_id and s.id = p.school_id
     where s.kind = 'school' and (v.stands or s.id = any(${[...alsoIds]}::int[]))`.execute(db);
  return found.rows;
}

/** Freezes schools in the register of a period; with `addedOn` they come to a register that was frozen before that day. */
export async function writeRegister(
  db: RegisterHandle,
  periodId: number,
  schools: readonly (SchoolOnDay & { readonly initials: string })[],
  addedOn: Day | null = null,
): Promise<void> {
  await sql`
    insert into period_schools (county_id, period_id, school_id, code, name, initials, school_type, sponsor_code,
                                ownership, urban_class, founded_year, managing_unit_id, added_on)
    select w."countyId", ${periodId}::int, w."schoolId", w.code, w.name, w.initials, w."schoolType", w."sponsorCode",
           w.ownership, w."urbanClass", w."foundedYear", w."managingUnitId", ${addedOn}::date
      from jsonb_to_recordset(${JSON.stringify(schools)}::jsonb)
        as w("countyId" int, "schoolId" int, code text, name text, initials text, "schoolType" text,
             "sponsorCode" smallint, ownership text, "urbanClass" text, "foundedYear" smallint, "managingUnitId" int)
    returning school_id`.execute(db);
}

/** Gives up the register of a period, in these places. */
export async function deleteRegister(db: RegisterHandle, places: readonly number[], periodId: number): Promise<void> {
  await db.deleteFrom('period_schools').where('county_id', 'in', places).where('period_id', '=', periodId).execute();
}

/** The fields of the register that a correction may change. */
export interface SchoolFacts {
  readonly name: string;
  readonly initials: string;
  readonly sponsorCode: number;
  readonly ownership: string;
  readonly urbanClass: string;
  readonly foundedYear: number | null;
}

const factColumns = sql`
  name, initials, sponsor_code as "sponsorCode", ownership, urban_class as "urbanClass", founded_year as "foundedYear"`;

/**
 * Freezes one school again as the register's history now describes it on the day of the freezing. A correction is
 * included; a change that came later is not. Undefined where nothing was wrong.
 */
export async function writeFrozenSchool(
  db: RegisterHandle,
  at: { readonly countyId: number; readonly periodId: number; readonly schoolId: number; readonly day: Day },
): Promise<{ readonly before: SchoolFacts; readonly after: SchoolFacts } | undefined> {
  const locked = await sql<SchoolFacts>`
    select ${factColumns} from period_schools
     where county_id = ${at.countyId} and period_id = ${at.periodId} and school_id = ${at.schoolId}
       for update`.execute(db);
  const before = locked.rows[0];
  if (!before) return undefined;
  const versions = await sql<Omit<SchoolFacts, 'initials' | 'foundedYear'>>`
    select name, sponsor_code as "sponsorCode", ownership, urban_class as "urbanClass" from school_versions
     where school_id = ${at.schoolId} and valid_from <= ${at.day}::date
     order by valid_from desc limit 1`.execute(db);
  const schools = await sql<Pick<SchoolFacts, 'name' | 'initials' | 'foundedYear'>>`
    select name, initials, founded_year as "foundedYear" from schools where id = ${at.schoolId}`.execute(db);
  const [version, school] = [versions.rows[0], schools.rows[0]];
  if (!version || !school) return undefined;
  // Initials have no history: the register's initials belong to the present name.
  const initials = version.name === school.name ? school.initials : before.initials;
  const after: SchoolFacts = { ...version, initials, foundedYear: school.foundedYear };
  if (Object.entries(after).every(([fact, value]) => before[fact as keyof SchoolFacts] === value)) return undefined;
  await db
    .updateTable('period_schools')
    .set({
      name: after.name,
      initials: after.initials,
      sponsor_code: after.sponsorCode,
      ownership: after.ownership,
      urban_class: after.urbanClass,
      founded_year: after.foundedYear,
    })
    .where('county_id', '=', at.countyId)
    .where('period_id', '=', at.periodId)
    .where('school_id', '=', at.schoolId)
    .execute();
  return { before, after };
}
