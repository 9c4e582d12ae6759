import { describe, expect, it } from 'vitest';
import { filingOddity, oddFrom, oddities } from './oddity.ts';

const scored = (now: number | string | null, before: number | string | null, median?: number) => {
  const peers = median === undefined ? {} : { 甲: { median, schools: 9 } };
  const score = oddities(['甲'], { values: { 甲: now }, reference: { 甲: before }, peers }).get('甲');
  return typeof score === 'number' ? Math.round(score * 100) / 100 : score;
};

describe('the oddity of a field', () => {
  it.each([
    ['as last year', 400, 400, 0],
    ['a little more', 410, 400, 0.02],
    ['a quarter more', 500, 395, 0.21],
    ['doubled', 800, 400, 0.5],
    ['ten times as much, a slip of the decimal point', 4000, 400, 0.9],
    ['one teacher more where there was one', 2, 1, 0.14],
    ['gone', null, 12, 1],
    ['another choice', '附设小学班', '无', 1],
    ['the same choice', '无', '无', 0],
    ['nothing to compare with', 12, null, null],
  ] as const)('%s: %s after %s', (_, now, before, score) => {
    expect(scored(now, before)).toBe(score);
  });

  it('a school that is large everywhere is odd nowhere; the field that does not fit its size is', () => {
    const peers = Object.fromEntries(['甲', '乙', '丙'].map((key) => [key, { median: 100, schools: 9 }]));
    const found = oddities(['甲', '乙', '丙'], { values: { 甲: 1000, 乙: 1000, 丙: 100 }, reference: {}, peers });
    expect([found.get('甲'), found.get('乙')]).toEqual([0, 0]);
    expect(found.get('丙')).toBeGreaterThan(oddFrom);
  });
});

it('a filing counts its three oddest fields and its doubts', () => {
  const keys = ['甲', '乙', '丙', '丁'];
  const reference = { 甲: 1, 乙: 1, 丙: 1, 丁: 400 };
  const odd = { values: { 丁: 400 }, reference, peers: {} };
  expect(filingOddity(keys, odd, 0)).toBe(3);
  expect(filingOddity(keys, { ...odd, values: reference }, 2)).toBe(0.2);
});
