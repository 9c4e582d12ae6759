import { type SqlBool, sql } from 'kysely';
import type { Day, SchoolYear } from '#domain/kit/school-year.ts';
import { firstDayOf, schoolYearName } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';

export type PeriodKind = 'school-year' | 'term' | 'calendar-year';

/** A period for which a register is kept and data are collected. */
export interface Period {
  readonly id: number;
  readonly kind: PeriodKind;
  /** The calendar year in which it begins. */
  readonly year: number;
  readonly term: number | null;
  readonly name: string;
  readonly startsOn: Day;
  readonly endsOn: Day;
  /** The day of its register; null while no register is frozen. */
  readonly frozenOn: Day | null;
}

type PeriodHandle = Handle<'periods'>;

function selectPeriods(db: PeriodHandle) {
  return db
    .selectFrom('periods')
    .select(['id', 'kind', 'year', 'term', 'name'])
    .select(['starts_on as startsOn', 'ends_on as endsOn', 'frozen_on as frozenOn'])
    .$castTo<Period>();
}

/** The school year that begins in that year. Without a year, the default school year on the day `today`. */
export async function findSchoolYear(
  db: PeriodHandle,
  of: { readonly year?: SchoolYear | undefined; readonly today: Day },
): Promise<Period | undefined> {
  const periods = selectPeriods(db).where('kind', '=', 'school-year');
  if (of.year !== undefined) return periods.where('year', '=', of.year).executeTakeFirst();
  return periods.where(sql<SqlBool>`id = (select default_period('school-year', ${of.today}::date))`).executeTakeFirst();
}

/**
 * The school year, locked against another transaction that freezes its register. It is written if it does not exist
 * yet.
 */
export async function lockSchoolYear(db: PeriodHandle, year: SchoolYear): Promise<Period> {
  const lock = () =>
    selectPeriods(db).where('kind', '=', 'school-year').where('year', '=', year).forUpdate().executeTakeFirst();
  const found = await lock();
  if (found) return found;
  // Two transactions that write the same year at once queue up here; the second finds the row of the first.
  await sql`select pg_advisory_xact_lock(hashtextextended('periods', 0))`.execute(db);
  const meanwhile = await lock();
  if (meanwhile) return meanwhile;
  const written = await db
    .insertInto('periods')
    .values({
      kind: 'school-year',
      year,
      name: schoolYearName(year),
      starts_on: firstDayOf(year),
      ends_on: `${year + 1}-08-31`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return selectPeriods(db).where('id', '=', written.id).executeTakeFirstOrThrow();
}

/** Stores the day on which the register of a period was frozen. It can be stored once. */
export async function writeFrozenOn(db: PeriodHandle, periodId: number, day: Day): Promise<void> {
  await db.updateTable('periods').set({ frozen_on: day }).where('id', '=', periodId).execute();
}
