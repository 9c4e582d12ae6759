import { describe, expect, it } from 'vitest';
import year2023 from '../../../reference/calendar/2023.json' with { type: 'json' };
import year2024 from '../../../reference/calendar/2024.json' with { type: 'json' };
import year2025 from '../../../reference/calendar/2025.json' with { type: 'json' };
import year2026 from '../../../reference/calendar/2026.json' with { type: 'json' };
import { daysOf } from './announced-year.ts';
import { addWorkingDays, isAnnounced, isWorkingDay, type WorkingCalendar, workingDaysBetween } from './working-days.ts';

const years = [year2023, year2024, year2025, year2026];
const calendar: WorkingCalendar = {
  announced: new Set(years.map(({ year }) => year)),
  days: new Map(years.flatMap(daysOf).map(({ day, kind }) => [day, kind])),
};

describe('announced years', () => {
  it('have as many days off as their notices count, and work only on days of a weekend', () => {
    for (const year of years) {
      const days = daysOf(year);
      const counted = year.holidays.reduce((sum, holiday) => sum + holiday.days, 0);
      expect(days.filter(({ kind }) => kind === 'holiday')).toHaveLength(counted);
      for (const { day, kind } of days) {
        if (kind === 'workday') expect([0, 6], day).toContain(new Date(`${day}T00:00:00Z`).getUTCDay());
      }
    }
  });

  // The holidays on working days minus the worked weekend days give the number of working days that a year loses.
  it.each([
    [2023, 249],
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('%i has %i working days', (year, days) => {
    expect(workingDaysBetween(calendar, `${year - 1}-12-31`, `${year}-12-31`).days).toBe(days);
  });

  it('refuse a notice that contradicts itself', () => {
    const [first, ...rest] = year2026.holidays;
    expect(() => daysOf({ ...year2026, holidays: [{ ...first!, days: 4 }, ...rest] })).toThrow('元旦 has 3 days');
    expect(() => daysOf({ ...year2026, holidays: [first!, first!] })).toThrow('names a day twice');
  });
});

describe('working days', () => {
  it.each([
    ['2026-01-01', false, 'a holiday on a Thursday'],
    ['2026-01-04', true, 'a Sunday that is worked'],
    ['2026-02-14', true, 'a Saturday that is worked'],
    ['2026-02-28', true, 'a Saturday that is worked'],
    ['2026-03-01', false, 'a Sunday'],
    ['2026-03-02', true, 'a Monday'],
    ['2025-10-08', false, 'the last day of a holiday'],
    ['2025-10-09', true, 'the day behind it'],
  ])('%s: %s, %s', (day, working) => {
    expect(isWorkingDay(calendar, day)).toBe(working);
  });

  it('are counted out over a holiday with its worked weekend', () => {
    // 2026-02-13 is a Friday; Saturday is worked, nine days are off.
    expect(addWorkingDays(calendar, '2026-02-13', 1)).toEqual({ day: '2026-02-14', provisional: false });
    expect(addWorkingDays(calendar, '2026-02-13', 2)).toEqual({ day: '2026-02-24', provisional: false });
    expect(addWorkingDays(calendar, '2026-02-24', -2)).toEqual({ day: '2026-02-13', provisional: false });
    expect(addWorkingDays(calendar, '2026-02-15', 0)).toEqual({ day: '2026-02-24', provisional: false });
    expect(addWorkingDays(calendar, '2026-02-24', 0)).toEqual({ day: '2026-02-24', provisional: false });
    expect(workingDaysBetween(calendar, '2026-02-13', '2026-02-24')).toEqual({ days: 2, provisional: false });
    expect(workingDaysBetween(calendar, '2026-02-24', '2026-02-13')).toEqual({ days: -2, provisional: false });
  });

  it('of a year that is not announced are those of the week, and say that they are provisional', () => {
    expect(isAnnounced(calendar, '2027-01-04')).toBe(false);
    expect(isWorkingDay(calendar, '2027-01-01')).toBe(true);
    expect(addWorkingDays(calendar, '2026-12-30', 2)).toEqual({ day: '2027-01-01', provisional: true });
    expect(addWorkingDays(calendar, '2026-12-30', 1)).toEqual({ day: '2026-12-31', provisional: false });
    expect(workingDaysBetween(calendar, '2026-12-30', '2027-01-01').provisional).toBe(true);
  });
});
