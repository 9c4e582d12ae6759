import { describe, expect, it } from 'vitest';
import { consecutiveYears } from '#domain/framework/conclude/consecutive-years.ts';
import { sampleCredibility, sampleCredibilityName } from '#domain/framework/conclude/layers.ts';
import { exact } from '#domain/kit/decimal.ts';
import { factsOf, figure, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { documentOf } from './documents.ts';
import {
  byTotal,
  conclusionOf,
  leaf,
  numbers,
  pointsOf,
  results,
  round,
  row,
  table,
  totalAlone,
} from './rule-edition.ts';

const points = (...all: number[]) => Object.fromEntries(all.map((one, at) => [`C${at + 1}`, { points: one }]));
const values = (code: string, of: Record<string, number>) =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, { answers: { [code]: { value } } }]));

describe(documentOf('gansu-2020'), () => {
  const prepared = totalAlone({
    facts: numbers('事实:明显不达标', '事实:群众举报集中', '事实:弄虚作假'),
    attributes: [{ name: '所属市' }],
    conclusions: table(
      '结论',
      row('不予认定', 'anyPeer(事实:明显不达标 > 0 或 事实:群众举报集中 > 0 或 事实:弄虚作假 > 0, 所属市)'),
      row('通过', 'total>=85'),
      row('不予认定'),
    ),
  });
  const county = (city: string, total: number, flag = {}) => ({
    answers: points(total),
    facts: { 所属市: city, '事实:明显不达标': 0, '事实:群众举报集中': 0, '事实:弄虚作假': 0, ...flag },
  });

  it('one county plainly below fails all of its city, and no other city', () => {
    expect(
      round(prepared, {
        甲县: county('一市', 95),
        乙县: county('一市', 90, { '事实:弄虚作假': 1 }),
        丙县: county('二市', 85),
      }),
    ).toEqual({ 甲县: '不予认定', 乙县: '不予认定', 丙县: '通过' });
  });
});

describe(documentOf('preschool-national-2020'), () => {
  const prepared = totalAlone({
    facts: numbers('事实:明显不达标'),
    conclusions: table('结论', row('终止本年度认定', 'anyPeer(事实:明显不达标 > 0)'), row('认定')),
  });

  it("any drawn county plainly below ends the province's recognition of the year", () => {
    const county = (flag: number) => ({ answers: points(90), facts: { '事实:明显不达标': flag } });
    expect(round(prepared, { 甲县: county(0), 乙县: county(0) })).toEqual({ 甲县: '认定', 乙县: '认定' });
    expect(round(prepared, { 甲县: county(0), 乙县: county(1) })).toEqual({
      甲县: '终止本年度认定',
      乙县: '终止本年度认定',
    });
  });
});

describe(documentOf('zhoushan-2007'), () => {
  const ranks = { better: 'high', rule: 'rank', beyond: 'last', ties: 'best' } as const;
  const prepared = smallEdition([
    leaf('Z1', 10, { kind: 'relative', ...ranks, points: [10, 8, 6, 4] }),
    leaf('Z2', 10, { kind: 'relative', ...ranks, points: [8, 6, 4], full: { compare: '>=', against: 'mean' } }),
    leaf('Z3', 10, { kind: 'relative', ...ranks, points: [8, 6, 4, 2], full: { compare: '>=', against: 85 } }),
  ]);
  const of = (code: string, given: Record<string, number>) =>
    [...results(prepared, values(code, given)).values()].map((result) => pointsOf(result, code));

  it('the rank gives 10, 8, 6, 4; two on one rank get the better points and the next rank is skipped', () => {
    expect(of('Z1', { 定海: 91, 普陀: 95, 岱山: 88, 嵊泗: 90 })).toEqual(['8', '10', '4', '6']);
    expect(of('Z1', { 定海: 95, 普陀: 95, 岱山: 88, 嵊泗: 90 })).toEqual(['10', '10', '4', '6']);
  });

  it('at or above the mean full, the rest ranked 8, 6, 4; 85 full, below it 8, 6, 4, 2', () => {
    expect(of('Z2', { 定海: 99, 普陀: 98, 岱山: 90, 嵊泗: 91 })).toEqual(['10', '10', '6', '8']);
    expect(of('Z3', { 定海: 85, 普陀: 84.9, 岱山: 70, 嵊泗: 80 })).toEqual(['10', '8', '4', '6']);
  });

  it('while one subject lacks its value, no rank is known', () => {
    const open = results(prepared, { ...values('Z1', { 定海: 91, 普陀: 95 }), 岱山: {} });
    for (const result of open.values()) expect(pointsOf(result, 'Z1')).toBe('…');
  });
});

describe(documentOf('district-org-2020s'), () => {
  const prepared = smallEdition([
    leaf('R', 60, {
      kind: 'relative',
      better: 'high',
      rule: 'rank',
      points: [60, 57, 54, 51, 48],
      beyond: 'last',
      ties: 'best',
    }),
    leaf('P', 6, { kind: 'relative', better: 'high', rule: 'proportion', points: [6], beyond: 'zero', ties: 'best' }),
  ]);

  it('ranks 1–5 give 60, 57, 54, 51, 48', () => {
    const all = results(prepared, values('R', { 一区: 5, 二区: 4, 三区: 3, 四区: 2, 五区: 1 }));
    expect([...all.values()].map((result) => pointsOf(result, 'R'))).toEqual(['60', '57', '54', '51', '48']);
  });

  it('the first gets 6 points, the others their proportion to it, exactly', () => {
    const all = results(prepared, values('P', { 一区: 9, 二区: 6, 三区: 4 }));
    expect([...all.values()].map((result) => pointsOf(result, 'P'))).toEqual(['6', '4', '2.666667']);
  });
});

describe(documentOf('shandong-2018'), () => {
  it('the credibility formula is not published: ours is a sample, and its name says so', () => {
    expect(sampleCredibilityName).toContain('自拟样本公式');
    const { factor, corrected } = sampleCredibility({
      ...{ self: exact(98), field: exact(93), result: exact(90), max: exact(100) },
    });
    expect([figure(factor), figure(corrected)]).toEqual(['0.95', '85.5']);
  });

  it('a self-score equal to the field check corrects nothing; one beyond all points leaves nothing', () => {
    const of = (self: number, field: number) =>
      figure(
        sampleCredibility({ self: exact(self), field: exact(field), result: exact(80), max: exact(100) }).corrected,
      );
    expect([of(90, 90), of(88, 90), of(100, 0)]).toEqual(['80', '78.4', '0']);
  });
});

describe(documentOf('guangdong-2018'), () => {
  const prepared = totalAlone({
    facts: numbers('事实:履职不到位'),
    downgrades: [{ code: 'D1', text: '上年问题未整改', when: '事实:履职不到位 > 0', lookBackYears: 2 }],
    conclusions: table('等次', row('优秀', 'total>=90', 'no downgrade'), row('良好', 'total>=80'), row('合格')),
  });

  it('every city and county every year: last year is one of the years that are looked at', () => {
    expect(byTotal(prepared, 95, { facts: { '事实:履职不到位': [0, 0, 1] } })).toBe('优秀');
    expect(byTotal(prepared, 95, { facts: { '事实:履职不到位': [0, 1, 0] } })).toBe('良好');
  });
});

describe(documentOf('hunan-two-inspections'), () => {
  const cutoffs = (name: string, good: number, pass: number) => [
    row('优秀', `class="${name}"`, `total>=${good}`),
    row('合格', `class="${name}"`, `total>=${pass}`),
    row('不合格', `class="${name}"`),
  ];
  const prepared = totalAlone({
    key: 'hunan',
    conclusions: table(
      '等次',
      ...cutoffs('一类', 92, 75),
      ...cutoffs('二类', 90, 70),
      ...cutoffs('三类', 88, 65),
      row('未分类'),
    ),
    actions: [
      { when: 'consecutive(优秀)>=2', does: '表彰' },
      { when: 'consecutive(不合格)=2', does: '黄牌警告' },
      { when: 'consecutive(不合格)>=3', does: '按不称职确定年度考核等次' },
    ],
  });

  it('each class of counties has its own cut-offs', () => {
    const grade = (of: string) => byTotal(prepared, 90, { context: { class: of } });
    expect([grade('一类'), grade('二类'), grade('三类')]).toEqual(['合格', '优秀', '优秀']);
    expect(conclusionOf(prepared, { answers: points(90) })).toBe('未分类');
  });

  it('consequences follow from years in a row, this one included', () => {
    const actions = (total: number, ...earlier: string[]) =>
      [
        ...results(prepared, {
          甲: {
            answers: points(total),
            context: { class: '三类', evaluations: { hunan: earlier.map((grade) => ({ grade })) } },
          },
        }).values(),
      ][0]!.actions;
    expect(actions(95, '优秀')).toEqual(['表彰']);
    expect(actions(95, '合格', '优秀')).toEqual([]);
    expect(actions(60, '不合格', '合格')).toEqual(['黄牌警告']);
    expect(actions(60, '不合格', '不合格')).toEqual(['按不称职确定年度考核等次']);
  });

  it('the years are bound to the person and not to the post', () => {
    const results = [
      { person: '张', year: 2002, grade: '不合格' },
      { person: '张', year: 2003, grade: '不合格' },
      { person: '张', year: 2004, grade: '不合格' },
      { person: '李', year: 2003, grade: '不合格' },
      { person: '李', year: 2004, grade: '合格' },
      { person: '王', year: 2002, grade: '不合格' },
      { person: '王', year: 2004, grade: '不合格' },
    ];
    expect([...consecutiveYears(results, '不合格')]).toEqual([
      ['张', 3],
      ['王', 1],
    ]);
  });
});

describe('a quota over a round', () => {
  const prepared = smallEdition(
    [
      { code: 'A1', points: 60 },
      leaf('C1', 60, null, { parent: 'A1' }),
      { code: 'A2', points: 40 },
      leaf('C2', 40, null, { parent: 'A2' }),
    ],
    {
      max: 100,
      subject: 'school',
      attributes: [{ name: '县' }],
      conclusions: [
        {
          ...table('等次', row('先进', 'total>=90', 'inQuota'), row('候补', 'total>=90'), row('一般'))[0]!,
          quota: { grade: '先进', limit: 0.5, by: ['县'], ties: [{ rate: 'A2' }, { leaf: 'C1' }] },
        },
      ],
    },
  );
  const school = (county: string, first: number, second: number) => ({
    answers: points(first, second),
    facts: factsOf({ 县: county }),
  });

  it('the share counts all of the group, rounded down, and the best candidates are within it', () => {
    expect(
      round(prepared, {
        甲: school('一县', 58, 39),
        乙: school('一县', 57, 38),
        丙: school('一县', 40, 30),
        丁: school('二县', 56, 35),
      }),
    ).toEqual({ 甲: '先进', 乙: '候补', 丙: '一般', 丁: '候补' });
  });

  it('what is open decides who is ahead: both stay open, and who is surely behind does not', () => {
    const one = smallEdition([leaf('C1', 90), leaf('C2', 10)], {
      max: 100,
      conclusions: [
        {
          ...table('等次', row('先进', 'total>=90', 'inQuota'), row('一般'))[0]!,
          quota: { grade: '先进', limit: 0.34, by: [], ties: [] },
        },
      ],
    });
    const given = (of: Record<string, number>) => ({
      answers: Object.fromEntries(Object.entries(of).map(([code, value]) => [code, { points: value }])),
    });
    const grades = (third: Record<string, number>) =>
      round(one, { 甲: given({ C1: 90 }), 乙: given({ C1: 90, C2: 5 }), 丙: given(third) });
    expect(grades({ C1: 80, C2: 5 })).toEqual({ 甲: '未定', 乙: '未定', 丙: '一般' });
    expect(grades({ C1: 90, C2: 10 }).乙).toBe('一般');
  });

  it('ties go by the nodes that the edition lists; equals at the line are left to a person, both named', () => {
    expect(round(prepared, { 甲: school('一县', 60, 35), 乙: school('一县', 57, 38) })).toEqual({
      甲: '候补',
      乙: '先进',
    });
    const equal = results(prepared, { 甲: school('一县', 57, 38), 乙: school('一县', 57, 38) });
    for (const { conclusions } of equal.values()) {
      expect(conclusions[0]).toMatchObject({ name: '候补', open: ['名额：甲、乙 并列，由督导机构决定'] });
    }
  });

  it('while one of the group is not scored, nobody has a place', () => {
    const open = results(prepared, {
      甲: school('一县', 60, 40),
      乙: { answers: { C1: { points: 57 } }, facts: { 县: '一县' } },
    });
    expect(open.get('甲')!.conclusions[0]).toMatchObject({ name: '候补', open: ['名额：乙 尚未评完'] });
    expect(open.get('乙')!.conclusions[0]!.name).toBe('未定');
  });

  it('one subject alone has no place; whoever knows it may say so', () => {
    const answers = points(58, 39);
    expect(conclusionOf(prepared, { answers })).toBe('候补');
    expect(conclusionOf(prepared, { answers, context: { inQuota: true } })).toBe('先进');
  });
});
