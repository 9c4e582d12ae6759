import { sql } from 'kysely';
import type { CalendarDay, WorkingCalendar } from '#domain/calendar/working-days.ts';
import type { Handle } from '#platform/db/handle.ts';

type CalendarHandle = Handle<'calendar_years' | 'calendar_days'>;

/** Every announced year with its days: a few dozen rows a year. */
export async function findWorkingCalendar(db: CalendarHandle): Promise<WorkingCalendar> {
  const [years, days] = await Promise.all([
    db.selectFrom('calendar_years').where('state', '=', 'announced').select('year').execute(),
    db.selectFrom('calendar_days').select(['day', 'kind']).execute(),
  ]);
  return {
    announced: new Set(years.map(({ year }) => year)),
    days: new Map(days.map(({ day, kind }) => [day, kind as CalendarDay['kind']])),
  };
}

/** The document that announces each year here. */
export async function listAnnouncements(db: CalendarHandle): Promise<Map<number, string | null>> {
  const rows = await db.selectFrom('calendar_years').select(['year', 'state', 'document']).execute();
  return new Map(rows.map(({ year, state, document }) => [year, state === 'announced' ? document : null]));
}

/** Writes an announced year in place of the expected one. */
export async function writeAnnouncedYear(
  db: CalendarHandle,
  of: {
    readonly year: number;
    readonly document: string;
    readonly days: readonly CalendarDay[];
    readonly known: boolean;
  },
): Promise<void> {
  const values = { state: 'announced', document: of.document };
  if (of.known) await db.updateTable('calendar_years').set(values).where('year', '=', of.year).execute();
  else
    await db
      .insertInto('calendar_years')
      .values({ year: of.year, ...values })
      .execute();
  const { rows } = await sql<{ day: string }>`
    select day::text from calendar_days where extract(year from day) = ${of.year}
        or day = any(${of.days.map(({ day }) => day)}::date[])`.execute(db);
  await db
    .deleteFrom('calendar_days')
    .where('day', 'in', rows.length > 0 ? rows.map(({ day }) => day) : ['1900-01-01'])
    .execute();
  await db
    .insertInto('calendar_days')
    .values([...of.days])
    .execute();
}

/** The city unit; undefined before the city is chosen. Acts on the calendar of everybody are recorded there. */
export async function findCity(db: Handle<'org_units'>): Promise<number | undefined> {
  const city = await db
    .selectFrom('org_units')
    .where('kind', '=', 'city')
    .select('id')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return city?.id;
}
