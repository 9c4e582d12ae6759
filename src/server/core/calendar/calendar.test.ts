import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nowhere } from '#domain/access/actor.ts';
import type { DatedPeriod, PeriodKind } from '#domain/calendar/period.ts';
import { addWorkingDays, isWorkingDay } from '#domain/calendar/working-days.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { prepareCalendar } from './announced-years.act.ts';
import { findDefaultPeriod, findPeriod, lockPeriod, type Period, writeFrozenOn } from './period.store.ts';
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
    const announced = { year: 2031, document: '国办发明电〔2030〕1号', title: '节假日安排', issued: '2030-11-01' };
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

describe('periods', () => {
  const writing = <Result>(work: (db: WholeHandle) => Promise<Result>) =>
    withLease(app.services.pool, (held) => held.writing(nowhere, work));
  const spring: DatedPeriod = { kind: 'term', year: 2041, term: 1, startsOn: '2041-02-18', endsOn: '2041-07-05' };
  const autumn: DatedPeriod = { kind: 'term', year: 2041, term: 2, startsOn: '2041-09-01', endsOn: '2042-01-17' };

  it.each<[DatedPeriod, Partial<Period>]>([
    [
      { kind: 'school-year', year: 2041 },
      { term: null, name: '2041 学年', startsOn: '2041-09-01', endsOn: '2042-08-31' },
    ],
    [spring, { term: 1, name: '2041 年春季学期', startsOn: '2041-02-18', endsOn: '2041-07-05' }],
    [autumn, { term: 2, name: '2041 年秋季学期', startsOn: '2041-09-01', endsOn: '2042-01-17' }],
    [
      { kind: 'calendar-year', year: 2041 },
      { term: null, name: '2041 年', startsOn: '2041-01-01', endsOn: '2041-12-31' },
    ],
  ])('are written once, even when two people ask at the same moment: %o', async (wanted, written) => {
    const find = () => writing((db) => findPeriod(db, wanted));
    expect(await find()).toBeUndefined();
    const lock = () => writing((db) => lockPeriod(db, wanted));
    const [first, second] = await Promise.all([lock(), lock()]);
    expect(first).toEqual(second);
    expect(first).toMatchObject({ kind: wanted.kind, year: 2041, frozenOn: null, ...written });
    expect(await find()).toEqual(first);
  });

  it('of one year and different kinds are different periods, each with its own register', async () => {
    const { rows } = await app.owner.query<{ kind: string }>('select kind from periods where year = 2041 order by 1');
    expect(rows.map(({ kind }) => kind)).toEqual(['calendar-year', 'school-year', 'term', 'term']);
    const frozen = await writing(async (db) => {
      await writeFrozenOn(db, (await lockPeriod(db, autumn)).id, '2041-09-10');
      return Promise.all([spring, autumn].map(async (one) => (await findPeriod(db, one))?.frozenOn));
    });
    expect(frozen).toEqual([null, '2041-09-10']);
  });

  it('keep the days with which they were written', async () => {
    const again = await writing((db) => lockPeriod(db, { ...spring, startsOn: '2041-03-01' } as DatedPeriod));
    expect(again.startsOn).toBe('2041-02-18');
  });

  it('wait for whoever holds the same period, and not for another kind of the same year', async () => {
    let free = () => {};
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    let locked = () => {};
    const ready = new Promise<void>((resolve) => {
      locked = resolve;
    });
    const holder = writing(async (db) => {
      await lockPeriod(db, spring);
      locked();
      await held;
    });
    await ready;
    const waiter = writing((db) => lockPeriod(db, spring));
    await writing((db) => lockPeriod(db, { kind: 'calendar-year', year: 2041 }));
    const waiting = async () => {
      const { rows } = await app.owner.query(`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%periods%'`);
      return rows.length;
    };
    await expect.poll(waiting).toBe(1).finally(free);
    await Promise.all([holder, waiter]);
  });

  it('without a name, the newest that has begun is meant, by the day of its register where it has one', async () => {
    await app.owner.query('delete from periods');
    await app.owner.query(`insert into periods (kind, year, term, name, starts_on, ends_on, frozen_on) values
      ('school-year', 2035, null, 'x', '2035-09-01', '2036-08-31', '2035-10-01'),
      ('school-year', 2036, null, 'x', '2036-09-01', '2037-08-31', '2036-10-01'),
      ('term', 2036, 1, 'x', '2036-02-18', '2036-07-05', null),
      ('term', 2036, 2, 'x', '2036-09-01', '2037-01-17', null),
      ('calendar-year', 2036, null, 'x', '2036-01-01', '2036-12-31', null),
      ('calendar-year', 2037, null, 'x', '2037-01-01', '2037-12-31', null)`);
    const meant = (kind: PeriodKind, today: string) =>
      writing(async (db) => {
        const period = await findDefaultPeriod(db, kind, today);
        return [period?.kind, period?.year, period?.term];
      });
    expect(await meant('school-year', '2036-09-30')).toEqual(['school-year', 2035, null]);
    expect(await meant('school-year', '2036-10-01')).toEqual(['school-year', 2036, null]);
    expect(await meant('school-year', '2030-01-01')).toEqual(['school-year', 2036, null]);
    expect(await meant('term', '2036-08-31')).toEqual(['term', 2036, 1]);
    expect(await meant('term', '2036-09-01')).toEqual(['term', 2036, 2]);
    expect(await meant('calendar-year', '2036-12-31')).toEqual(['calendar-year', 2036, null]);
    expect(await meant('calendar-year', '2037-01-01')).toEqual(['calendar-year', 2037, null]);
  });
});
