import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, divide, exact, multiply, subtract } from '../../kit/decimal.ts';
import { coefficientOfVariation } from './coefficient-of-variation.ts';
import { compositeWithinLimit, exactVariationSquared, reaches, reachesShare, withinLimit } from './threshold.ts';

/** Amounts with two decimals and pupils, as schools file them. */
const amount = fc.integer({ min: 0, max: 500_000 }).map((cents) => cents / 100);
const pupils = fc.integer({ min: 1, max: 3000 });
const threshold = fc.constantFrom(4.2, 5.3, 0.9, 4.5, 5.8, 7.5, 10.2, 2.3, 2.4, 2000);

describe('a comparison with a threshold', () => {
  it('is the exact one, however close', () => {
    fc.assert(
      fc.property(amount, pupils, threshold, (resources, heads, limit) => {
        const part = () => ({ resources: exact(resources), pupils: exact(heads) });
        const wanted = compare(exact(resources), multiply(exact(limit), exact(heads))) >= 0;
        expect(reaches(resources / heads, limit, part)).toBe(wanted);
      }),
    );
  });

  it('at the threshold itself counts, although the double may lie below it', () => {
    let below = 0;
    for (let heads = 1; heads <= 2000; heads += 1) {
      // 5.3 per hundred: the resources that reach it exactly, as a decimal.
      const resources = divide(multiply(exact(5.3), exact(heads)), exact(100));
      const value = (Number(`${5.3 * heads}e-2`) * 100) / heads;
      const part = () => ({ resources: multiply(resources, exact(100)), pupils: exact(heads) });
      expect(reaches(value, 5.3, part)).toBe(true);
      if (value < 5.3) below += 1;
    }
    expect(below).toBeGreaterThan(0);
  });

  it('the 85 % floor is decided on the product of two decimals, not of two doubles', () => {
    for (const limit of [4.2, 5.3, 0.9, 4.5, 5.8, 7.5, 10.2, 2.3, 2.4]) {
      const floor = multiply(exact(limit), exact(0.85));
      const at = () => ({ resources: multiply(floor, exact(7)), pupils: exact(7) });
      const below = () => ({ resources: subtract(at().resources, exact('1e-15')), pupils: exact(7) });
      expect(reachesShare(limit * 0.85, limit, 0.85, at)).toBe(true);
      expect(reachesShare(limit * 0.85, limit, 0.85, below)).toBe(false);
    }
  });
});

describe('a 差异系数 against its limit', () => {
  it('exact and double agree to 10⁻¹²', () => {
    const schools = fc.array(
      fc.tuple(
        fc.integer({ min: 100, max: 500_000 }).map((cents) => cents / 100),
        pupils,
      ),
      {
        minLength: 2,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(schools, (list) => {
        const { cv } = coefficientOfVariation(
          list.map(([resources]) => resources),
          list.map(([, heads]) => heads),
        );
        const square = exactVariationSquared(
          list.map(([resources, heads]) => ({ resources: exact(resources), pupils: exact(heads) })),
        );
        // Below a CV of a millionth the cancellation in S² would show. No real county has so small a CV, except 0.
        fc.pre(cv! > 1e-6);
        const ratio = divide(square, multiply(exact(cv!), exact(cv!)));
        expect(compare(ratio, exact(1 + 2e-12))).toBeLessThan(0);
        expect(compare(ratio, exact(1 - 2e-12))).toBeGreaterThan(0);
      }),
    );
  });

  it('two schools at 1 ± limit times the mean are exactly within it', () => {
    const parts = (high: string) => [
      { resources: exact('0.55'), pupils: exact(1) },
      { resources: exact(high), pupils: exact(1) },
    ];
    expect(withinLimit(0.45, 0.45, () => parts('1.45'))).toBe(true);
    expect(withinLimit(0.45, 0.45, () => parts('1.4500000000001'))).toBe(false);
    expect(withinLimit(0.45, 0.45, () => parts('1.4499999999999'))).toBe(true);
  });

  it('the mean of eight roots is bounded from both sides', () => {
    const squares = (cv: string) => () => Array.from({ length: 8 }, () => multiply(exact(cv), exact(cv)));
    expect(compositeWithinLimit(0.65, 0.65, squares('0.65'))).toBe(true);
    expect(compositeWithinLimit(0.65, 0.65, squares('0.650000000000000000001'))).toBe(false);
    const irrational = () => [exact(2), multiply(exact(2), exact(4))];
    const mean = (3 * Math.SQRT2) / 2;
    expect(compositeWithinLimit(mean, mean, irrational)).toBe(
      // 9/2 ≤ mean² decides the same without roots.
      compare(divide(exact(9), exact(2)), multiply(exact(mean), exact(mean))) <= 0,
    );
  });
});
