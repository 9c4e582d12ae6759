import { describe, expect, it } from 'vitest';
import { coefficientOfVariation, contributions } from '#domain/balance/run/coefficient-of-variation.ts';
import { exactVariationSquared } from '#domain/balance/run/threshold.ts';
import { exact, toNumber } from '#domain/kit/decimal.ts';
import { readExample } from './read-examples.ts';

/**
 * 《县域义务教育校际均衡指标计算方法（以生均图书册数为例）》: five schools, 302 pupils, 1,913 books.
 * Printed: mean 6.33, terms 0.003 0.85 5.13 4.50 0.17, sum 10.65, S 3.26, CV 0.52.
 */
describe('the official worked example of five schools', () => {
  const rows = readExample('five-schools-books.csv');
  const pupils = rows.map((row) => Number(row.在校生数));
  const books = rows.map((row) => Number(row.图书册数));
  const total = pupils.reduce((left, right) => left + right, 0);

  it('has 302 pupils and 1,913 books', () => {
    expect(total).toBe(302);
    expect(books.reduce((left, right) => left + right, 0)).toBe(1913);
  });

  it('per-pupil values as printed', () => {
    const printed = ['6.20', '3.70', '10.51', '2.11', '7.31'];
    expect(books.map((amount, row) => (amount / pupils[row]!).toFixed(2))).toEqual(printed);
  });

  it('weighted mean, deviation and CV, unrounded and as printed', () => {
    const { n, mean, standardDeviation, cv } = coefficientOfVariation(books, pupils);
    expect(n).toBe(5);
    expect(mean).toBeCloseTo(6.3344370861, 10);
    expect(standardDeviation).toBeCloseTo(3.2638607, 7);
    expect(cv).toBeCloseTo(0.5152566299, 10);
    expect([mean!.toFixed(2), standardDeviation!.toFixed(2), cv!.toFixed(2)]).toEqual(['6.33', '3.26', '0.52']);
  });

  it('each school’s term and its share of the sum', () => {
    const { mean } = coefficientOfVariation(books, pupils);
    const terms = books.map((amount, row) => (pupils[row]! / total) * (amount / pupils[row]! - mean!) ** 2);
    const expected = [0.002693, 0.8485528, 5.1274462, 4.5010905, 0.1730042];
    for (const [row, term] of terms.entries()) expect(term).toBeCloseTo(expected[row]!, 7);
    expect(terms.map((term) => term.toFixed(2))).toEqual(['0.00', '0.85', '5.13', '4.50', '0.17']);
    const sum = terms.reduce((left, right) => left + right, 0);
    expect(sum).toBeCloseTo(10.6527867, 7);
    expect(sum.toFixed(2)).toBe('10.65');
    const shares = contributions(books, pupils, mean!);
    for (const [row, share] of shares.entries()) expect(share).toBeCloseTo(terms[row]! / sum, 12);
  });

  it('is neither the unweighted nor the n − 1 figure: those are 0.489 and 0.546', () => {
    const ratios = books.map((amount, row) => amount / pupils[row]!);
    const plainMean = ratios.reduce((left, right) => left + right, 0) / 5;
    const squares = ratios.reduce((sum, ratio) => sum + (ratio - plainMean) ** 2, 0);
    const unweighted = Math.sqrt(squares / 5) / plainMean;
    const sample = Math.sqrt(squares / 4) / plainMean;
    expect(unweighted).toBeCloseTo(0.4887707, 7);
    expect(sample).toBeCloseTo(0.5464622, 7);
    const { cv } = coefficientOfVariation(books, pupils);
    expect(Math.abs(cv! - unweighted)).toBeGreaterThan(0.02);
    expect(Math.abs(cv! - sample)).toBeGreaterThan(0.03);
  });

  it('agrees with exact arithmetic to 10⁻¹²', () => {
    const parts = books.map((amount, row) => ({ resources: exact(amount), pupils: exact(pupils[row]!) }));
    const { cv } = coefficientOfVariation(books, pupils);
    expect(Math.abs(cv! / Math.sqrt(toNumber(exactVariationSquared(parts))) - 1)).toBeLessThan(1e-12);
  });
});
