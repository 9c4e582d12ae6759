import { type SqlBool, sql } from 'kysely';
import { type DatedPeriod, type PeriodKey, type PeriodKind, periodDays, periodName } from '#domain/calendar/period.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';
import { lockName } from '#platform/db/named-lock.ts';

/** A period for which a register is kept and data are collected. */
export interface Period {
  readonly id: number;
  readonly kind: PeriodKind;
  /** The calendar year in which it begins. */
  readonly year: number;
  /** 1 or 2 for a term (春季学期, 秋季学期), null for a year. */
  readonly term: number | null;
  readonly name: string;
  readonly startsOn: Day;
  readonly endsOn: Day;
  /** The day of its register; null while no register is frozen. */
  readonly frozenOn: Day | null;
  /** The day on which the school year was archived; null while its rows take writes. */
  readonly archivedOn: Day | null;
}

export type PeriodHandle = Handle<'periods'>;

function selectPeriods(db: PeriodHandle) {
  return db
    .selectFrom('periods')
    .select(['id', 'kind', 'year', 'term', 'name'])
    .select(['starts_on as startsOn', 'ends_on as endsOn', 'frozen_on as frozenOn', 'archived_on as archivedOn'])
    .$castTo<Period>();
}

/** The condition by which a statement finds one period, a year or a term. */
const isPeriod = (key: PeriodKey) => sql<SqlBool>`
  kind = ${key.kind} and year = ${key.year} and term is not distinct from ${key.kind === 'term' ? key.term : null}::smallint`;

/** The period of that key, if it was written. */
export function findPeriod(db: PeriodHandle, key: PeriodKey): Promise<Period | undefined> {
  return selectPeriods(db).where(isPeriod(key)).executeTakeFirst();
}

/** The period of a kind that is meant on the day `today` where nobody names one. */
export function findDefaultPeriod(db: PeriodHandle, kind: PeriodKind, today: Day): Promise<Period | undefined> {
  return selectPeriods(db)
    .where(sql<SqlBool>`id = (select default_period(${kind}, ${today}::date))`)
    .executeTakeFirst();
}

/**
 * The period, locked against another transaction that freezes its register. It is written if it does not exist yet; if
 * it exists, a term keeps the days with which it was written.
 */
export async function lockPeriod(db: PeriodHandle, wanted: DatedPeriod): Promise<Period> {
  const lock = () => selectPeriods(db).where(isPeriod(wanted)).forUpdate().executeTakeFirst();
  const found = await lock();
  if (found) return found;
  // Two transactions that write the same period at once queue up here; the second finds the row of the first.
  await lockName(db, 'periods');
  const meanwhile = await lock();
  if (meanwhile) return meanwhile;
  const { startsOn, endsOn } = periodDays(wanted);
  const written = await db
    .insertInto('periods')
    .values({
      kind: wanted.kind,
      year: wanted.year,
      term: wanted.kind === 'term' ? wanted.term : null,
      name: periodName(wanted),
      starts_on: startsOn,
      ends_on: endsOn,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return selectPeriods(db).where('id', '=', written.id).executeTakeFirstOrThrow();
}

/** Stores the day on which the register of a period was frozen; null where its register was given up. */
export async function writeFrozenOn(db: PeriodHandle, periodId: number, day: Day | null): Promise<void> {
  await db.updateTable('periods').set({ frozen_on: day }).where('id', '=', periodId).execute();
}

/**
 * Tries until nobody is writing a row of a school year, and keeps the rows of all years as they are until the transaction
 * ends: what is counted afterwards is what the archived year holds.
 */
export async function lockYears(db: PeriodHandle): Promise<void> {
  await sql`select lock_years()`.execute(db);
}

/**
 * Archives a school year, or opens it again with null: the rule of the database refuses every write of an archived year.
 * No other statement reaches the mark of the archive.
 */
export async function writeArchived(
  db: PeriodHandle,
  periodId: number,
  archived: { readonly on: Day; readonly byName: string } | null,
): Promise<void> {
  const marking =
    archived === null
      ? sql`select unarchive_year(${periodId}::int)`
      : sql`select archive_year(${periodId}::int, ${archived.on}::date, ${archived.byName})`;
  await marking.execute(db);
}

/** Whether the period with this id is archived. */
export async function isArchived(db: PeriodHandle, periodId: number): Promise<boolean> {
  const found = await selectPeriods(db).where('id', '=', periodId).executeTakeFirst();
  return found !== undefined && found.archivedOn !== null;
}

/** Whether a period is nobody's default while there is another one: nothing came of what was asked for it. */
export async function writePassedOver(db: PeriodHandle, periodId: number, passedOver: boolean): Promise<void> {
  await db.updateTable('periods').set({ passed_over: passedOver }).where('id', '=', periodId).execute();
}
