import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { add, compare, divide, exact, multiply, rootBounds, round, subtract, sum, toNumber } from './decimal.ts';
import { generator } from './generator.ts';
import { keepsNumber, readNumberText } from './number-text.ts';
import { isProblem, problem } from './problem.ts';
import { addDays, dayInChina, daysBetween, firstDayOf, isDay, momentInChina, schoolYearName } from './school-year.ts';
import { isMissing, missing, missingSentence } from './value.ts';

describe('exact decimals', () => {
  it('take a double as the decimal a person sees', () => {
    expect(compare(add(exact(0.1), exact(0.2)), exact(0.3))).toBe(0);
    expect(compare(multiply(exact('1e-7'), exact(1e21)), exact('100000000000000'))).toBe(0);
    expect(compare(divide(exact(1), exact(3)), exact(0.333333333))).toBeGreaterThan(0);
  });

  it('refuse a text that is not a decimal', () => {
    expect(() => exact(Number.NaN)).toThrow(RangeError);
    expect(() => exact('约500')).toThrow(RangeError);
  });

  it('come back as the nearest double, also with terms of hundreds of digits', () => {
    for (const value of [0, 1 / 3, -2.5e-7, 6.334437086092715, 1e300, 5e-324])
      expect(toNumber(exact(value))).toBe(value);
    const thirds = sum(Array.from({ length: 999 }, (_, i) => divide(exact(1), exact(2 * i + 3))));
    const plain = Array.from({ length: 999 }, (_, i) => 1 / (2 * i + 3)).reduce((left, right) => left + right, 0);
    expect(toNumber(thirds)).toBeCloseTo(plain, 12);
    expect(toNumber(subtract(thirds, thirds))).toBe(0);
  });

  it('round half away from zero, as the published tables do', () => {
    expect(round(exact('0.5125'), 3)).toBe('0.513');
    expect(round(exact('-0.5125'), 3)).toBe('-0.513');
    expect(round(exact('1.005'), 2)).toBe('1.01');
    expect(round(exact('-0.0001'), 2)).toBe('0.00');
    expect(round(exact('1999.5'), 0)).toBe('2000');
  });

  it('bound a square root from both sides', () => {
    const two = rootBounds(exact(2), 30);
    expect(compare(multiply(two.low, two.low), exact(2))).toBeLessThan(0);
    expect(compare(multiply(two.high, two.high), exact(2))).toBeGreaterThan(0);
    const square = rootBounds(exact('0.2025'), 5);
    expect(compare(square.low, exact('0.45'))).toBe(0);
    expect(compare(square.high, exact('0.45'))).toBe(0);
  });
});

describe('numbers as offices type them', () => {
  it.each([
    ['１，２３４．５', 1234.5],
    ['1,234', 1234],
    [' 12 ', 12],
    ['-0', 0],
    ['.5', 0.5],
    ['12 345 678.9', 12345678.9],
    ['10\u00a0000', 10000],
    ['−３', -3],
    ['\ufeff45\u3000', 45],
    ['\u202d420\u202c', 420],
    ['\u200e-5\u200b', -5],
    ['\u2066１，２３４\u2069 ', 1234],
  ])('%s', (text, value) => expect(readNumberText(text)).toEqual({ kind: 'number', value }));

  it.each([
    ...['1,23', '约500', '12人', '#DIV/0!', '1e5', '九'],
    // Two numbers, a typing slip or a sign that only looks like a digit: nobody knows which number is meant.
    ...['1 2', '10 00', '1 2345', '0,123', '0 123', '1,234 567', '1 234,567', '- 5', '1. 5', '1\n234'],
    ...['5²', '①', '½', '㉜', '٣', '1\u200b2', '4\u202d20', '1\u00ad2'],
    ...['NaN', 'INF', '-INF', 'Infinity', '1e999', '0x1F', '\u202d\u202c1\u202c2'],
  ])('does not guess at %s', (text) => expect(readNumberText(text)).toEqual({ kind: 'unreadable' }));

  it.each([
    ...[
      '9'.repeat(200),
      '9'.repeat(400),
      '9007199254740993',
      '9,007,199,254,740,993',
      '－９００７１９９２５４７４０９９３',
    ],
    ...['0.1234567890123456789', '123456789012.345678', `1${'0'.repeat(30)}1`],
  ])('%s would be stored changed', (text) => expect(readNumberText(text)).toEqual({ kind: 'inexact' }));

  it.each([
    ...['9007199254740992', '999999999999999', '0.123456789012345', '00012.500', `0.5${'0'.repeat(300)}`],
    ...['1e308', '1E+22', '-1.5e-7', '0e999999', '5e-324', `1${'0'.repeat(22)}`],
  ])('%s is kept as it is written', (text) => expect(keepsNumber(text)).toBe(true));

  it.each(['1e309', '1e-400', '1.00000000000000001', '1.7976931348623159e308'])('%j is not', (text) =>
    expect(keepsNumber(text)).toBe(false),
  );

  it('a blank cell is blank, not zero', () => {
    // Looked through once, however long: a hostile cell has blanks between two digits.
    expect(readNumberText(`1${' '.repeat(300_000)}1`)).toEqual({ kind: 'unreadable' });
    for (const text of [' 　', '\u200b', '\u202d \u202c']) expect(readNumberText(text)).toEqual({ kind: 'blank' });
  });
});

describe('problems', () => {
  it('carry code, status, kind and a sentence', () => {
    const refusal = problem('thing.notFound', { what: '份填报' });
    expect(isProblem(refusal)).toBe(true);
    expect(refusal.status).toBe(404);
    expect(refusal.toJSON()).toEqual({
      code: 'thing.notFound',
      kind: 'input',
      message: '找不到这份填报，可能已被移除，或不在您的管辖范围内。',
      details: { what: '份填报' },
    });
    expect(JSON.parse(JSON.stringify(problem('access.denied')))).not.toHaveProperty('details');
  });
});

describe('school years', () => {
  it('begin on 1 September', () => {
    expect(firstDayOf(2025)).toBe('2025-09-01');
    expect(schoolYearName(2025)).toBe('2025 学年');
  });

  it('count days of the calendar', () => {
    expect(isDay('2024-02-29')).toBe(true);
    expect(isDay('2025-02-29')).toBe(false);
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(daysBetween('2025-01-01', '2024-12-30')).toBe(-2);
    expect(daysBetween('2026-11-19', '2026-11-23')).toBe(4);
    expect(daysBetween('2026-03-01', '2026-02-27')).toBe(-2);
    expect(dayInChina(new Date('2025-08-31T16:00:00Z'))).toBe('2025-09-01');
    expect(momentInChina(new Date('2025-08-31T16:05:09.900Z'))).toBe('2025-09-01 00:05:09');
  });
});

describe('the generator', () => {
  it('repeats itself for a seed and differs for another', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, generator(seed).next);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    expect(generator('a').fork('x').next()).not.toBe(generator('a').fork('y').next());
  });

  it('spreads as it says', () => {
    const dice = generator('dice');
    const throws = Array.from({ length: 6000 }, () => dice.integer(1, 6));
    for (let face = 1; face <= 6; face += 1) {
      const share = throws.filter((value) => value === face).length / 6000;
      expect(share).toBeGreaterThan(0.14);
      expect(share).toBeLessThan(0.2);
    }
    const normal = Array.from({ length: 6000 }, () => dice.normal(10, 2));
    expect(normal.reduce((left, right) => left + right, 0) / 6000).toBeCloseTo(10, 0);
    expect(dice.shuffle([1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4]);
  });
});

describe('missing values and canonical text', () => {
  it('name their reason and fields', () => {
    expect(isMissing(0)).toBe(false);
    expect(missingSentence(missing('not-filed', ['图书册数']))).toBe('未填报：图书册数');
  });

  it('equal content gives equal text', () => {
    expect(canonicalJson({ b: [1, { d: 2, c: undefined }], a: '值' })).toBe('{"a":"值","b":[1,{"d":2}]}');
    expect(() => canonicalJson([Number.NaN])).toThrow(RangeError);
  });
});
