import { describe, expect, it } from 'vitest';
import { sharesOf } from '#domain/framework/score/generated-leaves.ts';
import { exact, sum } from '#domain/kit/decimal.ts';
import { figure, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { documentOf } from './documents.ts';
import { judged, leaf, numbers, pointsOf, totalOf } from './rule-edition.ts';

describe(documentOf('gd-township'), () => {
  const blocks = { 规划与机制: 18, 改善办学条件: 33, 师资队伍建设: 18, 规范办学行为: 19, 办学成效: 12 };
  const elements = (count: number) => Array.from({ length: count }, (_, at) => ({ text: `要素${at + 1}` }));
  const prepared = smallEdition(
    Object.entries(blocks).map(([code, points]) =>
      leaf(code, points, { kind: 'elements', elements: elements(10), cost: 0.2, floor: 0 }),
    ),
    { max: 100 },
  );

  it('all elements met give full points, each unmet one costs 0.2', () => {
    const missing = (counts: readonly number[]) =>
      Object.fromEntries(Object.keys(blocks).map((code, at) => [code, { missing: counts[at]! }]));
    expect(totalOf(judged(prepared, { answers: missing([0, 0, 0, 0, 0]) }))).toBe('100');
    const result = judged(prepared, { answers: missing([1, 7, 5, 2, 1]) });
    expect(Object.keys(blocks).map((code) => pointsOf(result, code))).toEqual(['17.8', '31.6', '17', '18.6', '11.8']);
    expect(totalOf(result)).toBe('96.8');
  });
});

describe(documentOf('town-2008'), () => {
  const tier = (points: readonly number[]) => ({
    kind: 'choice' as const,
    options: points.map((one, at) => ({ key: '一二三四'[at]!, text: `第${at + 1}档`, points: one })),
  });
  const share = (problems: number) =>
    sharesOf(
      30,
      Array.from({ length: problems }, () => 1),
      2,
    );
  const prepared = smallEdition([
    leaf('A1', 15, tier([15, 10, 5, 0])),
    leaf('A2', 8, tier([8, 5, 3, 0])),
    { code: 'A3', points: 20 },
    leaf('A3.1', 5, { kind: 'yesNo', yes: 5, no: 0 }, { parent: 'A3', title: '印发文件' }),
    leaf('A3.2', 15, tier([15, 10, 5, 0]), { parent: 'A3', title: '落实情况' }),
  ]);

  it('tiers 15/10/5/0 and 8/5/3/0; a document issued gives 5 and its implementation up to 15', () => {
    const answers = { A1: { option: '二' }, A2: { option: '三' }, 'A3.1': { met: true }, 'A3.2': { option: '二' } };
    const result = judged(prepared, { answers });
    expect(['A1', 'A2', 'A3'].map((code) => pointsOf(result, code))).toEqual(['10', '3', '15']);
  });

  it('30 points are shared over the problems of last time, exactly', () => {
    expect(share(7)).toEqual([4.29, 4.29, 4.29, 4.29, 4.28, 4.28, 4.28]);
    for (const problems of [1, 3, 7, 11, 13, 29]) {
      expect(figure(sum(share(problems).map((one) => exact(one))))).toBe('30');
    }
    expect(share(0)).toEqual([]);
  });

  it('each problem is scored by its own share', () => {
    const town = smallEdition([
      { code: 'B2', points: 30, title: '督导整改' },
      ...share(7).map((points, at) =>
        leaf(`P${at + 1}`, points, { kind: 'yesNo', yes: points, no: 0 }, { parent: 'B2' }),
      ),
    ]);
    const answers = Object.fromEntries(share(7).map((_, at) => [`P${at + 1}`, { met: at !== 2 }]));
    expect(totalOf(judged(town, { answers }))).toBe('25.71');
  });
});

describe(documentOf('sichuan'), () => {
  const prepared = smallEdition(
    [
      leaf('c20', 10, {
        kind: 'deduction',
        start: 'full',
        floor: 0,
        items: [
          { text: '每低 0.1 个百分点扣 2 分', cost: 2, per: { from: 99, step: 0.1, better: 'high', count: 'begun' } },
        ],
      }),
      leaf('c21', 10, {
        kind: 'ladder',
        levels: [
          { level: '好', range: { from: 8, to: 10, of: 'points' } },
          { level: '一般', range: { from: 4, to: 7, of: 'points' } },
          { level: '较差', range: { from: 1, to: 3, of: 'points' } },
        ],
      }),
      leaf('c22', 10, { kind: 'yesNo', yes: 10, no: 0 }, { applies: '事实:常住人口 >= 300000' }),
    ],
    { max: 30, facts: numbers('事实:常住人口') },
  );
  const rate = (value: number) => pointsOf(judged(prepared, { answers: { c20: { value } } }), 'c20');

  it('2 points for each 0.1 percentage point below, until nothing is left (扣完为止)', () => {
    expect([rate(99), rate(98.9), rate(98.7), rate(98)]).toEqual(['10', '8', '4', '0']);
  });

  it('an expert chooses within the band of the level; all or nothing elsewhere', () => {
    const points = (level: string, given: number) =>
      pointsOf(judged(prepared, { answers: { c21: { level, points: given } } }), 'c21');
    expect([points('好', 8), points('一般', 6.5), points('较差', 1)]).toEqual(['8', '6.5', '1']);
    expect(() => points('好', 7.9)).toThrow('8 与 10');
  });

  it('a leaf for counties of 300,000 people does not count in a smaller one', () => {
    const answers = { c20: { value: 99 }, c21: { level: '好', points: 8 } };
    const result = judged(prepared, { answers, facts: { '事实:常住人口': 299999 } });
    expect(totalOf(result)).toBe('27');
    expect(
      totalOf(judged(prepared, { answers: { ...answers, c22: { met: false } }, facts: { '事实:常住人口': 300000 } })),
    ).toBe('18');
  });
});

describe(documentOf('abc-2023'), () => {
  const step = { kind: 'judgement', step: 0.1 } as const;
  const prepared = smallEdition(
    [
      { code: 'B1', points: 2, title: '党的领导' },
      leaf('C1', 1, step, { parent: 'B1', responsible: '县委教育工作领导小组' }),
      leaf('C2', 0.6, step, { parent: 'B1', responsible: '教育局' }),
      leaf('C3', 0.4, step, { parent: 'B1', responsible: '财政局' }),
    ],
    { max: 2 },
  );

  it('sub-points 1, 0.6, 0.4; an expert gives full or less in steps of 0.1', () => {
    const answers = { C1: { points: 0.9 }, C2: { points: 0.6 }, C3: { points: 0.3 } };
    expect(totalOf(judged(prepared, { answers }))).toBe('1.8');
    expect(() => judged(prepared, { answers: { C1: { points: 0.85 } } })).toThrow('0.1');
  });
});

describe(documentOf('office-supervision-2x'), () => {
  const prepared = smallEdition(
    [
      leaf('考核', 80, {
        kind: 'deduction',
        start: 'full',
        floor: 0,
        factorIf: [{ when: '事实:任务种类 = 1', factor: 2 }],
        items: [
          { text: '未报送报告', cost: 10 },
          { text: '内容空泛', cost: 5 },
          { text: '造成影响', cost: { from: 5, to: 10 } },
          { text: '缺席一次', cost: 5 },
        ],
      }),
      leaf('领导评价', 20),
    ],
    { max: 100, facts: numbers('事实:任务种类') },
  );
  const total = (kinds: number, occurrences: Record<string, number>) =>
    totalOf(
      judged(prepared, {
        answers: { 考核: { occurrences }, 领导评价: { points: 18 } },
        facts: { '事实:任务种类': kinds },
      }),
    );

  it('starts from 100: −10 for a missing report, −5 for each absence', () => {
    expect(total(2, {})).toBe('98');
    expect(total(2, { '1': 1, '4': 2 })).toBe('78');
  });

  it('a unit with only one of the two kinds of tasks has its deductions doubled', () => {
    expect(total(1, { '2': 1 })).toBe('88');
    expect(total(1, { '1': 1 })).toBe('78');
  });
});
