import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nowhere } from '#domain/access/actor.ts';
import { addWorkingDays, isWorkingDay } from '#domain/calendar/working-days.ts';
import { withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { prepareCalendar } from './announced-years.act.ts';
import { findSchoolYear, lockSchoolYear } from './period.store.ts';
import { openToday } from './today.ts';
import { findWorkingCalendar } from './working-days.store.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [] });
});
afterAll(() => app.close());

const calendar = () => withLease(app.services.pool, (held) => held.reading(nowhere, (db) => findWorkingCalendar(db)));

describe('working days', () => {
  it('come with the product, and a second start changes nothing', async () => {
    await prepareCalendar(app.services.pool);
    const first = await calendar();
    expect(isWorkingDay(first, '2026-10-10')).toBe(true);
    expect(isWorkingDay(first, '2022-12-31')).toBe(false);
    expect(addWorkingDays(first, '2026-09-30', 1)).toEqual({ day: '2026-10-08', provisional: false });
    await app.owner.query(`delete from calendar_days where day = '2026-10-10'`);
    await prepareCalendar(app.services.pool);
    expect(isWorkingDay(await calendar(), '2026-10-10')).toBe(false);
    const { rows } = await app.owner.query(`select count(*)::int as count from audit_events
      where action = 'calendar.announced'`);
    expect(rows).toEqual([{ count: 4 }]);
  });

  it('of an expected year are replaced by the announcement', async () => {
    await app.owner.query(`insert into calendar_years (year, state) values (2031, 'expected')`);
    await app.owner.query(`insert into calendar_days (day, kind, name) values ('2031-01-02', 'holiday', '元旦')`);
    expect(addWorkingDays(await calendar(), '2030-12-31', 1)).toMatchObject({ provisional: true });
    const announced = { year: 2031, document: '国办发明电〔2030〕1号', title: '', issued: '2030-11-01' };
    const holidays = [{ name: '元旦', from: '2031-01-01', to: '2031-01-01', days: 1, worked: ['2031-01-04'] }];
    await prepareCalendar(app.services.pool, [{ ...announced, holidays }]);
    const known = await calendar();
    expect(['2031-01-01', '2031-01-02', '2031-01-04'].map((day) => isWorkingDay(known, day))).toEqual([
      false,
      true,
      true,
    ]);
    expect(addWorkingDays(known, '2031-01-01', 1)).toEqual({ day: '2031-01-02', provisional: false });
  });
});

describe('the day that counts', () => {
  it('is moved by the setting of a sample and advances with the clock', async () => {
    const clock = { now: new Date('2026-03-02T15:59:00Z') };
    const { pool } = app.services;
    const calendarDay = await openToday({ pool, now: () => clock.now });
    expect(calendarDay.today()).toBe('2026-03-02');
    await app.owner.query(`insert into settings (key, value) values ('day-offset', '-20')`);
    expect(calendarDay.today()).toBe('2026-03-02');
    await calendarDay.refresh();
    expect(calendarDay.today()).toBe('2026-02-10');
    clock.now = new Date('2026-03-02T16:00:00Z');
    expect(calendarDay.today()).toBe('2026-02-11');
    await app.owner.query(`delete from settings where key = 'day-offset'`);
  });
});

describe('school years', () => {
  it('are written once, even when two people ask at the same moment', async () => {
    const lock = () => withLease(app.services.pool, (held) => held.writing(nowhere, (db) => lockSchoolYear(db, 2040)));
    const [first, second] = await Promise.all([lock(), lock()]);
    expect(first).toEqual(second);
    expect(first).toMatchObject({
      name: '2040—2041学年',
      startsOn: '2040-09-01',
      endsOn: '2041-08-31',
      frozenOn: null,
    });
  });

  it('without a year, the newest year that has begun is used, with the day of its register', async () => {
    const add = (year: number, frozen: string | null) =>
      app.owner.query(
        `insert into periods (kind, year, name, starts_on, ends_on, frozen_on)
         values ('school-year', $1::int, 'x', make_date($1::int, 9, 1), make_date($1::int + 1, 8, 31), $2)`,
        [year, frozen],
      );
    await app.owner.query('delete from periods');
    await app.owner.query(`insert into periods (kind, year, term, name, starts_on, ends_on)
      values ('term', 2039, 1, 'x', '2039-02-15', '2039-07-10')`);
    await add(2035, '2035-10-01');
    await add(2036, '2036-10-01');
    const meant = (today: string) =>
      withLease(app.services.pool, (held) =>
        held.reading(nowhere, async (db) => (await findSchoolYear(db, { today }))?.year),
      );
    expect(await meant('2036-09-30')).toBe(2035);
    expect(await meant('2036-10-01')).toBe(2036);
    expect(await meant('2030-01-01')).toBe(2036);
  });
});
