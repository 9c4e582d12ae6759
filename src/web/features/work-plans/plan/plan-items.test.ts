import { expect, it } from 'vitest';
import { standingsText, whoOptions } from './plan-items.ts';

it('counts items by standing, and those that were withdrawn not at all', () => {
  const items = ['done', 'overdue', 'done', 'withdrawn'] as const;
  expect(standingsText(items.map((standing) => ({ standing })))).toBe('3 项任务：已逾期 1，已完成 2');
  expect(standingsText([])).toBe('0 项任务');
});

it('offers each unit of the register once', () => {
  const unit = (unitId: number | null, written: string) => ({ part: 'named' as const, unitId, written });
  expect(whoOptions([{ units: [unit(3, '鲤城区'), unit(null, '人事科')] }, { units: [unit(3, '鲤城区')] }])).toEqual([
    { value: 3, label: '鲤城区' },
  ]);
});
