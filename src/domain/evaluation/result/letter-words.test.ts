import { expect, it } from 'vitest';
import { divide, exact } from '../../kit/decimal.ts';
import { dayInLetter } from '../../kit/school-year.ts';
import { daysHeld, letterPoints } from './letter-words.ts';

it('points of a letter have two decimals at most, half up, and no sign of rounding', () => {
  expect(
    [exact('83.545455'), exact(100), exact('8.50'), exact('0.005'), divide(exact(2), exact(3))].map(letterPoints),
  ).toEqual(['83.55', '100', '8.5', '0.01', '0.67']);
});

it('days stand without zeros and without spaces', () => {
  expect(dayInLetter('2026-03-01')).toBe('2026年3月1日');
});

it('a visit is said by the days on which it was held', () => {
  const planned = { from: '2026-11-27', to: '2026-12-01', begunOn: null, doneOn: null };
  expect(daysHeld(planned)).toEqual({ from: '2026-11-27', to: '2026-12-01' });
  expect(daysHeld({ ...planned, begunOn: '2026-11-20', doneOn: '2026-11-30' })).toEqual({
    ...{ from: '2026-11-27', to: '2026-11-30' },
  });
  expect(daysHeld({ ...planned, begunOn: '2026-11-29', doneOn: '2026-12-04' })).toEqual({
    ...{ from: '2026-11-29', to: '2026-12-04' },
  });
  expect(daysHeld({ ...planned, doneOn: '2026-11-20' })).toEqual({ from: '2026-11-20', to: '2026-11-20' });
});
