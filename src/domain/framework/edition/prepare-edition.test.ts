import { describe, expect, it } from 'vitest';
import { isProblem } from '../../kit/problem.ts';
import type { FrameworkIssue } from '../../kit/problems/framework.ts';
import type { Edition, Indicator } from '../edition.ts';
import { prepareEdition } from './prepare-edition.ts';

const words = {
  fields: [
    { name: '在校生数', type: 'number' as const, unit: '人' },
    { name: '办学类型', type: 'text' as const },
  ],
  names: [
    { name: '事实:在园幼儿数', type: 'number' as const, unit: '人' },
    { name: '事实:毛入园率目标值', type: 'number' as const, unit: '%' },
    { name: '事实:适龄儿童数', type: 'number' as const, unit: '人' },
    { name: '均衡:基本均衡.小学.计算机.差异系数', type: 'number' as const, unit: '' },
  ],
};
const prepare = (json: unknown) => prepareEdition(json, { words, hash: (text) => `hash of ${text.length}` });

const indicator = (
  code: string,
  parent: string | null,
  points: Indicator['points'],
  rest: Partial<Indicator> = {},
) => ({
  code,
  parent,
  title: `指标${code}`,
  points,
  ...rest,
});

const edition = (change: Partial<Edition> = {}): Edition => ({
  key: 'example',
  title: '示例',
  edition: '1',
  authority: 'sample',
  documents: [],
  subject: 'county',
  notApplicable: 'rebase',
  max: 10,
  decimals: 2,
  indicators: [
    indicator('A', null, 6),
    indicator('A1', 'A', 4, { method: { kind: 'yesNo', yes: 4, no: 0 } }),
    indicator('A2', 'A', 2),
    indicator('B', null, 4),
  ],
  gaps: [],
  vetoes: [],
  caps: [],
  downgrades: [],
  conclusions: [],
  ...change,
});

function issuesOf(json: unknown): readonly FrameworkIssue[] {
  try {
    prepare(json);
  } catch (error) {
    if (!isProblem(error) || error.code !== 'framework.invalid') throw error;
    return (error.details as { issues: readonly FrameworkIssue[] }).issues;
  }
  return [];
}
const messages = (change: Partial<Edition>) =>
  issuesOf(edition(change)).map(({ code, message }) => `${code}：${message}`);
/** The example with other indicators under A, whose points are 6. */
const under = (...children: ReturnType<typeof indicator>[]): Partial<Edition> => ({
  indicators: [indicator('A', null, 6), ...children, indicator('B', null, 4)],
});

describe('a sound edition', () => {
  it('has its tree by places, its leaves and its hash, and nothing open', () => {
    const prepared = prepare(edition());
    expect(prepared.children.get(null)).toEqual([0, 3]);
    expect(prepared.children.get('A')).toEqual([1, 2]);
    expect(prepared.leaves.map(({ indicator: { code } }) => code)).toEqual(['A1', 'A2', 'B']);
    expect(prepared.hash).toMatch(/^hash of \d+$/);
    expect(prepared.open).toEqual([]);
  });

  it('has units in which every score is whole', () => {
    expect(prepare(edition()).units).toBe(60);
    const quarter = { method: { kind: 'elements', elements: [{ text: '一' }], cost: 0.25, floor: 0 } } as const;
    expect(prepare(edition(under(indicator('A1', 'A', 6, quarter)))).units).toBe(6000);
  });

  it('has its conditions read', () => {
    const conclusions = [
      { name: '等次', rows: JSON.parse('[{"when":["total>=9","no veto"],"then":"优秀"},{"when":[],"then":"其他"}]') },
    ];
    expect([...prepare(edition({ conclusions })).conditions.keys()]).toEqual(['total>=9', 'no veto']);
  });
});

describe('the tree', () => {
  it('has each code once, and each parent before its children', () => {
    expect(messages({ indicators: [indicator('A', null, 10), indicator('A', null, 10)] })).toEqual([
      'A：编号“A”重复，每项指标的编号只能用一次',
    ]);
    expect(messages({ indicators: [indicator('A1', 'A', 10), indicator('A', null, 10)] })).toEqual([
      'A1：上级指标“A”要排在它的下级之前',
    ]);
    expect(messages({ indicators: [indicator('A1', 'C', 10)] })).toEqual(['A1：没有编号为“C”的上级指标']);
  });

  it('has no more levels than a table can show', () => {
    const chain = Array.from({ length: 3000 }, (_, n) => indicator(`A${n}`, n === 0 ? null : `A${n - 1}`, 10));
    expect(messages({ indicators: chain.slice(0, 12) })).toEqual([]);
    expect(messages({ indicators: chain })[0]).toBe('A12：指标的层级不能超过 12 级');
  });

  it('has no cycle', () => {
    expect(messages({ indicators: [indicator('A', 'B', 10), indicator('B', 'A', 10)] })).toEqual([
      'A：上级指标循环：沿上级往上又回到“A”',
      'B：上级指标循环：沿上级往上又回到“B”',
    ]);
  });

  it('knows where a gap lies', () => {
    expect(issuesOf(edition({ gaps: [{ under: 'X', title: '…', points: null, note: '未见' }] }))).toEqual([
      { path: 'gaps[0].under', code: null, message: '没有编号为“X”的指标' },
    ]);
  });
});

describe('points', () => {
  it('of children add up to the parent, also in decimals that doubles do not add', () => {
    expect(messages(under(indicator('A1', 'A', 3), indicator('A2', 'A', 2.9)))).toEqual([
      'A：下级分值之和为 5.9，与“A”的 6 分不等，请改分值或补上缺项',
    ]);
    expect(messages({ ...under(indicator('A1', 'A', 0.1), indicator('A2', 'A', 5.9)) })).toEqual([]);
    expect(messages({ max: 11 })).toEqual(['null：下级分值之和为 10，与总分的 11 分不等，请改分值或补上缺项']);
  });

  it('of a gap count, and what is unknown must only leave room', () => {
    const gaps = [{ under: 'A', title: '……', points: 2, note: '未见' }];
    expect(prepare(edition({ ...under(indicator('A1', 'A', 4)), gaps })).open).toEqual(['……']);
    expect(prepare(edition(under(indicator('A1', 'A', 4), indicator('A2', 'A', null)))).open).toEqual(['A2']);
    expect(messages(under(indicator('A1', 'A', 7), indicator('A2', 'A', null)))).toEqual([
      'A：下级已知分值之和 7 超过“A”的 6 分',
    ]);
  });

  it('that are our reading are unknown and never summed', () => {
    const read = under(indicator('A1', 'A', 5, { reading: true }), indicator('A2', 'A', 3));
    expect(prepare(edition(read)).open).toEqual(['A1']);
  });

  it('of a node that is converted are those to which it is converted', () => {
    const converted = indicator('A', null, 6, { rollUp: { rule: 'sum', convertTo: 6 } });
    const indicators = [converted, indicator('A1', 'A', 480), indicator('B', null, 4)];
    expect(messages({ indicators })).toEqual([]);
    expect(messages({ indicators: [{ ...converted, points: 5 }, ...indicators.slice(1)], max: 9 })).toEqual([
      'A：“A”写为 5 分，折算为 6 分，两者应一致',
    ]);
  });

  it('of a bonus stand beside, and its cap is said', () => {
    const bonus = indicator('A3', 'A', 0, { method: { kind: 'bonus', items: [], cap: 2 } });
    const indicators = [...edition().indicators, bonus];
    expect(messages({ indicators, bonus: { cap: 2, beyondMax: false } })).toEqual([]);
    expect(messages({ indicators })).toEqual(['A3：有加分项时要写明加分的上限以及总分能否超过满分（bonus）']);
  });

  it('of a block of deductions stand beside, and what is judged without points is not summed', () => {
    const items = [{ text: '违规一起', cost: 1 }];
    const block = indicator('A3', 'A', 2, { method: { kind: 'deduction', start: 'zero', floor: -5, items } });
    expect(messages({ indicators: [...edition().indicators, block] })).toEqual([]);
    expect(messages(under(indicator('A1', 'A', 'none'), indicator('A2', 'A', 'none')))).toEqual([]);
  });

  it('have so few digits that a total stays exact', () => {
    const fine = [indicator('A', null, 10)];
    expect(messages({ indicators: fine, max: 10 })).toEqual([]);
    const long = [indicator('A', null, 9.99999999999999), indicator('B', null, 0.00000000000001)];
    expect(messages({ indicators: long, max: 10 })).toEqual([
      'null：分值的小数位太多（14 位），总分无法精确合计，请减少小数位',
    ]);
  });

  it('of a placeholder are open', () => {
    expect(prepare(edition(under(indicator('A1', 'A', 6, { placeholder: true })))).open).toEqual(['A1']);
  });
});

describe('weights', () => {
  const weighted = (weights: (number | null | undefined)[], way?: 'ratio') => ({
    rollUp: { rule: 'weighted' as const, ...(way ? { weights: way } : {}) },
    max: 100,
    indicators: weights.map((weight, n) => indicator(`A${n}`, null, 100, weight === undefined ? {} : { weight })),
  });

  it('add up to 1 or 100', () => {
    expect(messages(weighted([0.15, 0.2, 0.25, 0.25, 0.15]))).toEqual([]);
    expect(messages(weighted([30, 70]))).toEqual([]);
    expect(messages(weighted([3, 5, 2]))).toEqual([
      'null：下级权重之和为 10：权重之和应为 100%；若本来就是比例（如 3:5:2），请注明按比例折算',
    ]);
  });

  it('are a ratio where the edition says so', () => {
    expect(messages(weighted([3, 5, 2], 'ratio'))).toEqual([]);
  });

  it('are not missing, and open where they are unknown', () => {
    expect(messages(weighted([50, undefined]))).toEqual(['A1：上级按权重合成，缺少权重']);
    expect(prepare(edition(weighted([50, null]))).open).toEqual(['A1']);
  });

  it('are refused where nothing is weighted', () => {
    expect(messages(under(indicator('A1', 'A', 6, { weight: 1 })))).toEqual([
      'A1：上级不按权重合成，不能写权重：请去掉权重，或把上级改为按权重合成',
    ]);
  });
});

describe('methods', () => {
  it('give no more than the points of their leaf', () => {
    expect(messages(under(indicator('A1', 'A', 6, { method: { kind: 'yesNo', yes: 7, no: 0 } })))).toEqual([
      'A1：得分 7 超过该项的 6 分',
    ]);
  });

  it.each([
    [
      {
        kind: 'bands',
        better: 'high',
        bands: [
          { at: 80, points: 3 },
          { at: 90, points: 6 },
        ],
        rest: 0,
      },
      '各档的界限应由高到低排列且不重复',
    ],
    [{ kind: 'linear', floor: 60, target: 60, below: 0 }, '起点与满分值相同，无法按比例计分'],
    [{ kind: 'years', rule: 'increase', span: 3, pointsByYearsMet: [0, 6] }, '应给出满足 0 到 3 年的得分，共 4 个'],
    [{ kind: 'ladder', levels: [{ level: '优' }] }, '等级“优”要写明得分：share、points、range 三者之一'],
    [{ kind: 'threshold', compare: '>=', value: 'Ⅲ级', unmet: 0 }, '要求值“Ⅲ级”不在等级列表中'],
    [{ kind: 'formula', result: 'share', min: 0, max: 1 }, '缺少公式'],
    [{ kind: 'result', evaluation: 'other', measure: 'rate' }, '要写明怎样换算成分：linear 或 map 之一'],
    [{ kind: 'elements', elements: [{ text: '一' }], cost: 0, floor: 0 }, '每缺一项的扣分应大于 0'],
    [
      { kind: 'survey', survey: '满意度', measure: 'share', linear: { floor: 90, target: 90, below: 0 } },
      '起点与满分值相同，无法按比例计分',
    ],
    [
      {
        kind: 'linear',
        floor: 60,
        target: 100,
        below: 0,
        byYear: { years: ['一', '二'], targets: { 一: null }, weights: { 一: 0.5, 二: 0.5 }, measure: 'actual-target' },
      },
      '各年的目标值和权重应与所列年度一一对应',
    ],
    [{ kind: 'choice', options: [{ key: 'yes', text: '是' }] }, '选项“yes”缺少分值'],
  ] as const)('are checked: %j', (method, message) => {
    expect(messages(under(indicator('A1', 'A', 6, { method })))).toEqual([`A1：${message}`]);
  });
});

describe('a leaf', () => {
  it('with a formula says how its value gives points, and within which ends', () => {
    expect(messages(under(indicator('A1', 'A', 6, { formula: '事实:在园幼儿数' })))).toEqual([
      'A1：有公式而没有计分方法：请写明公式的值怎样换算成分',
    ]);
    const method = { kind: 'formula', result: 'share', min: 1, max: 0 } as const;
    expect(messages(under(indicator('A1', 'A', 6, { formula: '事实:在园幼儿数', method })))).toEqual([
      'A1：下限高于上限',
    ]);
  });

  it('and an inner node do not take each other’s parts', () => {
    const inner = (rest: Partial<Indicator>) =>
      messages({ indicators: [indicator('A', null, 6, rest), indicator('A1', 'A', 6), indicator('B', null, 4)] });
    expect(inner({ must: { by: 'full' } })).toEqual(['A：必达项只能设在末级指标上']);
    expect(inner({ method: { kind: 'yesNo', yes: 6, no: 0 } })).toEqual([
      'A：有下级的指标由下级合成，不能再写计分方法或公式',
    ]);
    expect(messages(under(indicator('A1', 'A', 6, { rollUp: { rule: 'sum' } })))).toEqual([
      'A1：没有下级的指标不能写合成方式',
    ]);
  });

  it('is rated by those whom the edition names', () => {
    const rated = under(indicator('A1', 'A', 6, { rater: 'schools+office' }));
    expect(messages({ ...rated, raters: { schools: 25, office: 75 } })).toEqual([]);
    expect(messages({ ...rated, raters: { schools: 100 } })).toEqual(['A1：没有名为“office”的评分方']);
  });
});

describe('formulas', () => {
  const formula = (source: string) =>
    messages(
      under(indicator('A1', 'A', 6, { formula: source, method: { kind: 'linear', floor: 0, target: 100, below: 0 } })),
    );

  it('name facts of the county outside aggregates, and fields of schools inside', () => {
    expect(formula('事实:在园幼儿数 / 事实:适龄儿童数 * 100 - 事实:毛入园率目标值')).toEqual([]);
    expect(formula('合计(在校生数) / 事实:在园幼儿数')).toEqual([]);
    expect(formula('在校生数')[0]).toContain('要放在 合计、平均');
  });

  it('are refused by their indicator where a name is unknown', () => {
    expect(formula('事实:在园幼儿总数')).toEqual([
      'A1：公式第 1 个字处：没有名为“事实:在园幼儿总数”的数据项，是否应为“事实:在园幼儿数”？',
    ]);
  });

  it('are not needed where a method names a fact itself; the fact must be known', () => {
    const relative = {
      kind: 'relative',
      better: 'high',
      rule: 'rank',
      points: [6],
      beyond: 'zero',
      ties: 'best',
    } as const;
    const against = (fact: string) =>
      messages(under(indicator('A1', 'A', 6, { method: { ...relative, full: { compare: '>=', against: { fact } } } })));
    expect(against('事实:在园幼儿数')).toEqual([]);
    expect(against('事实:在园幼儿')).toEqual(['A1：没有名为“事实:在园幼儿”的数据项，是否应为“事实:在园幼儿数”？']);
  });

  it('know the facts that the edition itself asks, and attributes of the subject', () => {
    const facts = [{ name: '事实:河长数', type: 'number' as const }];
    const attributes = [{ name: '岗位', values: ['书记'] }];
    const leaf = indicator('A1', 'A', 6, { applies: '事实:河长数 > 0 且 岗位 = "书记"' });
    expect(messages({ ...under(leaf), facts, attributes })).toEqual([]);
    expect(messages(under(leaf))).toHaveLength(1);
  });
});

describe('rules', () => {
  it('name what is there, each once', () => {
    const rule = { code: 'V1', text: '否决', when: 'total<1', lookBackYears: 1 };
    expect(messages({ vetoes: [rule], caps: [rule] })).toEqual(['null：规则编号“V1”重复']);
    expect(messages({ vetoes: [{ ...rule, when: 'rate(Z)<0.6' }] })).toHaveLength(1);
  });

  it('name a grade of their table, and the nodes by which a tie is broken', () => {
    const rows = JSON.parse('[{"when":["total>=9"],"then":"优秀"},{"when":[],"then":"其他"}]');
    const table = (grade: string, ties: readonly ({ rate: string } | { leaf: string })[]) => ({
      name: '等次',
      rows,
      quota: { grade, limit: 0.3, by: [], ties },
    });
    expect(messages({ conclusions: [table('优秀', [{ rate: 'A' }, { leaf: 'A1' }])] })).toEqual([]);
    const placed = (places: number) => {
      const one = table('优秀', []);
      return { conclusions: [{ ...one, quota: { ...one.quota, limit: null, places } }] };
    };
    expect([messages(placed(3)), messages(placed(0)).length, messages(placed(1.5)).length]).toEqual([[], 1, 1]);
    expect(messages({ conclusions: [table('良好', [{ rate: 'Z' }, { leaf: 'A' }])] })).toEqual([
      'null：没有编号为“Z”的指标',
      'null：没有编号为“A”的末级指标',
      'null：名额所指的“良好”不在结论表“等次”中',
    ]);
    expect(
      messages({
        conclusions: [
          { name: '等次', rows },
          { name: '等次', rows },
        ],
      }),
    ).toEqual(['null：结论表“等次”重复']);
  });

  it('of leaves are conditions too', () => {
    const adjust = [{ when: '事实:无此项 = 0', text: '减分', effect: 'take', points: 1 }] as const;
    expect(messages(under(indicator('A1', 'A', 6, { adjust })))).toHaveLength(1);
    const items = [{ text: '一次', cost: 1 }];
    const factorIf = [{ when: 'class=', factor: 2 }];
    const method = { kind: 'deduction', start: 'full', floor: 0, items, factorIf } as const;
    expect(messages(under(indicator('A1', 'A', 6, { method })))).toHaveLength(1);
  });

  it('relax leaves that are there', () => {
    const relaxation = {
      when: '事实:在园幼儿数 > 0',
      replace: { note: '放宽' },
      until: null,
      basis: '规程',
      duty: '跟踪',
    };
    const prepared = prepare(edition({ relaxations: [{ ...relaxation, codes: ['A1'] }] }));
    expect(prepared.relaxations[0]!.leaves.map(({ indicator: { code, note } }) => [code, note])).toEqual([
      ['A1', '放宽'],
    ]);
    expect(messages({ relaxations: [{ ...relaxation, codes: ['A'], when: '事实:无此项 > 0' }] })).toHaveLength(2);
  });

  it('end in a row without conditions', () => {
    const rows = JSON.parse('[{"when":["total>=9"],"then":"优秀"}]');
    expect(messages({ conclusions: [{ name: '等次', rows }] })).toEqual([
      'null：结论表“等次”的最后一行不能有条件，否则可能没有结论',
    ]);
  });
});

describe('points that a method may give', () => {
  const own = (points: number | 'none', method: Indicator['method']) =>
    messages({ bonus: { cap: 5, beyondMax: true }, ...under(indicator('A1', 'A', points, { method: method! })) });
  const item = { text: '一次', cost: 1 };

  it('are not below zero outside a block of deductions', () => {
    expect(own(6, { kind: 'bands', better: 'high', bands: [{ at: 1, points: 6 }], rest: -3 })).toEqual([
      'A1：得分 -3 低于 0 分',
    ]);
    const taken = { ...item, cost: { from: -5, to: -1 } };
    expect(own(6, { kind: 'deduction', start: 'full', floor: 0, items: [taken] })).toEqual([
      'A1：“一次”的扣分范围应由小到大，且不小于 0',
    ]);
  });

  it('are there where points are taken or added', () => {
    const none = '该项不计分，不能用按分值计分的方法';
    expect(own('none', { kind: 'deduction', start: 'zero', floor: -6, items: [item] })).toContain(`A1：${none}`);
    expect(own('none', { kind: 'bonus', items: [], cap: 5 })).toContain(`A1：${none}`);
  });

  it('belong to options whose keys no condition takes for another', () => {
    const options = [
      { key: '是', text: '是', points: 6 },
      { key: 'no', text: '否', points: 0 },
    ];
    expect(own(6, { kind: 'choice', options })).toEqual(['A1：选项的键“是”应写作 yes：条件中的“是”指它']);
  });
});

describe('an option that a condition asks for', () => {
  const options = [
    { key: 'yes', text: '是', points: 6 },
    { key: 'no', text: '否', points: 0 },
  ];
  const rule = (when: string) => ({
    ...under(indicator('A1', 'A', 6, { method: { kind: 'choice', options } })),
    vetoes: [{ code: 'V1', text: '一票否决', when, lookBackYears: 1 }],
  });

  it('is one of its leaf', () => {
    expect(messages(rule('option(A1)="否" 或 any leaf=yes'))).toEqual([]);
    expect(messages(rule('option(A1)="没有的"'))).toEqual([
      'null：条件“option(A1)="没有的"”不会成立：指标“A1”没有选项“没有的”',
    ]);
    expect(messages(rule('any leaf=part'))).toEqual(['null：条件“any leaf=part”不会成立：没有哪项指标有选项“part”']);
  });
});

describe('the flags of an edition', () => {
  it('keep no edition open: a visit chooses its leaves, and the holders of a post are scored each', () => {
    expect(prepare(edition({ flags: { perVisit: true, splitByTenure: true, advisory: true } })).open).toEqual([]);
    expect(prepare(edition({ flags: { rank: true, perVisit: false, minimumMonths: 10 } })).open).toEqual([]);
  });
});

describe('the shape', () => {
  it.each(['a--b', '-a', 'a-', 'A', 'a_b', 'a'.repeat(81)])('refuses the key %s, which no table can hold', (key) => {
    expect(issuesOf({ ...edition(), key }).map(({ path }) => path)).toEqual(['key']);
  });

  it('refuses * as a code: it means the whole framework', () => {
    expect(messages({ indicators: [indicator('*', null, 10)] })).toEqual(['*：编号不能是“*”：它指整个体系']);
  });

  it('refuses a mistyped key by its name and its indicator', () => {
    expect(issuesOf({ ...edition(), indicators: [{ ...indicator('A', null, 10), pionts: 3 }] })).toEqual([
      { path: 'indicators[0]', code: 'A', message: '没有名为“pionts”的项，请检查写法' },
    ]);
  });

  it('names every fault at once', () => {
    const broken = { ...edition(), key: 'Ä', max: 0, indicators: [{ ...indicator('A', null, 10), points: '10' }] };
    expect(issuesOf(broken).map(({ path }) => path)).toEqual(['key', 'max', 'indicators[0].points']);
  });
});
