import { describe, expect, it } from 'vitest';
import { leafOf, leafPoints as points, score, leafWords as words } from '#test/reference/frameworks/small-edition.ts';
import { missing } from '../../../kit/value.ts';
import type { Adjust, Method } from '../../edition.ts';

describe('a note on a block of deductions outside the tree', () => {
  const items = [{ text: '一次', cost: 4 }];
  const block: Method = { kind: 'deduction', start: 'zero', floor: -10, items };
  const taken = (adjust: Adjust, occurrences = 2) =>
    points(block, { answer: { occurrences }, facts: { '事实:甲': 1 }, leaf: { adjust: [adjust] } });
  const when = '事实:甲 > 0';

  it('changes what is taken, down to the floor and up to nothing', () => {
    expect(taken({ when, text: '再扣', effect: 'take', points: 1 })).toBe('-9');
    expect(taken({ when, text: '加倍', effect: 'times', factor: 2 }, 1)).toBe('-8');
    expect(taken({ when, text: '加倍', effect: 'times', factor: 2 })).toBe('-10');
    expect(taken({ when, text: '减轻', effect: 'add', points: 9 })).toBe('0');
  });
});

describe('elements', () => {
  const method: Method = {
    kind: 'elements',
    elements: [{ text: '一' }, { text: '二' }, { text: '三', formula: '事实:甲 > 0' }],
    cost: 0.2,
    floor: 0,
  };
  it('each missing one costs its cost and not its share (广东教育强镇)', () => {
    expect(points(method, { answer: { missing: 2 } })).toBe('9.6');
    expect(points(method, { answer: { missing: [1] } })).toBe('9.8');
    expect(words(method, { answer: { missing: [1, 3] } })).toEqual(['缺：一；三', '3 项中缺 2 项，各扣 0.2 分']);
  });
  it('never falls below its floor', () =>
    expect(points({ ...method, cost: 4 }, { answer: { missing: [1, 2, 3] } })).toBe('0'));
  it('an element with a condition is computed', () => {
    expect(points(method, { answer: { missing: [] }, facts: { '事实:甲': 0 } })).toBe('9.8');
    expect(points(method, { facts: { '事实:甲': 0 } })).toBe('9.4–9.8');
  });
  it('an element of which nobody has said whether it applies is open, and not missing', () => {
    const elements = [{ text: '一' }, { text: '二', formula: '事实:甲 > 0', applies: '事实:乙 > 0' }];
    const one: Method = { ...method, elements: [elements[1]!] };
    expect(points(one, { facts: { '事实:甲': 0 } })).toBe('9.8–10');
    expect(points(one, { facts: { '事实:甲': 0, '事实:乙': 1 } })).toBe('9.8');
    expect(points(one, { facts: { '事实:甲': 0, '事实:乙': 0 } })).toBe('不适用');
    // Whoever lists it as missing has said that it is asked of the subject.
    expect(points({ ...method, elements }, { answer: { missing: [2] } })).toBe('9.8');
  });
  it('an element that does not apply is not missing', () => {
    const elements = [{ text: '一' }, { text: '二', applies: '岗位 = "书记"' }];
    expect(points({ ...method, elements }, { answer: { missing: [2] }, facts: { 岗位: '县长' } })).toBe('10');
    expect(points({ ...method, elements }, { answer: { missing: [2] }, facts: { 岗位: '书记' } })).toBe('9.8');
  });
});

describe('deduction', () => {
  const method: Method = {
    kind: 'deduction',
    start: 'full',
    floor: 0,
    items: [
      { text: '每起', cost: 1.5 },
      { text: '每人', cost: 0.2, cap: 1 },
    ],
  };
  it('each occurrence costs, an item at most its cap (每项最多扣)', () => {
    expect(points(method, { answer: { occurrences: { '1': 2, '2': 3 } } })).toBe('6.4');
    expect(points(method, { answer: { occurrences: { '2': 40 } } })).toBe('9');
    expect(points(method, { answer: { occurrences: 0 } })).toBe('10');
  });
  it('扣完为止', () => {
    expect(points(method, { answer: { occurrences: { '1': 20 } } })).toBe('0');
    expect(words(method, { answer: { occurrences: { '1': 20 } } }).at(-1)).toBe('10 − 30，扣完为止');
  });
  it('−2 per 0.1 percentage point begun beyond the line (四川)', () => {
    const per = { from: 1, step: 0.1, better: 'low', count: 'begun' } as const;
    const steps: Method = { kind: 'deduction', start: 'full', floor: 0, items: [{ text: '辍学率', cost: 2, per }] };
    expect([1, 1.1, 1.11, 3].map((value) => points(steps, { answer: { value } }))).toEqual(['10', '8', '6', '0']);
    const full: Method = { ...steps, items: [{ text: '辍学率', cost: 2, per: { ...per, count: 'full' } }] };
    expect(points(full, { answer: { value: 1.19 } })).toBe('8');
    const proportional: Method = {
      ...steps,
      items: [{ text: '辍学率', cost: 2, per: { ...per, count: 'proportional' } }],
    };
    expect(points(proportional, { answer: { value: 1.15 } })).toBe('7');
  });
  it('a cost that is a range leaves a range', () => {
    const range: Method = { ...method, items: [{ text: '酌情', cost: { from: 0.5, to: 2 } }] };
    expect(points(range, { answer: { occurrences: 1 } })).toBe('8–9.5');
  });
  it('is doubled where a condition holds (缺项扣分加倍)', () => {
    const doubled: Method = { ...method, factorIf: [{ when: '事实:甲 > 0', factor: 2 }] };
    expect(points(doubled, { answer: { occurrences: { '1': 1 } }, facts: { '事实:甲': 1 } })).toBe('7');
    expect(points(doubled, { answer: { occurrences: { '1': 1 } }, facts: { '事实:甲': 0 } })).toBe('8.5');
  });
  it('says what its doubling rests on and nobody has said; where nothing is taken it rests on nothing', () => {
    const doubled: Method = { ...method, factorIf: [{ when: '事实:甲 > 0', factor: 2 }] };
    const openOf = (times: number) =>
      score(leafOf(doubled), { C1: { occurrences: { '1': times } } }).leaves.map(({ open }) => open);
    expect(openOf(1)).toEqual([['事实:甲']]);
    expect(openOf(0)).toEqual([undefined]);
  });
});

describe('years', () => {
  const rises: Method = { kind: 'years', rule: 'increase', span: 3, pointsByYearsMet: [0, 2, 5, 10] };
  it('three years each above the last need four figures (每年提高)', () => {
    expect(points(rises, { answer: { series: [1, 2, 3, 4] } })).toBe('10');
    expect(points(rises, { answer: { series: [1, 2, 2, 3] } })).toBe('5');
    expect(points({ ...rises, rule: 'notDecrease' }, { answer: { series: [1, 2, 2, 3] } })).toBe('10');
    expect(points({ ...rises, rule: 'notIncrease' }, { answer: { series: [3, 2, 2, 3] } })).toBe('5');
  });
  it('a short series is open and fails nobody', () =>
    expect(points(rises, { answer: { series: [1, 2, 3] } })).toBe('5–10'));
  it('reads the years before from facts', () =>
    expect(points(rises, { leaf: { formula: '事实:甲' }, facts: { '事实:甲': [4, 3, 5, 1] } })).toBe('5'));
  it('没有的学段不计: what does not apply is left out of 最小', () => {
    const method: Method = {
      kind: 'years',
      rule: 'nonNegative',
      span: 3,
      pointsByYearsMet: [0, 2, 4, 10],
      skipNotApplicable: true,
    };
    const leaf = { formula: '最小(事实:甲, 事实:乙)' };
    const none = missing('not-applicable');
    expect(points(method, { leaf, facts: { '事实:甲': [1, 0, -1], '事实:乙': [none, none, none] } })).toBe('4');
    expect(points(method, { leaf, facts: { '事实:甲': [1, 0, 1], '事实:乙': [1, null, 1] } })).toBe('4–10');
    expect(points(method, { leaf, facts: { '事实:甲': [none, none, none], '事实:乙': [none, none, none] } })).toBe(
      '不适用',
    );
  });
  it('任职不满三年的按实际年度计，满分不变', () => {
    const method: Method = {
      kind: 'years',
      rule: 'nonNegative',
      span: 3,
      pointsByYearsMet: [0, 2, 4, 10],
      spanBy: 'tenure',
    };
    expect(points(method, { answer: { series: [-1, 1, 1] }, context: { tenureMonths: 24 } })).toBe('10');
    expect(points(method, { answer: { series: [-1, 1, 1] }, context: { tenureMonths: 40 } })).toBe('4');
  });
});

describe('bonus', () => {
  it('同一成果按最高级计一次, and no more than its cap', () => {
    const method: Method = {
      kind: 'bonus',
      items: [
        { text: '国家级', points: 2, highestOnly: true },
        { text: '省级', points: 1.5, highestOnly: true },
        { text: '论文', points: 1 },
      ],
      cap: 4,
    };
    const about = { leaf: { points: 0 }, edition: { bonus: { cap: null, beyondMax: true } } };
    expect(points(method, { ...about, answer: { occurrences: { '1': 1, '2': 3 } } })).toBe('2');
    expect(points(method, { ...about, answer: { occurrences: { '2': 1, '3': 2 } } })).toBe('3.5');
    expect(points(method, { ...about, answer: { occurrences: { '1': 1, '3': 9 } } })).toBe('4');
  });
});
