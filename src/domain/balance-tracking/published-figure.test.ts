import { expect, it } from 'vitest';
import { figureFault, looksExchanged } from './published-figure.ts';

it('a coefficient in per cent is no coefficient, and is told as the ratio that it is', () => {
  expect(figureFault('composite', '51.2')).toEqual({
    rule: '差异系数“51.2”过大，可能填成了百分数或学校数',
    allowed: '小于 5 的小数；51.2% 请填 0.512',
  });
  expect(figureFault('composite', '5')?.allowed).toContain('5% 请填 0.05');
  expect(figureFault('books', '100')?.allowed).toContain('100% 请填 1');
  expect(figureFault('composite', '0.512')).toBeNull();
  expect(figureFault('composite', '1.20')).toBeNull();
});

it('a coefficient in the column of the schools, and a number of schools in that of a coefficient, are seen', () => {
  expect(figureFault('schools', '0.512')?.rule).toBe('学校数“0.512”不是整数，可能与差异系数填反了');
  expect(figureFault('schools', '0')?.rule).toContain('不是整数');
  expect(figureFault('composite', '31')?.rule).toContain('学校数');
  expect(figureFault('schools', '31')).toBeNull();
});

it('what is no decimal is refused', () => {
  expect(figureFault('composite', '0,51')?.rule).toBe('“0,51”不是小数');
  expect(figureFault('schools', '三十')?.rule).toBe('“三十”不是小数');
});

it.each([
  ['exchanged, as printed', { primary: '0.43', junior: '0.51' }, true],
  ['in their place', { primary: '0.512', junior: '0.431' }, false],
  ['one that fits as it stands', { primary: '0.43', junior: '0.431' }, false],
  ['neither way', { primary: '0.3', junior: '0.6' }, false],
  ['of one level alone', { primary: '0.43' }, false],
  ['exchanged, with the schools in their place', { primary: '0.43', junior: '0.51', schools: ['31', '9'] }, false],
  ['exchanged, with the schools too', { primary: '0.43', junior: '0.51', schools: ['9', '31'] }, true],
  ['alike in both levels', { primary: '0.47', junior: '0.47' }, false],
] as const)('figures that stand in each other’s place are seen by ours: %s', (_what, given, doubted) => {
  const { primary, junior, schools } = { junior: null, schools: [null, null] as const, ...given };
  const of = (values: readonly (string | number | null)[], counts: readonly (string | number | null)[]) =>
    (['primary', 'junior'] as const).flatMap((level, at) => [
      { level, indicator: 'composite', value: values[at] ?? null },
      { level, indicator: 'schools', value: counts[at] ?? null },
    ]);
  expect(looksExchanged(of([primary, junior], schools), of([0.5117, 0.4309], [31, 9]))).toBe(doubted);
});

it.each([
  ['exchanged with the schools', { composite: ['0.091', '0.094'], schools: ['10', '7'] }, true],
  ['in their place', { composite: ['0.094', '0.091'], schools: ['7', '10'] }, false],
  ['exchanged, and the schools in their place', { composite: ['0.091', '0.094'], schools: ['7', '10'] }, false],
  ['exchanged, without the schools', { composite: ['0.091', '0.094'] }, false],
] as const)(
  'coefficients that fit both ways leave the answer to the numbers of schools: %s',
  (_what, given, doubted) => {
    const of = (figures: Readonly<Record<string, readonly (string | number)[]>>) =>
      Object.entries(figures).flatMap(([indicator, values]) =>
        (['primary', 'junior'] as const).map((level, at) => ({ level, indicator, value: values[at] ?? null })),
      );
    expect(looksExchanged(of(given), of({ composite: [0.0941, 0.0912], schools: [7, 10] }))).toBe(doubted);
  },
);
