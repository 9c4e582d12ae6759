import { describe, expect, it } from 'vitest';
import type { Method } from '#domain/framework/edition.ts';
import { factsOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { documentOf } from './documents.ts';
import { byTotal, conclusionOf, judged, leaf, numbers, pointsOf, row, totalAlone, totalOf } from './rule-edition.ts';

describe(documentOf('gd-strong-county-2014'), () => {
  const prepared = smallEdition(
    [leaf('C1', 80), leaf('C2', 10, null, { must: { by: 'full' } }), leaf('C3', 10, null, { must: { by: 'full' } })],
    {
      max: 100,
      conclusions: [
        {
          name: '验收',
          rows: [
            row('通过验收', 'first', 'total>=85', 'failedMust=0'),
            row('通过复评', 'again', 'total>=90', 'failedMust=0'),
            row('不通过'),
          ],
        },
      ],
    },
  );
  const score = (base: number, must: number, occasion: 'first' | 'again') =>
    conclusionOf(prepared, {
      answers: { C1: { points: base }, C2: { points: must }, C3: { points: 10 } },
      context: { occasion },
    });

  it('85 passes the first time and 90 again, both included (以上含本数)', () => {
    expect([score(65, 10, 'first'), score(64.9, 10, 'first')]).toEqual(['通过验收', '不通过']);
    expect([score(70, 10, 'again'), score(69.9, 10, 'again')]).toEqual(['通过复评', '不通过']);
  });

  it('one must item below its points fails whatever the total is', () => {
    expect(score(80, 9.9, 'first')).toBe('不通过');
  });

  it('without the occasion the two cut-offs say different things, and nothing is concluded', () => {
    const answers = { C1: { points: 67 }, C2: { points: 10 }, C3: { points: 10 } };
    expect(judged(prepared, { answers }).conclusions[0]).toMatchObject({
      name: '未定',
      by: '首次申报为 通过验收，重新申报或复评为 不通过',
      open: ['申报次数（occasion）'],
    });
    const failed = { ...answers, C1: { points: 60 } };
    expect(judged(prepared, { answers: failed }).conclusions[0]).toMatchObject({ name: '不通过', open: [] });
  });

  it('逐年提高: each of the last three years is above the year before', () => {
    const years: Method = { kind: 'years', rule: 'increase', span: 3, pointsByYearsMet: [0, 0, 0, 10] };
    const rising = smallEdition([leaf('C1', 10, years)]);
    expect(totalOf(judged(rising, { answers: { C1: { series: [88, 89, 90, 91] } } }))).toBe('10');
    expect(totalOf(judged(rising, { answers: { C1: { series: [88, 89, 89, 91] } } }))).toBe('0');
  });
});

describe(documentOf('gd-strong-city-ops'), () => {
  const prepared = smallEdition([
    leaf('1.1.1', 2, { kind: 'elements', elements: [{ text: '要素一' }, { text: '要素二' }], cost: 0.2, floor: 0 }),
    leaf('1.1.2', 2, {
      kind: 'choice',
      options: [
        { key: '常委', text: '副书记、常委或常务副职分管', points: 2 },
        { key: '其他', text: '其他副职分管', points: 1.8 },
      ],
    }),
    leaf('1.1.3', 4, {
      kind: 'deduction',
      start: 'full',
      floor: 0,
      items: [{ text: '较多问题未研究决定', cost: 0.4 }],
    }),
    leaf('2.6.7', 2, { kind: 'threshold', compare: '>=', value: 97, unmet: 0 }),
  ]);

  it('a missing element costs 0.2 and not its own point; another deputy costs 0.2; undecided problems 0.4', () => {
    const result = judged(prepared, {
      answers: {
        '1.1.1': { missing: [2] },
        '1.1.2': { option: '其他' },
        '1.1.3': { occurrences: 1 },
        '2.6.7': { value: 97 },
      },
    });
    expect(['1.1.1', '1.1.2', '1.1.3', '2.6.7'].map((code) => pointsOf(result, code))).toEqual([
      '1.8',
      '1.8',
      '3.6',
      '2',
    ]);
    expect(totalOf(result)).toBe('9.2');
  });

  it('96.9 % of disabled children enrolled is not 97 %', () => {
    expect(pointsOf(judged(prepared, { answers: { '2.6.7': { value: 96.9 } } }), '2.6.7')).toBe('0');
  });
});

describe(documentOf('gd-city-2007'), () => {
  const prepared = smallEdition(
    [
      { code: 'A1', points: 150, title: '政府责任' },
      { code: 'B1', points: 70, parent: 'A1', title: '政策导向' },
      leaf(
        'C1',
        70,
        {
          kind: 'ladder',
          levels: [
            { level: 'A', range: { from: 0.85, to: 1, of: 'share' } },
            { level: 'B', range: { from: 0.6, to: 0.85, of: 'share' } },
          ],
        },
        { parent: 'B1' },
      ),
      leaf('C2', 80, null, { parent: 'A1' }),
    ],
    {
      conclusions: [
        {
          name: '等次',
          rows: [row('自评与他评相符', 'grade(C1)="A"', 'layer(self)-leaf(C1)<=10'), row('不符')],
        },
      ],
    },
  );

  it('a leaf carries a score and a grade, from both sides', () => {
    const others = judged(prepared, {
      answers: { C1: { level: 'A', points: 63 }, C2: { points: 71.5 } },
      context: { layers: { self: { total: 73, grade: 'A' } } },
    });
    expect(others.leaves[0]).toMatchObject({ code: 'C1', grade: 'A' });
    expect([pointsOf(others, 'C1'), pointsOf(others, 'A1')]).toEqual(['63', '134.5']);
    expect(others.conclusions[0]!.name).toBe('自评与他评相符');
    expect(judged(prepared, { answers: { C1: { level: 'B', points: 50 } } }).conclusions[0]!.name).toBe('不符');
  });
});

const fourGrades = [
  row('不合格', 'any veto'),
  row('优秀', 'total>=90', 'no cap', 'no downgrade'),
  row('合格', 'total>=90', 'any cap', 'any downgrade'),
  row('良好', 'total>=90'),
  row('良好', 'total>=80', 'no downgrade'),
  row('合格', 'total>=65', 'no downgrade'),
  row('合格', 'total>=80'),
  row('不合格'),
];

describe(documentOf('ningxia-2019'), () => {
  const rule = (code: string, text: string, when: string, lookBackYears = 1) => ({ code, text, when, lookBackYears });
  const prepared = totalAlone({
    subject: 'city',
    facts: numbers(
      '事实:校园安全事故数',
      '事实:弄虚作假数',
      '事实:体质健康优良率',
      '事实:D级危房面积',
      '事实:重大校园事故数',
      '事实:综合差异系数超限',
    ),
    downgrades: [
      rule('D1', '发生校园安全、社会安全或公共卫生事件', '事实:校园安全事故数 > 0'),
      rule('D2', '弄虚作假', '事实:弄虚作假数 > 0'),
      rule('D3', '学生体质健康水平连续三年下降', 'trend(事实:体质健康优良率)=down3', 3),
      rule('D4', '所辖县当年低于基本均衡差异系数标准', 'anyMember(事实:综合差异系数超限 > 0)'),
    ],
    caps: [
      rule('L1', '有人在D级危房中学习、工作或居住', '事实:D级危房面积 > 0'),
      rule('L2', '近两年发生重大校园安全事故', '事实:重大校园事故数 > 0', 2),
    ],
    conclusions: [{ name: '等次', rows: fourGrades }],
  });

  it.each([
    [90, '优秀'],
    [89.5, '良好'],
    [80, '良好'],
    [79.99, '合格'],
    [65, '合格'],
    [64.99, '不合格'],
  ])('the printed bands 80—89 and 65—79 are half-open by their lower ends: %d is %s', (total, grade) => {
    expect(byTotal(prepared, total)).toBe(grade);
  });

  it('several downgrades lower by one grade only; a cap holds at 良好', () => {
    expect(byTotal(prepared, 92, { facts: { '事实:校园安全事故数': 1 } })).toBe('良好');
    expect(byTotal(prepared, 92, { facts: { '事实:校园安全事故数': 1, '事实:弄虚作假数': 2 } })).toBe('良好');
    expect(byTotal(prepared, 85, { facts: { '事实:弄虚作假数': 1 } })).toBe('合格');
    expect(byTotal(prepared, 70, { facts: { '事实:弄虚作假数': 1 } })).toBe('不合格');
    expect(byTotal(prepared, 95, { facts: { '事实:D级危房面积': 20 } })).toBe('良好');
  });

  it('an accident of last year still caps, one of three years ago does not', () => {
    expect(byTotal(prepared, 95, { facts: { '事实:重大校园事故数': [0, 1, 0] } })).toBe('良好');
    expect(byTotal(prepared, 95, { facts: { '事实:重大校园事故数': [0, 0, 1] } })).toBe('优秀');
  });

  it('three years falling need four values; one year against it ends the trend', () => {
    const held = (values: (number | null)[]) =>
      judged(prepared, { answers: { C1: { points: 95 } }, facts: { '事实:体质健康优良率': values } }).downgrades[2]!
        .holds;
    expect(held([88, 89, 90, 91])).toBe(true);
    expect(held([88, 89, 89, 91])).toBe(false);
    expect(held([88, 89, 90, null])).toMatchObject({ fields: ['事实:体质健康优良率（前 3 年）'] });
  });

  it('one county below the coefficient lowers its city', () => {
    const counties = [{ '事实:综合差异系数超限': 0 }, { '事实:综合差异系数超限': 1 }];
    expect(byTotal(prepared, 92, { facts: factsOf({}, counties) })).toBe('良好');
    expect(byTotal(prepared, 92, { facts: factsOf({}, counties.slice(0, 1)) })).toBe('优秀');
  });
});

describe(documentOf('guizhou-2005'), () => {
  const facts = numbers(
    '事实:两基未按期通过',
    '事实:中职停办或未完成招生',
    '事实:新欠教师工资',
    '事实:截留挪用教育经费',
    '事实:重大安全事故',
  );
  const prepared = totalAlone({
    facts,
    vetoes: facts.map(({ name }, at) => ({ code: `V${at + 1}`, text: name, when: `${name} > 0`, lookBackYears: 1 })),
    conclusions: [{ name: '等次', rows: fourGrades }],
  });

  it.each(facts.map(({ name }) => name))('%s is below 合格 at any total', (name) => {
    expect(byTotal(prepared, 100, { facts: { [name]: 1 } })).toBe('不合格');
    expect(byTotal(prepared, 100, { facts: { [name]: 0 } })).toBe('优秀');
  });

  it('what nobody has said does not hold and is named', () => {
    const { conclusions } = judged(prepared, { answers: { C1: { points: 100 } }, facts: { '事实:新欠教师工资': 0 } });
    expect(conclusions[0]).toMatchObject({ name: '优秀' });
    expect(conclusions[0]!.open).toEqual(facts.map(({ name }) => name).filter((name) => name !== '事实:新欠教师工资'));
  });
});

describe(documentOf('nantong-2017'), () => {
  const fields = ['依法治教', '各类教育', '素质教育', '师资队伍', '经费投入'];
  const prepared = smallEdition(
    fields.flatMap((title, at) => [
      { code: `A${at + 1}`, points: 20, title },
      leaf(`C${at + 1}`, 20, null, { parent: `A${at + 1}` }),
    ]),
    {
      max: 100,
      conclusions: [
        {
          name: '短板',
          rows: [row('有短板', 'minRate(level1)<0.6'), row('无')],
        },
      ],
    },
  );

  it('five fields add up, and the weakest is found', () => {
    const answers = Object.fromEntries(fields.map((_, at) => [`C${at + 1}`, { points: 18 - at * 1.5 }]));
    const result = judged(prepared, { answers });
    expect(result.nodes.map(({ title }) => title)).toEqual(fields);
    expect(totalOf(result)).toBe('75');
    expect(result.conclusions[0]!.name).toBe('无');
    expect(conclusionOf(prepared, { answers: { ...answers, C5: { points: 11.99 } } })).toBe('有短板');
  });
});

describe(documentOf('basic-balance-guangdong'), () => {
  const prepared = smallEdition(
    [
      leaf('1', 'none', { kind: 'yesNo', yes: 1, no: 0 }, { title: '公办学校均达到省基本条件' }),
      leaf('2', 'none', { kind: 'threshold', compare: '<=', value: 0.65, unmet: 0 }, { title: '小学综合差异系数' }),
      leaf('3', 'none', { kind: 'threshold', compare: '>=', value: 85, unmet: 0 }, { title: '政府工作得分' }),
      leaf('4', 'none', { kind: 'threshold', compare: '>=', value: 85, unmet: 0 }, { title: '公众满意度' }),
    ],
    {
      rollUp: { rule: 'all' },
      conclusions: [
        {
          name: '结论',
          rows: [row('通过', 'verdict(1)', 'verdict(2)', 'verdict(3)', 'verdict(4)'), row('不通过')],
        },
      ],
    },
  );
  const score = (met: boolean, cv: number, work: number, satisfied: number) =>
    conclusionOf(prepared, {
      answers: { '1': { met }, '2': { value: cv }, '3': { value: work }, '4': { value: satisfied } },
    });

  it('all four hold, each with its limit included', () => {
    expect(score(true, 0.65, 85, 85)).toBe('通过');
    expect(score(true, 0.651, 100, 100)).toBe('不通过');
    expect(score(true, 0.3, 84.9, 100)).toBe('不通过');
    expect(score(true, 0.3, 100, 84.9)).toBe('不通过');
    expect(score(false, 0.3, 100, 100)).toBe('不通过');
  });

  it('with one item unknown the whole is not green', () => {
    expect(conclusionOf(prepared, { answers: { '1': { met: true }, '2': { value: 0.6 }, '3': { value: 90 } } })).toBe(
      '未定',
    );
  });
});
