import { describe, expect, it } from 'vitest';
import { cvText, distanceText, isOneShort, limitText, ratioText } from './figure-text.ts';

describe('figures as text', () => {
  it('never prints a coefficient on the wrong side of its limit', () => {
    expect(cvText(0.5152566, null)).toBe('0.515');
    expect(cvText(0.4501, 0.45)).toBe('0.4501');
    expect(cvText(0.45, 0.45)).toBe('0.450');
    // Half up as in 表Ⅲ, although the double lies a hair below.
    expect(cvText(0.1235)).toBe('0.124');
    expect(cvText(0.45 + 1e-9, 0.45)).toBe('0.450000001');
    expect(cvText(0.4499999, 0.45)).toBe('0.450');
    // Exactly 0.45, but for the noise of the doubles: no digits are shown for it.
    expect(cvText(0.4500000000000002, 0.45)).toBe('0.450');
  });

  it('cuts a ratio, so that nothing short of the standard or of 85 % reads as reached', () => {
    expect(ratioText(0.9999)).toBe('0.99');
    expect(ratioText(1)).toBe('1.00');
    expect(ratioText(0.8499)).toBe('0.84');
    // 4.59 / 5.4 is 0.85 but for the last bit.
    expect(ratioText(4.59 / 5.4)).toBe('0.85');
  });

  it('says on which side and how far', () => {
    expect(distanceText(-0.022)).toBe('超出限值 0.022');
    expect(distanceText(0.0001)).toBe('低于限值 0.0001');
    expect(distanceText(0)).toBe('正好等于限值');
    expect(distanceText(1.1e-16)).toBe('正好等于限值');
    expect(distanceText(-1.1e-16)).toBe('超出限值不到 0.000001');
    expect(limitText(0.5)).toBe('0.50');
    expect(limitText(0.455)).toBe('0.455');
  });
});

describe('one short', () => {
  const rule = { minimumMet: 6, minimumRatio: 0.85 };
  const school = (reached: number, nearly: number, pass: boolean | null = false) => ({
    reached: Array.from({ length: reached }, (_, index) => `reached ${index}`),
    nearly: Array.from({ length: nearly }, (_, index) => `nearly ${index}`),
    minimumRatio: 0.5 as number | null,
    pass,
  });

  it.each([
    [6, 0, true],
    [5, 2, true],
    [5, 1, true],
    [5, 0, false],
    [4, 3, false],
    [4, 2, false],
  ])('with %i reached and %i at 85 %% of seven: %s', (reached, nearly, expected) =>
    expect(isOneShort(school(reached, nearly), 7, rule)).toBe(expected),
  );

  it('counts neither a school that passes nor one with an input missing', () => {
    expect(isOneShort(school(6, 1, true), 7, rule)).toBe(false);
    expect(isOneShort({ ...school(6, 0), minimumRatio: null }, 7, rule)).toBe(false);
  });
});
