import { describe, expect, it } from 'vitest';
import { factsOf, figure, indicatorOf, score, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { missing } from '../../../kit/value.ts';
import type { Answer } from '../../answer.ts';
import type { Indicator } from '../../edition.ts';

describe('must items', () => {
  const must = (change: Partial<Indicator>, answer: Answer | undefined) => {
    const edition = smallEdition([indicatorOf('C1', null, 10, change)]);
    return score(edition, answer ? { C1: answer } : {}).leaves[0]!.must;
  };
  const bands: Partial<Indicator> = {
    must: { by: 'value', compare: '>=', value: 95 },
    method: {
      kind: 'bands',
      better: 'high',
      bands: [
        { at: 98, points: 10 },
        { at: 95, points: 6 },
      ],
      rest: 0,
    },
  };
  it('by value, and by the points that such a value gives', () => {
    expect([
      must(bands, { value: 95 }),
      must(bands, { value: 94.9 }),
      must(bands, { points: 6 }),
      must(bands, { points: 5 }),
    ]).toEqual([true, false, true, false]);
  });
  it('by all points, by a rate', () => {
    expect([must({ must: { by: 'full' } }, { points: 10 }), must({ must: { by: 'full' } }, { points: 9.9 })]).toEqual([
      true,
      false,
    ]);
    expect(must({ must: { by: 'rate', least: 0.8 } }, { points: 8 })).toBe(true);
  });
  it('by an option that must not be chosen, also where the points name it', () => {
    const options = [
      { key: 'yes', text: '是', points: 10 },
      { key: 'part', text: '部分', points: 5 },
      { key: 'no', text: '否', points: 0 },
    ];
    const choice: Partial<Indicator> = {
      must: { by: 'notOption', options: ['no'] },
      method: { kind: 'choice', options },
    };
    expect([must(choice, { option: 'part' }), must(choice, { option: 'no' })]).toEqual([true, false]);
    expect([must(choice, { points: 5 }), must(choice, { points: 0 }), must(choice, { points: 4 })]).toEqual([
      true,
      false,
      missing('not-filed', ['C1']),
    ]);
  });
  it('is failed while the leaf is open where the most that it can take is too little', () => {
    const items = [{ text: '酌情', cost: { from: 0.5, to: 2 } }];
    const deduction: Partial<Indicator> = {
      must: { by: 'full' },
      method: { kind: 'deduction', start: 'full', floor: 0, items },
    };
    expect([must(deduction, { occurrences: 1 }), must(deduction, { occurrences: 0 })]).toEqual([false, true]);
  });
  it('is neither met nor failed where it does not apply, and not known while unanswered', () => {
    expect(must(bands, { notApplicable: true })).toBeUndefined();
    expect(must(bands, undefined)).toEqual(missing('not-filed', ['C1']));
  });
});

describe('dated relaxations', () => {
  const strict = { kind: 'threshold', compare: '>=', value: 95, unmet: 0 } as const;
  const edition = (until: string | null) =>
    smallEdition([indicatorOf('C1', null, 10, { method: strict })], {
      relaxations: [
        {
          codes: ['C1'],
          when: '事实:甲 > 0',
          replace: { method: { ...strict, value: 90 } },
          until,
          basis: '规程第十条',
          duty: '三年内达到',
        },
      ],
    });
  const scored = (on: string | undefined, relaxed: boolean, facts: Record<string, number>, until: string | null) =>
    score(
      edition(until),
      { C1: { value: 92 } },
      { facts: factsOf(facts), context: on === undefined ? {} : { on }, relaxed },
    );
  const total = (on: string | undefined, relaxed: boolean, first = 1, until: string | null = '2028-12-31') =>
    figure(scored(on, relaxed, { '事实:甲': first }, until).total);
  it('hold while they last, where their condition holds, and only where asked', () => {
    expect([
      total('2028-12-31', true),
      total('2029-01-01', true),
      total(undefined, true),
      total('2028-12-31', false),
      total('2028-12-31', true, 0),
    ]).toEqual(['10', '0', '0', '0', '0']);
  });
  it('hold for nobody while their last day is not known', () => {
    expect(total('2025-01-01', true, 1, null)).toBe('0');
  });
  it('leave a leaf as it is while nobody knows their condition, and its trace says so', () => {
    const { total: points, leaves } = scored('2028-12-31', true, {}, '2028-12-31');
    expect(figure(points)).toBe('0');
    expect(leaves[0]!.steps[0]?.words).toBe('能否按 规程第十条 放宽，还要看 事实:甲；没有数据以前按原标准');
  });
});
