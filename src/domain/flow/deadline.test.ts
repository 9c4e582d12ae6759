import { expect, it } from 'vitest';
import { isLate, standing } from './deadline.ts';

const dates = { deadline: '2025-10-20', graceDays: 5 };
it.each([
  ['2025-10-20', null, 0, false, false, '今天截止'],
  ['2025-10-17', null, 3, false, false, '还有 3 天'],
  ['2025-10-22', null, -2, true, false, '逾期 2 天，宽限至 2025-10-25'],
  ['2025-10-26', null, -6, true, true, '逾期 6 天，须申请延期'],
  ['2025-10-26', '2025-10-30', 4, false, false, '还有 4 天'],
  ['2025-10-22', '2025-10-21', -1, true, false, '逾期 1 天，宽限至 2025-10-25'],
])('on %s with extension %s: %i days left', (today, extension, daysLeft, past, closed, phrase) => {
  expect(standing(dates, extension, today)).toMatchObject({ daysLeft, past, closed, phrase });
});

it.each([
  [null, null, false],
  ['2025-10-20', null, false],
  ['2025-10-21', null, true],
  ['2025-10-22', '2025-10-22', false],
  ['2025-10-23', '2025-10-22', true],
  ['2025-10-20', '2025-10-01', false],
])('first in on %s with extension %s: late %s', (day, extension, late) => {
  expect(isLate(dates, extension, day)).toBe(late);
});

it('is late no longer once the deadline is put off for everybody', () => {
  expect(isLate({ deadline: '2025-10-25' }, null, '2025-10-22')).toBe(false);
});
