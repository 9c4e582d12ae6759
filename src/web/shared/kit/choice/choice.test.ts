import { describe, expect, it } from 'vitest';
import { matching } from './choice.ts';

const units = [
  { value: 4, label: '丰泽区', terms: 'fzq 350503' },
  { value: 12, label: '晋江市', terms: 'jjs 350582', note: '县级市' },
];

describe('finding a choice', () => {
  it('by name, by initials in any case, by code', () => {
    expect(matching(units, '丰泽').map(({ value }) => value)).toEqual([4]);
    expect(matching(units, 'JJ').map(({ value }) => value)).toEqual([12]);
    expect(matching(units, '350503').map(({ value }) => value)).toEqual([4]);
  });
  it('as the server does: full width, signs that nobody sees, words in any order', () => {
    expect(matching(units, 'ＪＪＳ').map(({ value }) => value)).toEqual([12]);
    expect(matching(units, '３５０５０３').map(({ value }) => value)).toEqual([4]);
    expect(matching(units, '丰\u200b泽').map(({ value }) => value)).toEqual([4]);
    expect(matching(units, '0582　晋江').map(({ value }) => value)).toEqual([12]);
  });
  it('needs every word', () => {
    expect(matching(units, '县级市 jjs')).toHaveLength(1);
    expect(matching(units, '县级市 fzq')).toHaveLength(0);
  });
  it('returns all choices for an empty text', () => {
    expect(matching(units, ' ')).toHaveLength(2);
  });
});
