import { expect, it } from 'vitest';
import { endOfTerm, markRefusal, openingRefusal, periodFault } from './marked-file.ts';

it('a term ends on the same day of a later month, or on its last', () => {
  expect(endOfTerm('2026-11-29', 12)).toBe('2027-11-29');
  expect(endOfTerm('2026-08-31', 6)).toBe('2027-02-28');
  expect(endOfTerm('2027-08-31', 6)).toBe('2028-02-29');
  expect(endOfTerm('2024-02-29', 12)).toBe('2025-02-28');
});

it('a period ends today at the earliest, and in ten years at the latest', () => {
  const faulty = (until: string) => periodFault(until, '2026-11-29') !== null;
  expect(['2026-11-28', '2026-11-29', '2036-11-29', '2036-11-30'].map(faulty)).toEqual([true, false, false, true]);
});

it('a marked file is opened until its last day, by those to whom it is open', () => {
  const file = { keepUntil: '2026-11-29', openers: 'judges', removedOn: null } as const;
  const code = (opening: { brought: boolean; judges: boolean }, today: string, more = {}) =>
    openingRefusal({ ...file, ...more }, opening, today)?.code;
  const [stranger, judge, owner] = [
    { brought: false, judges: false },
    { brought: false, judges: true },
    { brought: true, judges: false },
  ];
  expect([stranger, judge, owner].map((one) => code(one, '2026-11-29'))).toEqual([
    'file.judgesOnly',
    undefined,
    undefined,
  ]);
  expect(code(stranger, '2026-11-29', { openers: 'reach' })).toBeUndefined();
  expect(code(judge, '2026-11-30')).toBe('file.periodOver');
  expect(code(judge, '2026-12-08', { removedOn: '2026-12-07' })).toBe('file.removed');
  expect(code(stranger, '2030-01-01', { keepUntil: null, openers: null })).toBeUndefined();
});

it('a mark narrows and says for what, and leaves the last day to an act of its own', () => {
  const mark = { purpose: '核实活动', keepUntil: '2027-01-01', openers: 'reach' } as const;
  const few = { ...mark, openers: 'judges' } as const;
  const code = (...[before, after]: Parameters<typeof markRefusal>) => markRefusal(before, after)?.code;
  expect([code(null, mark), code(mark, few), code(few, { ...few, purpose: '核实校舍' })]).toEqual(
    Array(3).fill(undefined),
  );
  expect(code(few, mark)).toBe('file.notWidened');
  expect(code(mark, { ...few, keepUntil: '2027-01-02' })).toBe('request.invalid');
  expect(code(mark, { ...mark })).toBe('thing.nothingChanges');
});
