import { describe, expect, it } from 'vitest';
import {
  factsOf,
  figure,
  leafOf,
  leafPoints as points,
  score,
  leafWords as words,
} from '#test/reference/frameworks/small-edition.ts';
import type { Answer } from '../../answer.ts';
import type { Adjust, Indicator, Method } from '../../edition.ts';

describe('ladder', () => {
  const method: Method = {
    kind: 'ladder',
    levels: [
      { level: 'A', share: 1 },
      { level: 'B', share: 0.8 },
      { level: 'C', share: 0.6 },
      { level: 'D', range: { from: 0, to: 0.59, of: 'share' } },
    ],
  };
  it.each<[string, Answer | undefined, string]>([
    ['points × share', { level: 'B' }, '8'],
    ['the lowest level takes a free figure within 0–0.59 (系数法)', { level: 'D', points: 5.9 }, '5.9'],
    ['a free level without its figure lies in its range', { level: 'D' }, '0–5.9'],
    ['nobody has chosen', undefined, '0–10'],
  ])('%s', (_, answer, wanted) => expect(points(method, answer ? { answer } : {})).toBe(wanted));
});

describe('choice and yesNo', () => {
  const choice: Method = {
    kind: 'choice',
    options: [
      { key: 'A', text: '省级', points: 10 },
      { key: 'B', text: '市级', points: 4 },
    ],
    notApplicable: true,
  };
  it('an option gives its points', () => expect(points(choice, { answer: { option: 'B' } })).toBe('4'));
  it('the best option is met, another is not', () => {
    const met = (option: string) => score(leafOf(choice), { C1: { option } }).leaves[0]!.verdict;
    expect([met('A'), met('B')]).toEqual([true, false]);
  });
  it('不适用 is an answer', () => expect(points(choice, { answer: { notApplicable: true } })).toBe('不适用'));
  it('yes and no, by a person and by a condition over facts', () => {
    const method: Method = { kind: 'yesNo', yes: 10, no: 1 };
    expect(points(method, { answer: { met: false } })).toBe('1');
    const leaf = { formula: '事实:甲 > 1' };
    expect(points(method, { leaf, facts: { '事实:甲': 2 } })).toBe('10');
    expect(points(method, { leaf })).toBe('1–10');
  });
});

describe('bands', () => {
  const high: Method = {
    kind: 'bands',
    better: 'high',
    bands: [
      { at: 95, points: 10 },
      { at: 90, points: 7.5 },
    ],
    rest: 1,
  };
  it.each([
    [95, '10'],
    [94.99999999999, '7.5'],
    [90, '7.5'],
    [89.9, '1'],
  ])('high is better: %s gives %s (以上含本数)', (value, wanted) =>
    expect(points(high, { answer: { value } })).toBe(wanted),
  );

  it('low is better: at the figure is still in the band', () => {
    const low: Method = {
      kind: 'bands',
      better: 'low',
      bands: [
        { at: 0.15, points: 10 },
        { at: 0.2, points: 5 },
      ],
      rest: 0,
    };
    expect([0.15, 0.150001, 0.3].map((value) => points(low, { answer: { value } }))).toEqual(['10', '5', '0']);
  });

  it('a share that comes with part and whole is compared as that fraction', () => {
    const third: Method = { kind: 'bands', better: 'high', bands: [{ at: 1, points: 10 }], rest: 0 };
    const leaf = { formula: '事实:甲 * 3' };
    const share = 0.3333333333333333;
    expect(points(third, { leaf, facts: { '事实:甲': { value: share, of: [1, 3], source: '' } } })).toBe('10');
    expect(points(third, { leaf, facts: { '事实:甲': share } })).toBe('0');
  });

  it('each year against its target, weighted (学前教育行动计划)', () => {
    const byYear = {
      years: ['第一年', '第二年'],
      targets: { 第一年: 80, 第二年: null },
      weights: { 第一年: 0.4, 第二年: 0.6 },
      measure: 'actual-target',
    } as const;
    const method: Method = {
      kind: 'bands',
      better: 'high',
      bands: [
        { at: 0, points: 10 },
        { at: -3, points: 5 },
      ],
      rest: 0,
      byYear,
    };
    // 80 against 80 is met; the second year's figure is the measure itself, its target being unknown to the edition.
    expect(points(method, { answer: { series: [80, -2] } })).toBe('7');
    expect(points(method, { answer: { series: [80, null] } })).toBe('4–10');
    const leaf = { formula: '事实:甲 - 事实:乙' };
    expect(points(method, { leaf, facts: { '事实:甲': [90, 80], '事实:乙': [92, 80] } })).toBe('7');
  });
});

describe('a count over the schools of a county', () => {
  const method: Method = { kind: 'threshold', compare: '=', value: 0, unmet: 0 };
  const edition = leafOf(method, { formula: '计数(在校生数 > 55)' }, {}, [{ name: '在校生数', type: 'number' }]);
  const counted = (...pupils: number[]) =>
    score(
      edition,
      {},
      {
        facts: factsOf(
          {},
          pupils.map((one) => ({ 在校生数: one })),
        ),
      },
    ).leaves[0]!;
  it('is known over schools alone: without any it is open and not 0', () => {
    expect([counted(40, 50), counted(40, 56)].map((leaf) => figure(leaf.points))).toEqual(['10', '0']);
    expect([counted().state, counted().most && figure(counted().most)]).toEqual(['unanswered', '10']);
  });
});

describe('linear', () => {
  const method: Method = { kind: 'linear', floor: 60, target: 90, below: 0 };
  it.each([
    [60, '0'],
    [59, '0'],
    [75, '5'],
    [90, '10'],
    [120, '10'],
    [70, '3.333333'],
  ])('%s gives %s', (value, wanted) => expect(points(method, { answer: { value } })).toBe(wanted));
  it('beneath the floor stands what the document says', () => {
    expect(points({ ...method, below: 2 }, { answer: { value: 59.9 } })).toBe('2');
    expect(points({ ...method, below: 2 }, { answer: { value: 60 } })).toBe('0');
  });
  it('falls where the target lies below the floor', () =>
    expect(points({ kind: 'linear', floor: 10, target: 5, below: 0 }, { answer: { value: 6 } })).toBe('8'));
});

describe('threshold', () => {
  const at: Method = { kind: 'threshold', compare: '>=', value: 85, unmet: 2 };
  it('at the figure it is met where the data say so', () => {
    expect(points(at, { answer: { value: 85 } })).toBe('10');
    expect(points({ ...at, compare: '>' }, { answer: { value: 85 } })).toBe('2');
    expect(points(at, { answer: { met: false } })).toBe('2');
    expect(points(at, {})).toBe('2–10');
  });
  it('an ordinal scale is compared by its places (体育、心理 Ⅲ级以上)', () => {
    const scale: Method = {
      kind: 'threshold',
      compare: '>=',
      value: 'Ⅲ级',
      scale: ['Ⅰ级', 'Ⅱ级', 'Ⅲ级', 'Ⅳ级'],
      unmet: 0,
    };
    expect(points(scale, { answer: { value: 'Ⅳ级' } })).toBe('10');
    expect(points(scale, { answer: { value: 'Ⅱ级' } })).toBe('0');
  });
  it('parts are met together (小学 ≥ 4.2，初中 ≥ 5.3)', () => {
    const parts: Method = {
      kind: 'threshold',
      compare: '>=',
      value: 4.2,
      unmet: 0,
      parts: [
        { name: '小学', compare: '>=', value: 4.2 },
        { name: '初中', compare: '>=', value: 5.3 },
      ],
    };
    expect(points(parts, { answer: { parts: { 小学: 4.2, 初中: 5.3 } } })).toBe('10');
    expect(points(parts, { answer: { parts: { 小学: 4.1 } } })).toBe('0');
    expect(points(parts, { answer: { parts: { 小学: 4.2 } } })).toBe('0–10');
  });
});

describe('formula, result, survey, judgement', () => {
  it('points × the share that a formula gives, exactly', () => {
    const method: Method = { kind: 'formula', result: 'share', min: 0, max: 1 };
    const leaf = { formula: '事实:甲 / 事实:乙', points: 1.5 };
    expect(points(method, { leaf, facts: { '事实:甲': 2, '事实:乙': 3 } })).toBe('1');
    expect(points(method, { leaf, facts: { '事实:甲': 5, '事实:乙': 3 } })).toBe('1.5');
    expect(points(method, { leaf, facts: { '事实:甲': 5 } })).toBe('0–1.5');
  });
  it('the rate of another evaluation, between floor and target', () => {
    const method: Method = { kind: 'result', evaluation: 'other', measure: 'rate', linear: { floor: 60, target: 95 } };
    expect(points(method, { context: { evaluations: { other: [{ rate: 0.8125 }] } } })).toBe('6.071429');
    expect(points(method, { answer: { value: 95 } })).toBe('10');
    expect(points(method, { context: { evaluations: { other: [] } } })).toBe('不适用');
    expect(points(method, {})).toBe('0–10');
  });
  it('the grade of another evaluation, with a bonus for a rise', () => {
    const method: Method = {
      kind: 'result',
      evaluation: 'other',
      measure: 'grade',
      map: { 先进学校: 10, 培育学校: 6, 暂不认定: 2 },
      improved: { add: 3, max: 8 },
    };
    const of = (...grades: string[]) => ({ context: { evaluations: { other: grades.map((grade) => ({ grade })) } } });
    expect(points(method, of('培育学校'))).toBe('6');
    expect(points(method, of('培育学校', '暂不认定'))).toBe('8');
    expect(points(method, of('先进学校', '暂不认定'))).toBe('10');
  });
  it('a share of satisfied people, and the mean of the grades of many raters', () => {
    const share: Method = {
      kind: 'survey',
      survey: '满意度',
      measure: 'share',
      linear: { floor: 75, target: 90, below: 0 },
    };
    expect(points(share, { answer: { value: 80 } })).toBe('3.333333');
    expect(points(share, { facts: { 'survey.满意度.share': 90 } })).toBe('10');
    const few: Method = { ...share, minimumAnswers: { least: 600 } };
    expect(points(few, { facts: { 'survey.满意度.share': 90 } })).toBe('0–10');
    expect(points(few, { facts: { 'survey.满意度.share': 90, 'survey.满意度.answers': 599 } })).toBe('0–10');
    expect(points(few, { facts: { 'survey.满意度.share': 90, 'survey.满意度.answers': 600 } })).toBe('10');
    const some: Method = { ...share, minimumAnswers: { least: 1000, share: { of: '事实:甲', perThousand: 1.5 } } };
    const answered = (answers: number, of: number) =>
      points(some, { facts: { 'survey.满意度.share': 90, 'survey.满意度.answers': answers, '事实:甲': of } });
    expect([answered(1499, 1_000_000), answered(1500, 1_000_000), answered(999, 1)]).toEqual(['0–10', '10', '0–10']);
    // At least half of the answers are of parents: below it the figure says nothing, and what is not known is no share.
    const half: Method = { ...share, parentShare: 0.5, groups: ['教师', '幼儿家长'] };
    const sample = (answers: number, parents?: number) => ({
      ...{ 'survey.满意度.share': 90, 'survey.满意度.answers': answers },
      ...(parents === undefined ? {} : { 'survey.满意度.answers.幼儿家长': parents }),
    });
    expect([points(half, { facts: sample(700, 350) }), points(half, { facts: sample(700, 349) })]).toEqual([
      '10',
      '0–10',
    ]);
    expect(points(half, { facts: sample(700) })).toBe('0–10');
    expect(points(half, { answer: { value: 90 } })).toBe('10');
    expect(words(half, { facts: sample(700, 349) })).toEqual([
      '未定：满意度的有效样本（幼儿家长 349 份，占全部 700 份的不足 50%）',
    ]);
    const grades: Method = {
      kind: 'survey',
      survey: '受督学校评价',
      measure: 'mean',
      linear: { floor: 0, target: 100, below: 0 },
      grades: { 优秀: 95, 良好: 85, 合格: 70 },
    };
    expect(points(grades, { answer: { grades: { 优秀: 2, 合格: 1 } } })).toBe('8.666667');
  });
  it('a judgement is a person’s points', () => {
    const method: Method = { kind: 'judgement', step: 0.1, reasonBelow: 0.8 };
    expect(points(method, { answer: { points: 7.3 } })).toBe('7.3');
    expect(points(method, {})).toBe('0–10');
    expect(words(method, { answer: { points: 7.9 } })).toEqual(['评分', '低于 8 分，须写理由']);
  });
});

describe('notes that change what a method gives', () => {
  const method: Method = {
    kind: 'bands',
    better: 'high',
    bands: [
      { at: 4, points: 10 },
      { at: 2, points: 6 },
    ],
    rest: 0,
  };
  const adjust = (change: object): Partial<Indicator> => ({
    adjust: [{ when: '事实:甲 = 0', text: '附注', ...change } as Adjust],
  });
  it.each<[string, object, string]>([
    ['cap', { effect: 'cap', points: 3 }, '3'],
    ['take', { effect: 'take', points: 1 }, '9'],
    ['zero', { effect: 'zero' }, '0'],
    ['one band lower', { effect: 'lowerBand' }, '6'],
    ['times', { effect: 'times', factor: 0.5 }, '5'],
    ['add stays within the points of the leaf', { effect: 'add', points: 2 }, '10'],
  ])('%s', (_, change, wanted) => {
    const given = { leaf: adjust(change), answer: { value: 5 } };
    expect(points(method, { ...given, facts: { '事实:甲': 0 } })).toBe(wanted);
    expect(points(method, { ...given, facts: { '事实:甲': 1 } })).toBe('10');
  });
  it('a condition on a fact that nobody has said does not hold and is named', () => {
    const [leaf] = score(leafOf(method, adjust({ effect: 'zero' })), { C1: { value: 5 } }).leaves;
    expect([figure(leaf!.points), leaf!.open]).toEqual(['10', ['事实:甲']]);
  });
});
