import { describe, expect, it } from 'vitest';
import type { Method } from '#domain/framework/edition.ts';
import { smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { documentOf } from './documents.ts';
import {
  byTotal,
  conclusionOf,
  judged,
  leaf,
  numbers,
  pointsOf,
  row,
  table,
  totalAlone,
  totalOf,
} from './rule-edition.ts';

describe(documentOf('fj-management-standard-school'), () => {
  const duties = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6'];
  const conditions = ['一', '二', '三', '四', '五', '六'].map((name) => `事实:前置条件${name}不符合`);
  const prepared = smallEdition(
    duties.flatMap((code, at) => [
      { code, points: 10 * (at + 1), title: `管理职责${at + 1}` },
      leaf(`${code}.1`, 10 * (at + 1), null, { parent: code }),
    ]),
    {
      facts: numbers(...conditions),
      preconditions: conditions.map((name) => ({ text: name, when: `${name} = 0`, otherwise: '不具备评估条件' })),
      conclusions: table(
        '结论',
        row('管理标准化学校', 'minRate(level1)>=0.85', 'layer(province).grade=合格'),
        row('待省级复核', 'minRate(level1)>=0.85'),
        row('未达到'),
      ),
    },
  );
  const answers = (rate: number) =>
    Object.fromEntries(duties.map((code, at) => [`${code}.1`, { points: at === 0 ? rate * 10 : 10 * (at + 1) }]));
  const met = Object.fromEntries(conditions.map((name) => [name, 0]));
  const context = { layers: { province: { grade: '合格' } } };

  it('each of the six duties reaches 85 %, whatever the total is', () => {
    expect(conclusionOf(prepared, { answers: answers(0.85), facts: met, context })).toBe('管理标准化学校');
    expect(conclusionOf(prepared, { answers: answers(0.849), facts: met, context })).toBe('未达到');
  });

  it('one of the six preconditions missing ends it; without the provincial check it waits', () => {
    expect(conclusionOf(prepared, { answers: answers(1), facts: { ...met, [conditions[3]!]: 1 }, context })).toBe(
      '不具备评估条件',
    );
    const waiting = judged(prepared, { answers: answers(1), facts: met }).conclusions[0];
    expect(waiting).toMatchObject({ name: '待省级复核', open: ['省级结论'] });
  });
});

describe(documentOf('fj-standard-school-2009'), () => {
  it('80 is enough, and what lies below 80 is not', () => {
    const prepared = totalAlone({ conclusions: table('结论', row('标准化学校', 'total>=80'), row('未达到')) });
    expect([byTotal(prepared, 80), byTotal(prepared, 79.99)]).toEqual(['标准化学校', '未达到']);
  });
});

describe(documentOf('sports-2014'), () => {
  const facts = numbers('事实:未保证每天一小时锻炼', '事实:未开足体育课', '事实:体质健康优良率', '事实:测试不实');
  const rule = (code: string, when: string) => ({ code, text: when, when, lookBackYears: 1 });
  const prepared = smallEdition([leaf('C1', 100), leaf('J1', 0, { kind: 'bonus', items: [], cap: null })], {
    max: 100,
    bonus: { cap: null, beyondMax: true },
    facts,
    vetoes: [
      rule('V1', '事实:未保证每天一小时锻炼 > 0'),
      rule('V2', '事实:未开足体育课 > 0'),
      rule('V3', 'trend(事实:体质健康优良率)=down3'),
      rule('V4', '事实:测试不实 > 0'),
    ],
    conclusions: table(
      '等级',
      row('不合格', 'any veto'),
      row('优秀', 'base>=90'),
      row('良好', 'base>=75'),
      row('合格', 'base>=60'),
      row('不合格'),
    ),
  });

  it.each([
    [90, '优秀'],
    [89.9, '良好'],
    [75, '良好'],
    [74.9, '合格'],
    [60, '合格'],
    [59.9, '不合格'],
  ])(
    '%d is %s; the bonus of unknown size leaves the grade alone and the total without an upper end',
    (points, grade) => {
      const result = judged(prepared, { answers: { C1: { points } } });
      expect(result.conclusions[0]!.name).toBe(grade);
      expect(result.provisional).toMatchObject({ to: null, unanswered: ['J1'] });
    },
  );

  it('fitness that falls three years in a row fails', () => {
    const facts = { '事实:体质健康优良率': [41, 42.5, 43, 44] };
    expect(conclusionOf(prepared, { answers: { C1: { points: 95 } }, facts })).toBe('不合格');
  });
});

describe(documentOf('preschool-shenyang-2021'), () => {
  const grades: Method = {
    kind: 'choice',
    options: ['合格', '基本合格', '不合格'].map((grade) => ({ key: grade, text: grade, grade })),
  };
  const codes = Array.from({ length: 36 }, (_, at) => String(at + 1));
  const level = (name: string, good: number, fair: number) =>
    row(name, `count("合格")>=${good}`, `count("基本合格")<=${fair}`, 'count("不合格")=0');
  const prepared = smallEdition(
    codes.map((code) => leaf(code, 'none', grades)),
    {
      rollUp: { rule: 'counts' },
      conclusions: table('水平', level('创优', 33, 3), level('提高', 31, 5), level('巩固', 29, 7), row('未达到')),
    },
  );
  const score = (good: number, fair: number, failed = 0, open = 0) => {
    const given = [
      ...Array.from({ length: good }, () => '合格'),
      ...Array.from({ length: fair }, () => '基本合格'),
      ...Array.from({ length: failed }, () => '不合格'),
    ];
    expect(given.length + open).toBe(36);
    return conclusionOf(prepared, {
      answers: Object.fromEntries(given.map((option, at) => [codes[at]!, { option }])),
    });
  };

  it('the highest level whose counts hold, and any 不合格 fails', () => {
    expect(score(33, 3)).toBe('创优');
    expect(score(32, 4)).toBe('提高');
    expect(score(31, 5)).toBe('提高');
    expect(score(30, 6)).toBe('巩固');
    expect(score(29, 7)).toBe('巩固');
    expect(score(28, 8)).toBe('未达到');
    expect(score(35, 0, 1)).toBe('未达到');
  });

  it('with two items open the level is not yet known', () => {
    expect(score(31, 3, 0, 2)).toBe('未定');
  });
});

describe(documentOf('henan-2021'), () => {
  const prepared = (least: number) =>
    smallEdition([leaf('1', 'none', { kind: 'threshold', compare: '>=', value: least, unmet: 0 })], {
      rollUp: { rule: 'all' },
      conclusions: table('结论', row('达到', 'verdict(1)'), row('未达到')),
    });

  it('a province may ask for 90 where the nation asks for 85: its own edition with its own value', () => {
    const given = { answers: { '1': { value: 87.5 } } };
    expect([conclusionOf(prepared(85), given), conclusionOf(prepared(90), given)]).toEqual(['达到', '未达到']);
  });
});

describe(documentOf('kindergarten-beijing'), () => {
  const prepared = smallEdition(
    [
      leaf('条件', 100, null, { weight: 3 }),
      leaf('过程', 100, null, { weight: 5 }),
      leaf('结果', 100, null, { weight: 2 }),
    ],
    { max: 100, rollUp: { rule: 'weighted', weights: 'ratio' } },
  );

  it('条件基础 : 过程 : 结果 = 3 : 5 : 2', () => {
    const answers = { 条件: { points: 90 }, 过程: { points: 80 }, 结果: { points: 70 } };
    expect(totalOf(judged(prepared, { answers }))).toBe('81');
  });
});

describe(documentOf('kindergarten-hubei'), () => {
  const blocks = (weights: readonly number[]) =>
    smallEdition(
      weights.map((weight, at) => leaf(`A${at + 1}`, 100, null, { weight })),
      { max: 100, rollUp: { rule: 'weighted', weights: 'percent' } },
    );
  const answers = Object.fromEntries([92, 88, 95, 80, 85].map((points, at) => [`A${at + 1}`, { points }]));

  it('five blocks of 100 points, weighted as of 2009 and as of 2016', () => {
    expect(totalOf(judged(blocks([0.2, 0.25, 0.2, 0.2, 0.15]), { answers }))).toBe('88.15');
    expect(totalOf(judged(blocks([0.15, 0.2, 0.25, 0.25, 0.15]), { answers }))).toBe('87.9');
  });
});

describe(documentOf('coefficient-grades'), () => {
  const ladder: Method = {
    kind: 'ladder',
    levels: [
      { level: '优', share: 1 },
      { level: '良', share: 0.8 },
      { level: '合格', share: 0.6 },
      { level: '不合格', range: { from: 0, to: 0.59, of: 'share' } },
    ],
  };
  const prepared = smallEdition(
    [leaf('C1', 5, ladder), leaf('C2', 5, ladder, { must: { by: 'notOption', options: ['不合格'] } })],
    { conclusions: table('结论', row('示范园', 'total>=6', 'failedMust=0'), row('不是')) },
  );

  it('points × 1, 0.8, 0.6; the lowest grade takes a number in 0–0.59', () => {
    const points = (level: string) => pointsOf(judged(prepared, { answers: { C1: { level } } }), 'C1');
    expect(['优', '良', '合格'].map(points)).toEqual(['5', '4', '3']);
    expect(pointsOf(judged(prepared, { answers: { C1: { level: '不合格', points: 2.95 } } }), 'C1')).toBe('2.95');
    expect(() => judged(prepared, { answers: { C1: { level: '不合格', points: 2.96 } } })).toThrow('2.95');
  });

  it('a ★ item at the lowest grade fails at any total', () => {
    expect(conclusionOf(prepared, { answers: { C1: { level: '优' }, C2: { level: '合格' } } })).toBe('示范园');
    const failed = { C1: { level: '优' }, C2: { level: '不合格', points: 2.9 } };
    expect(conclusionOf(prepared, { answers: failed })).toBe('不是');
  });
});

describe(documentOf('jiangsu-star-school'), () => {
  const letters: Method = { kind: 'choice', options: ['A', 'B', 'C'].map((key) => ({ key, text: key, grade: key })) };
  const details = (parent: string) => [1, 2, 3].map((at) => leaf(`${parent}.${at}`, 'none', letters, { parent }));
  const prepared = smallEdition(
    [
      { code: '1', points: 'none', rollUp: { rule: 'letter' } },
      ...details('1'),
      { code: '2', points: 'none', rollUp: { rule: 'letter' } },
      ...details('2'),
    ],
    {
      rollUp: { rule: 'counts' },
      conclusions: table('星级', row('四星', 'count("A")=2'), row('三星', 'count("C")=0'), row('不晋级')),
    },
  );
  const answers = (first: string, second: string) =>
    Object.fromEntries(
      [first, second].flatMap((options, item) =>
        [...options].map((option, at) => [`${item + 1}.${at + 1}`, { option }] as const),
      ),
    );
  const gradesOf = (first: string, second: string) => {
    const { nodes } = judged(prepared, { answers: answers(first, second) });
    return nodes.map(({ grade }) => grade);
  };

  it('A if all details are A, C if any is C, else B; the stars come from the counts of items', () => {
    expect(gradesOf('AAA', 'AAB')).toEqual(['A', 'B']);
    expect(gradesOf('AAC', 'BBB')).toEqual(['C', 'B']);
    expect(conclusionOf(prepared, { answers: answers('AAA', 'AAA') })).toBe('四星');
    expect(conclusionOf(prepared, { answers: answers('AAA', 'ABB') })).toBe('三星');
    expect(conclusionOf(prepared, { answers: answers('AAA', 'AAC') })).toBe('不晋级');
  });
});

describe(documentOf('jinan-kindergarten'), () => {
  const prepared = smallEdition(
    [
      leaf('1', 10, {
        kind: 'choice',
        options: [
          { key: '符合', text: '均符合', points: 10 },
          { key: '一处不符', text: '一处不符合', points: 5 },
          { key: '不参评', text: '有危房', points: 0 },
        ],
      }),
      leaf('2', 10, {
        kind: 'bands',
        better: 'high',
        bands: [
          { at: 1.5, points: 10 },
          { at: 1.4, points: 9 },
          { at: 1.2, points: 8 },
          { at: 1, points: 7 },
        ],
        rest: 0,
      }),
    ],
    { conclusions: table('结论', row('不参评', 'option("1")="不参评"'), row('合格', 'total>=12'), row('不合格')) },
  );
  const score = (option: string, value: number) => judged(prepared, { answers: { '1': { option }, '2': { value } } });

  it('one failing part halves the leaf, a dangerous building ends the evaluation', () => {
    expect(pointsOf(score('一处不符', 1.5), '1')).toBe('5');
    expect(score('不参评', 1.5).conclusions[0]!.name).toBe('不参评');
  });

  it.each([
    [1.5, '10'],
    [1.49, '9'],
    [1.4, '9'],
    [1.39, '8'],
    [1.2, '8'],
    [1, '7'],
    [0.99, '0'],
  ])('%d m² for each child gives %s', (area, points) => {
    expect(pointsOf(score('符合', area), '2')).toBe(points);
  });
});

describe(documentOf('wuhan-quality-school'), () => {
  const prepared = totalAlone({
    facts: numbers('事实:重大安全事故', '事实:严重违规办学'),
    vetoes: [
      { code: 'V1', text: '重大安全事故', when: '事实:重大安全事故 > 0', lookBackYears: 1 },
      { code: 'V2', text: '严重违规办学', when: '事实:严重违规办学 > 0', lookBackYears: 1 },
    ],
    conclusions: [
      ...table('等次', row('不合格', 'any veto'), row('合格', 'total>=60'), row('不合格')),
      ...table('称号', row('不授予', 'any veto'), row('素质教育特色学校', 'total>=60'), row('不授予')),
    ],
  });

  it('one veto fails; who passes gets the title, so two conclusions stand side by side', () => {
    const names = (facts: Record<string, number>) =>
      judged(prepared, { answers: { C1: { points: 88 } }, facts }).conclusions.map(({ name, table }) => [table, name]);
    expect(names({})).toEqual([
      ['等次', '合格'],
      ['称号', '素质教育特色学校'],
    ]);
    expect(names({ '事实:重大安全事故': 1 })).toEqual([
      ['等次', '不合格'],
      ['称号', '不授予'],
    ]);
  });
});

describe(documentOf('shijiazhuang-senior'), () => {
  const prepared = smallEdition(
    [
      leaf('基础', 60),
      leaf('提高', 30),
      leaf('模范', 10),
      leaf('减分', 0, {
        kind: 'deduction',
        start: 'zero',
        floor: -10,
        items: [{ text: '违规一次', cost: 2 }],
      }),
    ],
    { max: 100 },
  );

  it('a block of deductions stands outside the tree and takes at most its cap', () => {
    const total = (occurrences: number) =>
      totalOf(
        judged(prepared, {
          answers: { 基础: { points: 55 }, 提高: { points: 25 }, 模范: { points: 8 }, 减分: { occurrences } },
        }),
      );
    expect([total(0), total(2), total(9)]).toEqual(['88', '84', '78']);
  });
});
