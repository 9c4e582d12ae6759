import { describe, expect, it } from 'vitest';
import { branchRates, cellNumber, classOf, classWords, rateOf, sortedBy, weakest, whyNone } from './heat-answer.ts';

const cell = (code: string, points: string | null, max: string | null = '20') => ({ code, points, max });
const heat = {
  branches: [
    { code: 'A1', title: '领导职责', max: '20' },
    { code: 'A2', title: '经费保障', max: '20' },
    { code: 'A3', title: '队伍建设', max: '20' },
  ],
  rows: [
    { evaluationId: '1', name: '丰泽区', cells: [cell('A1', '20'), cell('A2', '10'), cell('A3', null)] },
    { evaluationId: '2', name: '晋江市', cells: [cell('A1', '18'), cell('A2', '50/3'), cell('A3', null)] },
    { evaluationId: '3', name: '石狮市', cells: [cell('A1', null), cell('A2', null), cell('A3', null)] },
  ],
};

describe('the heat map', () => {
  it('a branch that is not judged whole has no share, and missing is not zero', () => {
    expect(rateOf(null, '20')).toBeNull();
    expect(rateOf('0', '20')).toBe(0);
    expect(rateOf('5', null)).toBeNull();
    expect(rateOf('0', '0')).toBeNull();
    expect(rateOf('50/3', '20')).toBeCloseTo(0.8333, 4);
  });

  it('the mean is over those that are judged alone', () => {
    const [first, second, third] = branchRates(heat);
    expect(first).toMatchObject({ mean: 0.95, judged: 2, least: { name: '晋江市' } });
    expect(second?.mean).toBeCloseTo((0.5 + 50 / 60) / 2, 6);
    expect(third).toMatchObject({ mean: null, judged: 0, least: null });
  });

  it('names the branch of which least was got, and none where nothing is judged', () => {
    expect(weakest(branchRates(heat))?.code).toBe('A2');
    expect(weakest(branchRates({ ...heat, rows: [heat.rows[2]!] }))).toBeUndefined();
  });

  it('a share belongs to the class whose lower bound it reaches', () => {
    expect([1, 0.95, 0.949, 0.6, 0.59].map(classOf)).toEqual([0, 0, 1, 3, 4]);
    expect(classWords()).toEqual(['95% 以上', '85%—95%', '75%—85%', '60%—75%', '不到 60%']);
  });

  it('a number stands in the class of its colour, and says the same in the words', () => {
    expect([cellNumber(0.5957), cellNumber(0.8496), cellNumber(1)]).toEqual(['59.5', '84.9', '100.0']);
  });

  it('a branch of which nothing applies says so, and not that it waits', () => {
    expect(whyNone({ points: null, max: '0' })).toContain('不适用');
    expect(whyNone({ points: null, max: '20' })).toContain('还没有评完');
    expect(whyNone(undefined)).toContain('还没有评完');
  });

  it('sorts by a branch, the least first and those without points last', () => {
    expect(sortedBy(heat.rows, 'A2').map(({ name }) => name)).toEqual(['丰泽区', '晋江市', '石狮市']);
    expect(sortedBy(heat.rows, 'A1').map(({ name }) => name)).toEqual(['晋江市', '丰泽区', '石狮市']);
  });
});
