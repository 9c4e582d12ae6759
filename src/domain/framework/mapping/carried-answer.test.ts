import { describe, expect, it } from 'vitest';
import type { Indicator, Method } from '../edition.ts';
import { carriedLeaf, type KeptLeaf } from './carried-answer.ts';

const leaf = (points: Indicator['points'], method: Method | null, more: Partial<Indicator> = {}): Indicator => ({
  ...{ code: 'C1', parent: null, title: '校园文化', points, method, ...more },
});
const judged = (points: number) => leaf(points, { kind: 'judgement', step: 0.5 });
const graded = (points: number, best = points) =>
  leaf(points, {
    kind: 'choice',
    options: [
      { key: 'A', text: '好', points: best },
      { key: 'B', text: '一般', points: 1 },
    ],
  });
const bands = (points: number, at: number) =>
  leaf(points, { kind: 'bands', better: 'high', bands: [{ at, points }], rest: 0 }, { unit: '%' });
const wayOf = (from: Indicator | undefined, to: Indicator, kept: KeptLeaf | undefined) =>
  carriedLeaf(from, to, kept).way;
const of = (points: string | null, answer: KeptLeaf['answer'] = null): KeptLeaf => ({ points, answer });

describe('what a leaf takes over from an earlier one', () => {
  it('is its points where the same is judged for the same maximum, exactly', () => {
    expect(carriedLeaf(judged(5), judged(5), of('10/3'))).toEqual({ way: 'points', kept: of('10/3') });
  });

  it('is never points on another scale, nor by another method', () => {
    expect(wayOf(judged(5), judged(10), of('4', { points: 4 }))).toBe('otherScale');
    expect(wayOf(judged(5), graded(5), of('4', { points: 4 }))).toBe('otherMethod');
  });

  it('is the answer where the same is asked and other points are given for it', () => {
    expect(wayOf(graded(5), graded(10), of('5', { option: 'A' }))).toBe('answer');
    expect(wayOf(bands(5, 90), bands(10, 95), of('5', { value: 92 }))).toBe('answer');
    expect(wayOf(judged(5), judged(10), of(null, { notApplicable: true }))).toBe('answer');
  });

  it('is no answer that means something else there', () => {
    const other = leaf(5, { kind: 'choice', options: [{ key: 'A', text: '一般', points: 1 }] });
    expect(wayOf(graded(5), other, of('5', { option: 'A' }))).toBe('otherMethod');
    expect(wayOf(bands(5, 90), { ...bands(10, 90), unit: '所' }, of('5', { value: 92 }))).toBe('otherMethod');
  });

  it('is nothing where nothing was said, or where no leaf corresponds', () => {
    expect(wayOf(judged(5), judged(5), of(null))).toBe('nothingSaid');
    expect(wayOf(judged(5), judged(5), undefined)).toBe('nothingSaid');
    expect(wayOf(undefined, judged(5), undefined)).toBe('unmatched');
  });
});
