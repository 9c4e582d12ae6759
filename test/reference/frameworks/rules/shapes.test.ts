import { describe, expect, it } from 'vitest';
import { besideEachOther, overClaimIndex, severityIndex, trimmedMean } from '#domain/framework/conclude/layers.ts';
import { gradePoints, ratersTogether } from '#domain/framework/conclude/raters.ts';
import type { Indicator, Method } from '#domain/framework/edition.ts';
import { type Exact, exact } from '#domain/kit/decimal.ts';
import { figure, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { shapeOf } from './documents.ts';
import {
  byTotal,
  conclusionOf,
  judged,
  leaf,
  numbers,
  pointsOf,
  results,
  round,
  row,
  table,
  totalAlone,
  totalOf,
} from './rule-edition.ts';

/** One leaf of 10 points by a method. */
const alone = (method: Method, more: Partial<Indicator> = {}) =>
  smallEdition([leaf('C1', 10, method, more)], { max: 10 });

it(`${shapeOf(1)}: must items stand beside the score`, () => {
  const prepared = smallEdition([leaf('C1', 90), leaf('C2', 10, null, { must: { by: 'rate', least: 0.8 } })], {
    max: 100,
    conclusions: table('结论', row('通过', 'total>=85', 'mustRate>=0.8'), row('不通过')),
  });
  const score = (first: number, second: number) =>
    conclusionOf(prepared, { answers: { C1: { points: first }, C2: { points: second } } });
  expect([score(77, 8), score(90, 7.9)]).toEqual(['通过', '不通过']);
  // What does not apply to the subject is neither met nor failed.
  expect(conclusionOf(prepared, { answers: { C1: { points: 85 }, C2: { notApplicable: true } } })).toBe('通过');
});

it(`${shapeOf(2)}: the outcome comes from counts of grades, without any points`, () => {
  const grades: Method = { kind: 'choice', options: ['合格', '不合格'].map((key) => ({ key, text: key, grade: key })) };
  const prepared = smallEdition([leaf('1', 'none', grades), leaf('2', 'none', grades)], {
    rollUp: { rule: 'counts' },
    conclusions: table('结论', row('通过', 'count("合格")>=2'), row('不通过')),
  });
  const result = judged(prepared, { answers: { '1': { option: '合格' }, '2': { option: '合格' } } });
  expect(result.conclusions[0]!.name).toBe('通过');
  expect(result.total).toBeNull();
});

it(`${shapeOf(3)}: a missing element costs what the edition says and not its share`, () => {
  const elements: Method = {
    kind: 'elements',
    elements: ['甲', '乙', '丙'].map((text) => ({ text })),
    cost: 0.2,
    floor: 0,
  };
  expect(totalOf(judged(alone(elements), { answers: { C1: { missing: [1, 3] } } }))).toBe('9.6');
});

describe(`${shapeOf(4)}: deductions, tiers, steps`, () => {
  it('a deduction for each step ends at nothing', () => {
    const steps: Method = {
      kind: 'deduction',
      start: 'full',
      floor: 0,
      items: [{ text: '每低 0.1 扣 2', cost: 2, per: { from: 95, step: 0.1, better: 'high', count: 'full' } }],
    };
    const points = (value: number) => totalOf(judged(alone(steps), { answers: { C1: { value } } }));
    expect([points(95), points(94.85), points(94.5), points(90)]).toEqual(['10', '8', '0', '0']);
  });

  it('tiers, tables by value, and steps of 0.1 by an expert', () => {
    const bands: Method = {
      kind: 'bands',
      better: 'high',
      bands: [
        { at: 90, points: 10 },
        { at: 80, points: 5 },
      ],
      rest: 0,
    };
    const points = (value: number) => totalOf(judged(alone(bands), { answers: { C1: { value } } }));
    expect([points(90), points(89.99), points(80), points(79)]).toEqual(['10', '5', '5', '0']);
    const expert = alone({ kind: 'judgement', step: 0.1 });
    expect(totalOf(judged(expert, { answers: { C1: { points: 7.3 } } }))).toBe('7.3');
  });
});

it(`${shapeOf(5)}: points × coefficient, the lowest grade with a number of its own`, () => {
  const ladder: Method = {
    kind: 'ladder',
    levels: [
      { level: '良', share: 0.8 },
      { level: '不合格', range: { from: 0, to: 0.59, of: 'share' } },
    ],
  };
  expect(totalOf(judged(alone(ladder), { answers: { C1: { level: '良' } } }))).toBe('8');
  expect(totalOf(judged(alone(ladder), { answers: { C1: { level: '不合格', points: 4.2 } } }))).toBe('4.2');
  // Without its number the lowest grade can still take anything within its range.
  const open = judged(alone(ladder), { answers: { C1: { level: '不合格' } } });
  expect([figure(open.provisional?.from), figure(open.provisional?.to)]).toEqual(['0', '5.9']);
});

it(`${shapeOf(6)}: blocks of 100 points are weighted`, () => {
  const blocks = smallEdition([leaf('A', 100, null, { weight: 0.4 }), leaf('B', 100, null, { weight: 0.6 })], {
    max: 100,
    rollUp: { rule: 'weighted', weights: 'percent' },
  });
  expect(totalOf(judged(blocks, { answers: { A: { points: 90 }, B: { points: 85 } } }))).toBe('87');
});

it(`${shapeOf(7)}: a place among the others gives the points, final only when all are in`, () => {
  const ranked = alone({
    kind: 'relative',
    better: 'high',
    rule: 'rank',
    points: [10, 8],
    beyond: 'zero',
    ties: 'mean',
  });
  const of = (values: Record<string, number | null>) =>
    [
      ...results(
        ranked,
        Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, value === null ? {} : { answers: { C1: { value } } }]),
        ),
      ).values(),
    ].map((result) => pointsOf(result, 'C1'));
  expect(of({ 甲: 3, 乙: 2, 丙: 1 })).toEqual(['10', '8', '0']);
  expect(of({ 甲: 3, 乙: 3, 丙: 1 })).toEqual(['9', '9', '0']);
  expect(of({ 甲: 3, 乙: 2, 丙: null })).toEqual(['…', '…', '…']);
});

describe(`${shapeOf(8)}: what does not apply`, () => {
  const boarding = (notApplicable: 'rebase' | 'full' | 'zero') =>
    smallEdition([leaf('C1', 80), leaf('C2', 20, null, { applies: '事实:寄宿生数 > 0' })], {
      ...{ max: 100, notApplicable, facts: numbers('事实:寄宿生数') },
    });

  it('a leaf for boarding schools is shared out, counts full or counts nothing elsewhere', () => {
    const total = (way: 'rebase' | 'full' | 'zero') =>
      totalOf(judged(boarding(way), { answers: { C1: { points: 60 } }, facts: { '事实:寄宿生数': 0 } }));
    expect([total('rebase'), total('full'), total('zero')]).toEqual(['75', '80', '60']);
  });

  it('where one kind of task is missing the deductions are doubled (缺项换算)', () => {
    const doubled = smallEdition(
      [
        leaf('C1', 10, {
          kind: 'deduction',
          start: 'full',
          floor: 0,
          factorIf: [{ when: '事实:任务种类 = 1', factor: 2 }],
          items: [{ text: '迟报', cost: 1.5 }],
        }),
      ],
      { facts: numbers('事实:任务种类') },
    );
    const total = (kinds: number) =>
      totalOf(judged(doubled, { answers: { C1: { occurrences: 2 } }, facts: { '事实:任务种类': kinds } }));
    expect([total(2), total(1)]).toEqual(['7', '4']);
  });
});

it(`${shapeOf(9)}: leaves are made from the problems of last time, and none of them means that the branch does not apply`, () => {
  const town = smallEdition([leaf('C1', 70), { code: 'B2', points: 30 }, leaf('P1', 30, null, { parent: 'B2' })], {
    max: 100,
  });
  const none = judged(town, { answers: { C1: { points: 63 }, P1: { notApplicable: true } } });
  expect(totalOf(none)).toBe('90');
});

it(`${shapeOf(10)}: consequences beside the grade: fail, cap, downgrade by one, look-back, another evaluation`, () => {
  const rule = (code: string, when: string, lookBackYears = 1) => ({ code, text: when, when, lookBackYears });
  const prepared = totalAlone({
    facts: numbers('事实:否决', '事实:事故', '事实:优良率'),
    vetoes: [rule('V1', '事实:否决 > 0')],
    caps: [rule('L1', '事实:事故 > 0', 2), rule('L2', 'evaluation(basic-balance).grade=未达标')],
    downgrades: [rule('D1', 'trend(事实:优良率)=down3')],
    conclusions: table(
      '等次',
      row('不合格', 'any veto'),
      row('优秀', 'total>=90', 'no cap', 'no downgrade'),
      row('良好', 'total>=80', 'no downgrade'),
      row('合格', 'total>=60'),
      row('不合格'),
    ),
  });
  const grade = (facts: Record<string, number | number[]>, of = '达标') =>
    byTotal(prepared, 95, { facts, context: { evaluations: { 'basic-balance': [{ grade: of }] } } });
  expect(grade({})).toBe('优秀');
  expect(grade({ '事实:否决': 1 })).toBe('不合格');
  expect(grade({ '事实:事故': [0, 1] })).toBe('良好');
  expect(grade({ '事实:事故': [0, 0, 1] })).toBe('优秀');
  expect(grade({ '事实:优良率': [50, 51, 52, 53] })).toBe('合格');
  expect(grade({}, '未达标')).toBe('良好');
});

describe(`${shapeOf(11)}: scores of several people`, () => {
  const scores = (of: Record<string, number>) =>
    new Map<string, Exact>(Object.entries(of).map(([code, points]) => [code, exact(points)]));

  it('layers stand side by side with their differences', () => {
    const rows = besideEachOther(['C1', 'C2', 'C3'], scores({ C1: 10, C2: 8.5 }), scores({ C1: 9, C3: 4 }));
    expect(rows.map(({ code, difference }) => [code, figure(difference)])).toEqual([
      ['C1', '1'],
      ['C2', '…'],
      ['C3', '…'],
    ]);
  });

  it('the index of over-claim counts the leaves that both scored', () => {
    const maxima = scores({ C1: 10, C2: 10, C3: 20 });
    expect(figure(overClaimIndex(scores({ C1: 10, C2: 9, C3: 20 }), scores({ C1: 9, C2: 9.5 }), maxima))).toBe('0.025');
    expect(overClaimIndex(scores({ C1: 10 }), scores({}), maxima)).toBeNull();
  });

  it('the index of severity compares a reviewer with the others at the same leaves', () => {
    const review = (own: number, ...others: number[]) => ({
      own: exact(own),
      others: others.map(exact),
      max: exact(10),
    });
    expect(figure(severityIndex([review(7, 8, 9), review(6, 7)]))).toBe('0.125');
    expect(figure(severityIndex([review(9, 8)]))).toBe('-0.1');
    expect(severityIndex([review(9)])).toBeNull();
  });

  it('the self-score above the judged one by ten points is a condition', () => {
    const prepared = totalAlone({
      downgrades: [{ code: 'D3', text: '自评过高', when: 'layer(self)-layer(city)>=10', lookBackYears: 1 }],
      conclusions: table('等次', row('降档', 'any downgrade'), row('不降')),
    });
    const of = (self: number, city: number) =>
      byTotal(prepared, city, { context: { layers: { self: { total: self }, city: { total: city } } } });
    expect([of(95, 85), of(94.9, 85)]).toEqual(['降档', '不降']);
  });

  it('三府教督办〔2021〕28号: self 15 %, schools 25 %, office 60 %', () => {
    const total = ratersTogether(
      { self: 15, schools: 25, office: 60 },
      { self: [exact(96)], schools: [exact(90), exact(86)], office: [exact(91)] },
    );
    expect(figure(total)).toBe('91');
    expect(ratersTogether({ self: 15, office: 60 }, { self: [exact(96)] })).toBeNull();
  });

  it('三府教督办〔2021〕28号: a grade becomes the number that the office chose within its band, by position', () => {
    const bands = [
      { from: 90, points: 95 },
      { from: 80, points: 85 },
      { from: 60, points: 70 },
      { from: 0, points: 50 },
    ];
    expect(gradePoints(bands, 1)).toMatchObject({ chosenBy: null });
    expect(figure(gradePoints(bands, 1, { points: 89.5, by: '督导室' })?.points)).toBe('89.5');
    expect(gradePoints(bands, 1, { points: 90, by: '督导室' })).toBeNull();
    expect(gradePoints(bands, 1, { points: 79.9, by: '督导室' })).toBeNull();
    expect(gradePoints(bands, 4)).toBeNull();
  });

  it('a trimmed mean leaves out the highest and the lowest', () => {
    expect(figure(trimmedMean([90, 70, 82, 84].map(exact)))).toBe('83');
    expect(figure(trimmedMean([90, 70].map(exact)))).toBe('80');
    expect(trimmedMean([])).toBeNull();
  });
});

it(`${shapeOf(12)}: one subject of a group fails all of it`, () => {
  const prepared = totalAlone({ conclusions: table('结论', row('全部不通过', 'anyPeer(total<60)'), row('通过')) });
  const of = (first: number, second: number) =>
    round(prepared, { 甲: { answers: { C1: { points: first } } }, 乙: { answers: { C1: { points: second } } } });
  expect(of(90, 60)).toEqual({ 甲: '通过', 乙: '通过' });
  expect(of(90, 59.9)).toEqual({ 甲: '全部不通过', 乙: '全部不通过' });
});

it(`${shapeOf(13)}: years in a row count up to this one, and stay open where the earlier ones are not known`, () => {
  const prepared = totalAlone({
    key: 'yearly',
    conclusions: table('等次', row('优秀', 'total>=90'), row('合格')),
    actions: [{ when: 'consecutive(优秀)>=2', does: '表彰' }],
  });
  const actions = (context: object) => judged(prepared, { answers: { C1: { points: 95 } }, context }).actions;
  expect(actions({ evaluations: { yearly: [{ grade: '优秀' }] } })).toEqual(['表彰']);
  expect(actions({ evaluations: { yearly: [] } })).toEqual([]);
  expect(actions({})).toEqual([]);
});

it(`${shapeOf(14)}: a dated relaxation replaces a value while it lasts, where its condition holds`, () => {
  const prepared = smallEdition([leaf('1', 'none', { kind: 'threshold', compare: '<=', value: 2000, unmet: 0 })], {
    rollUp: { rule: 'all' },
    facts: numbers('事实:城区扩容'),
    conclusions: table('结论', row('达到', 'verdict(1)'), row('未达到')),
    relaxations: [
      {
        codes: ['1'],
        when: '事实:城区扩容 = 1',
        replace: { method: { kind: 'threshold', compare: '<=', value: 2400, unmet: 0 } },
        until: '2027-12-31',
        basis: '优质均衡督导评估工作规程',
        duty: '三年内建成新校',
      },
    ],
  });
  const given = (on: string, growing: number, relaxed = true) =>
    conclusionOf(prepared, {
      ...{ answers: { '1': { value: 2300 } }, facts: { '事实:城区扩容': growing }, context: { on }, relaxed },
    });
  expect(given('2026-11-30', 1)).toBe('达到');
  expect(given('2026-11-30', 0)).toBe('未达到');
  expect(given('2028-01-01', 1)).toBe('未达到');
  expect(given('2026-11-30', 1, false)).toBe('未达到');
});

describe(`${shapeOf(15)}: two kinds of survey numbers`, () => {
  it('a share of satisfied people and a mean of points are two words', () => {
    const facts = { 'survey.满意度.share': 84, 'survey.满意度.mean': 92 };
    const prepared = totalAlone({
      caps: [
        { code: 'L1', text: '满意比例低于85%', when: 'survey(满意度.share)<85', lookBackYears: 1 },
        { code: 'L2', text: '均分低于85', when: 'survey(满意度.mean)<85', lookBackYears: 1 },
      ],
    });
    const { caps } = judged(prepared, { answers: { C1: { points: 95 } }, facts });
    expect(caps.map(({ code, holds }) => [code, holds])).toEqual([
      ['L1', true],
      ['L2', false],
    ]);
  });

  it('a sample is at least 600 answers, and 1.5 ‰ of the people: with fewer the leaf stays open', () => {
    const asked: Method = {
      ...{ kind: 'survey', survey: '满意度', measure: 'share', linear: { floor: 60, target: 85, below: 0 } },
      minimumAnswers: { least: 600, share: { of: '事实:常住人口', perThousand: 1.5 } },
    };
    const prepared = smallEdition([leaf('C1', 10, asked)], { max: 10, facts: numbers('事实:常住人口') });
    const isOpen = (answers: number, people: number) =>
      judged(prepared, {
        facts: { 'survey.满意度.share': 85, 'survey.满意度.answers': answers, '事实:常住人口': people },
      }).provisional !== null;
    expect([isOpen(600, 400_000), isOpen(599, 100_000), isOpen(600, 400_001), isOpen(900, 600_000)]).toEqual([
      ...[false, true, true, false],
    ]);
  });
});

it.each([100, 500, 1000, 39])(`${shapeOf(16)}: a scale of %d, compared exactly`, (max) => {
  const prepared = totalAlone({ conclusions: table('结论', row('过线', `total>=${max * 0.9}`), row('未过线')) }, max);
  expect(byTotal(prepared, max * 0.9)).toBe('过线');
  expect(byTotal(prepared, Number((max * 0.9 - 0.01).toFixed(2)))).toBe('未过线');
  // Three thirds are one, and not 0.9999…: nothing is rounded on the way.
  const thirds = smallEdition(
    ['C1', 'C2', 'C3'].map((code) => leaf(code, 1, { kind: 'linear', floor: 0, target: 3, below: 0 })),
    { conclusions: table('结论', row('过线', 'total>=1'), row('未过线')) },
  );
  const answers = { C1: { value: 1 }, C2: { value: 1 }, C3: { value: 1 } };
  expect(conclusionOf(thirds, { answers })).toBe('过线');
});

it.each([
  [80, '良好'],
  [89.5, '良好'],
  [89.999, '良好'],
  [90, '优秀'],
])(`${shapeOf(17)}: printed 80—89 and 90: %d is %s`, (points, grade) => {
  const prepared = totalAlone({
    conclusions: table('等次', row('优秀', 'total>=90'), row('良好', '80<=total<90'), row('其他')),
  });
  expect(byTotal(prepared, points)).toBe(grade);
});
