import { expect, it } from 'vitest';
import { standingOf, sumOf } from './progress.ts';

const count = (done: number, total: number, lastDay: string | null = null) => ({ done, total, lastDay });
const today = '2026-06-01';
const item = { state: 'open' as const, toDay: null, counts: [] as (ReturnType<typeof count> | null)[], noted: false };

it('is counted over all ties, and says nothing where there is nothing to count', () => {
  expect(sumOf([count(2, 5, '2026-03-01'), count(1, 1, '2026-04-01'), null])).toEqual(count(3, 6, '2026-04-01'));
  expect(sumOf([null, count(0, 0)])).toBeNull();
});

it('a tied item is done when its work is, whatever was typed', () => {
  expect(standingOf({ ...item, counts: [count(2, 2)] }, today)).toBe('done');
  expect(standingOf({ ...item, state: 'settled', counts: [count(1, 2)] }, today)).toBe('under-way');
  expect(standingOf({ ...item, counts: [count(2, 2), null] }, today)).toBe('under-way');
  expect(standingOf({ ...item, counts: [null] }, today)).toBe('unknown');
});

it('an item without ties is done by its note alone, and overdue after its day', () => {
  expect(standingOf(item, today)).toBe('waiting');
  expect(standingOf({ ...item, noted: true }, today)).toBe('under-way');
  expect(standingOf({ ...item, toDay: '2026-05-31', noted: true }, today)).toBe('overdue');
  expect(standingOf({ ...item, toDay: '2026-06-01' }, today)).toBe('waiting');
  expect(standingOf({ ...item, state: 'settled', toDay: '2026-05-31' }, today)).toBe('done');
  expect(standingOf({ ...item, state: 'withdrawn' }, today)).toBe('withdrawn');
});
