import { describe, expect, it } from 'vitest';
import { deadlineGroups } from './deadline-groups.ts';

const line = (name: string, date: string, daysLeft: number, outstanding: number) => ({
  unitId: null,
  name,
  kind: 'filings.filing',
  date,
  daysLeft,
  outstanding,
  basis: null,
  schoolYear: 2025,
});

describe('deadlines of a day', () => {
  it('stand together, most missing first, the soonest day first', () => {
    const groups = deadlineGroups([
      line('丰泽', '2026-11-23', 4, 6),
      line('晋江', '2026-11-17', -2, 9),
      line('南安', '2026-11-23', 4, 68),
    ]);
    expect(groups.map((group) => [group.date, group.outstanding, group.lines.map(({ name }) => name)])).toEqual([
      ['2026-11-17', 9, ['晋江']],
      ['2026-11-23', 74, ['南安', '丰泽']],
    ]);
  });
});
