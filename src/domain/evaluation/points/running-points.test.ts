import { describe, expect, it } from 'vitest';
import { leafOf, score } from '#test/reference/frameworks/small-edition.ts';
import type { Indicator, Method } from '../../framework/edition.ts';
import { engineAnswer, type GivenAnswer, runningPoints } from './running-points.ts';

const leaf = (method: Method | null, points = 10): Indicator => ({
  ...{ code: 'C1', parent: null, title: '指标', points, method },
});
const ladder: Method = {
  kind: 'ladder',
  levels: [
    { level: 'A', share: 1 },
    { level: 'B', share: 0.6, text: '较好' },
  ],
};
const elements: Method = { kind: 'elements', elements: [{ text: '制度' }, { text: '台账' }], cost: 3, floor: 0 };
const deduction: Method = {
  ...{ kind: 'deduction', start: 'full', floor: 0 },
  items: [
    { text: '超标', cost: 1, cap: 2 },
    { text: '违规', cost: 4 },
  ],
};

describe('the points of an answer while it is being given', () => {
  it.each<[string, Method | null, GivenAnswer, string | null]>([
    ['a level', ladder, { level: 'B' }, '6'],
    ['nothing that is missing', elements, { missing: [] }, '10'],
    ['one that is missing', elements, { missing: [2] }, '7'],
    [
      'counts of items up to their caps',
      deduction,
      {
        occurrences: [
          { item: 1, times: 5 },
          { item: 2, times: 1 },
        ],
      },
      '4',
    ],
    ['no count at all', deduction, { occurrences: [] }, '10'],
    ['points by a person', null, { points: 4.5 }, '4.5'],
    ['what does not apply', ladder, { notApplicable: true }, null],
  ])('%s', (_, method, given, points) => {
    expect(runningPoints(leaf(method), given).points).toBe(points);
  });

  it('are those that the whole edition computes', () => {
    for (const given of [{ level: 'A' }, { level: 'B' }]) {
      const whole = score(leafOf(ladder), { C1: engineAnswer(given) });
      expect(runningPoints(leafOf(ladder).leaves[0]!.indicator, given).points).toBe(
        whole.leaves[0]!.points!.toFraction(),
      );
    }
  });

  it('says what is wrong with an answer, and gives it no points', () => {
    expect(runningPoints(leaf(null), { points: 11 })).toMatchObject({ points: null, faults: ['11 分超过满分 10 分'] });
    expect(runningPoints(leaf(ladder), { level: 'E' }).faults).toHaveLength(1);
  });

  it('names the conditions over facts, which it takes as not holding', () => {
    const capped: Indicator = {
      ...leaf(ladder),
      adjust: [{ when: '事实:会议次数 = 0', text: '没有会议的', effect: 'cap', points: 1 }],
    };
    expect(runningPoints(capped, { level: 'A' })).toMatchObject({ points: '10', rests: ['事实:会议次数 = 0'] });
  });
});
