import { describe, expect, it } from 'vitest';
import { dayTicks, monthTicks, placeOf, spanOf } from './day-axis.ts';

describe('the axis of a timetable', () => {
  const days = [
    { from: '2026-12-05', to: '2026-12-14' },
    { from: '2026-12-15', to: '2027-02-02' },
  ];

  it('reaches from the first day to the last, and takes in a day nearby as today', () => {
    expect(spanOf(days, '2026-12-20')).toEqual({ from: '2026-12-05', to: '2027-02-02' });
    expect(spanOf(days, '2026-11-25')).toEqual({ from: '2026-11-25', to: '2027-02-02' });
    expect(spanOf(days, '2027-02-20')).toEqual({ from: '2026-12-05', to: '2027-02-20' });
    expect(spanOf(days, '2025-01-01')).toEqual({ from: '2026-12-05', to: '2027-02-02' });
    expect(spanOf([], '2025-01-01')).toBeNull();
  });

  it('places a day by the days before it, so that a step ends where the next one begins', () => {
    const span = { from: '2026-12-01', to: '2026-12-10' };
    expect([placeOf(span, '2026-12-01'), placeOf(span, '2026-12-06'), placeOf(span, '2026-12-11')]).toEqual([
      0, 0.5, 1,
    ]);
  });

  it('names months, and the year at the first name and at the first of every year', () => {
    const ticks = monthTicks({ from: '2026-12-05', to: '2027-02-22' }, 800);
    expect(ticks.map(({ label }) => label)).toEqual(['2026 年 12 月', '2027 年 1 月', '2 月']);
    expect(ticks.map(({ day }) => day)).toEqual(['2026-12-05', '2027-01-01', '2027-02-01']);
  });

  it('gives no name to a month that has no room, and the year to the next one', () => {
    const short = monthTicks({ from: '2026-11-30', to: '2027-02-22' }, 800);
    expect(short.map(({ label }) => label)).toEqual(['', '2026 年 12 月', '2027 年 1 月', '2 月']);
    const narrow = monthTicks({ from: '2026-01-01', to: '2026-12-31' }, 240);
    expect(narrow.map(({ label }) => label).filter(Boolean)).toEqual(['2026 年 1 月', '6 月', '8 月', '10 月']);
  });

  it('draws as many days as have room: each, every fifth, every tenth, none', () => {
    const month = { from: '2026-12-01', to: '2026-12-31' };
    const labels = (width: number) => dayTicks(month, width).map(({ label }) => label);
    expect(labels(900)).toHaveLength(31);
    expect(labels(200)).toEqual(['6', '11', '16', '21', '26']);
    expect(labels(80)).toEqual(['11', '21']);
    expect(labels(40)).toEqual([]);
  });
});
