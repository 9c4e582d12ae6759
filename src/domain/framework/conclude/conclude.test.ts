import { describe, expect, it } from 'vitest';
import { row } from '#test/reference/frameworks/rules/rule-edition.ts';
import { type FactEntry, factsOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { missing } from '../../kit/value.ts';
import type { Answer, Context } from '../answer.ts';
import type { ConclusionTable, Edition } from '../edition.ts';
import type { Concluded, Prepared } from '../result.ts';
import { scoreOf } from '../score/score-subject.ts';
import { conclude } from './conclude.ts';

/** Two branches of 60 and 40 points; C3 is a must item and C4 is answered by 是, 部分 or 否. */
const edition = (change: Partial<Edition>, ...rows: ConclusionTable['rows'][number][]): Prepared =>
  smallEdition(
    [
      { code: 'A1', points: 60 },
      { code: 'C1', points: 40, parent: 'A1' },
      { code: 'C2', points: 20, parent: 'A1' },
      { code: 'A2', points: 40 },
      { code: 'C3', points: 30, parent: 'A2', must: { by: 'full' } },
      {
        ...{ code: 'C4', points: 10, parent: 'A2' },
        method: {
          kind: 'choice',
          options: [
            { key: 'yes', text: '是', points: 10 },
            { key: 'part', text: '部分', points: 5 },
            { key: 'no', text: '否', points: 0 },
          ],
        },
      },
    ],
    { key: 'two', max: 100, conclusions: rows.length === 0 ? [] : [{ name: '等次', rows }], ...change },
  );

const full: Record<string, Answer> = {
  ...{ C1: { points: 40 }, C2: { points: 20 }, C3: { points: 30 }, C4: { option: 'yes' } },
};

interface Given {
  readonly answers?: Record<string, Answer>;
  readonly facts?: Record<string, FactEntry>;
  readonly context?: Context;
}

function concluded(prepared: Prepared, { answers = full, facts = {}, context = {} }: Given = {}): Concluded {
  const read = factsOf(facts);
  const scored = scoreOf(prepared, new Map(Object.entries(answers)), read, context, { trace: false, relaxed: false });
  return conclude(prepared, scored, read, context);
}

/** Whether one condition holds: true, false, or the names of what is not known. */
function holds(when: string, given: Given = {}, lookBackYears = 1): boolean | readonly string[] {
  const prepared = edition({ vetoes: [{ code: 'V1', text: when, when, lookBackYears }] });
  const [veto] = concluded(prepared, given).vetoes;
  return typeof veto!.holds === 'boolean' ? veto!.holds : veto!.holds.fields;
}

const without = (...codes: string[]) =>
  Object.fromEntries(Object.entries(full).filter(([code]) => !codes.includes(code)));

describe('a condition in three values', () => {
  it.each<[string, Given, boolean | readonly string[]]>([
    ['total>=60', { answers: without('C3') }, true],
    ['total>=90', { answers: without('C1') }, ['C1']],
    ['total>100', { answers: without('C1') }, false],
    ['rate(A1)>=0.6', { answers: without('C2') }, true],
    ['rate(A1)>=0.7', { answers: without('C2') }, ['C2']],
    ['leaf(C2)<full', { answers: without('C2') }, ['C2']],
    ['leaf(C2)<full or leaf(C1)<full', { answers: { ...without('C2'), C1: { points: 1 } } }, true],
    ['minRate(level1)<0.5', { answers: without('C1') }, ['C1']],
    ['failedMust=0', { answers: without('C3') }, ['C3']],
    ['failedMust<=1', { answers: without('C3') }, true],
    ['yes=1', { answers: without('C4') }, ['C4']],
    ['any leaf=否', { answers: { ...full, C4: { option: 'no' } } }, true],
    ['anyNo(A1)', { answers: { ...full, C4: { option: 'no' } } }, false],
    ['anyNo(A2)', { answers: { ...full, C4: { option: 'no' } } }, true],
    ['part>=1', { answers: { ...full, C4: { points: 5 } } }, true],
    ['事实:甲 > 0', {}, ['事实:甲']],
    ['事实:甲 > 0 或 事实:乙 > 0', { facts: { '事实:乙': 1 } }, true],
    ['事实:甲 > 0 且 事实:乙 > 0', { facts: { '事实:乙': 0 } }, false],
    ['total>=90 且 事实:甲 > 0', {}, ['事实:甲']],
    ['total<90 且 事实:甲 > 0', {}, false],
    ['tenureMonths<6', {}, ['任职月数']],
    ['tenureMonths<6', { context: { tenureMonths: 5 } }, true],
    ['urgent', {}, false],
    ['layer(self)-layer(city)>=10', { context: { layers: { self: { total: 95 } } } }, ['市级得分']],
    ['layer(self)-layer(city)>=10', { context: { layers: { self: { total: 95 }, city: { total: 85 } } } }, true],
    ['evaluation(other).grade=优秀', { context: { evaluations: { other: [] } } }, false],
    ['evaluation(other).rate>=0.9', { context: { evaluations: { other: [{ rate: 0.9 }] } } }, true],
    ['leaf(C1) / 事实:甲 > 0.5', { facts: { '事实:甲': 0 } }, ['除数为零']],
    ['(total - 40) * 2 >= 120', {}, true],
    ['75<=base<85', { answers: { ...full, C1: { points: 20 } } }, true],
    ['75<=base<85', { answers: { ...full, C1: { points: 25 } } }, false],
  ])('%s with %j is %j', (when, given, expected) => {
    expect(holds(when, given)).toEqual(expected);
  });

  it.each([
    ['leaf(C2)=0', { answers: { ...full, C2: { notApplicable: true } } as Record<string, Answer> }],
    ['leaf(C2)<full', { answers: { ...full, C2: { notApplicable: true } } as Record<string, Answer> }],
    ['事实:甲 = 0', { facts: { '事实:甲': missing('not-applicable') } }],
  ])('%s does not hold of what does not apply to the subject', (when, given) => {
    expect(holds(when, given)).toBe(false);
  });

  it('a must item that does not apply is neither met nor failed', () => {
    const answers: Record<string, Answer> = { ...full, C3: { notApplicable: true } };
    expect([holds('failedMust=0', { answers }), holds('mustRate>=1', { answers })]).toEqual([true, true]);
    expect(holds('mustRate>=0.9', { answers: { ...full, C3: { points: 26.9 } } })).toBe(false);
  });
});

describe('a choice of which the points alone are known', () => {
  const method = {
    kind: 'choice' as const,
    options: [
      { key: 'yes', text: '是', points: 4 },
      { key: 'part', text: '部分', points: 2 },
      { key: 'no', text: '否', points: 2 },
    ],
  };
  const named = (points: number, ...when: string[]) => {
    const rows = [row('中', ...when), row('其他')];
    const one = smallEdition([{ code: 'C1', points: 4, method }], { max: 4, conclusions: [{ name: '等次', rows }] });
    return concluded(one, { answers: { C1: { points } } }).conclusions[0]!;
  };

  it.each([['option(C1)="part"'], ['option(C1)="no"'], ['part>=1'], ['no=0']])(
    'leaves %s open where two options share the points',
    (when) => {
      expect(named(2, when)).toMatchObject({ name: '未定' });
    },
  );

  it('says the option where one alone has them, and which options it cannot be', () => {
    expect(named(4, 'option(C1)="yes"').name).toBe('中');
    expect([named(2, 'yes=0').name, named(3, 'part=0', 'no=0').name]).toEqual(['中', '中']);
  });
});

describe('what can still come', () => {
  const bonus = (beyondMax: boolean, ...when: string[]) =>
    smallEdition(
      [
        { code: 'C1', points: 80 },
        { code: 'C2', points: 20 },
        { code: 'J1', points: 0, method: { kind: 'bonus', items: [{ text: '特色', points: 5 }], cap: 5 } },
      ],
      {
        ...{ max: 100, bonus: { cap: 5, beyondMax } },
        conclusions: [{ name: '等次', rows: [row('优秀', ...when), row('其他')] }],
      },
    );
  const name = (prepared: Prepared, answers: Record<string, Answer>) =>
    concluded(prepared, { answers }).conclusions[0]!.name;
  const open: Record<string, Answer> = { C1: { points: 80 }, J1: { points: 5 } };

  it('the base has its own ends, also where the total with its bonus may not pass the maximum', () => {
    const prepared = bonus(false, 'base>=98');
    expect(name(prepared, open)).toBe('未定');
    expect(name(prepared, { ...open, C2: { points: 20 } })).toBe('优秀');
    expect(name(prepared, { ...open, C2: { points: 17 } })).toBe('其他');
  });

  it('a bonus that nobody has answered is open', () => {
    const rest: Record<string, Answer> = { C1: { points: 80 }, C2: { points: 20 } };
    expect([name(bonus(true, 'bonus>=2'), rest), name(bonus(true, 'bonus>=6'), rest)]).toEqual(['未定', '其他']);
    expect(name(bonus(true, 'bonus>=2'), { ...rest, J1: { points: 2 } })).toBe('优秀');
  });
});

describe('what is said of nothing', () => {
  it.each(['leaf(C2)>=20', 'leaf(C2)<>20', 'option(C4)="yes"', '事实:甲 > 0', 'class="甲"'])(
    'neither %s nor its opposite holds of what does not apply',
    (when) => {
      const none: Given = {
        answers: { ...full, C2: { notApplicable: true }, C4: { notApplicable: true } },
        facts: { '事实:甲': missing('not-applicable') },
        context: when.startsWith('class') ? { class: '乙' } : {},
      };
      expect(holds(when, none)).toBe(false);
      expect(holds(`not (${when})`, none)).toBe(when.startsWith('class'));
    },
  );

  it('a score of an earlier year that was not kept vetoes nobody', () => {
    expect(holds('not leaf(C1)>=20', {}, 3)).toBe(false);
    expect(holds('not (leaf(C1)>=20 and leaf(C2)>=10)', {}, 3)).toBe(false);
    expect(holds('not leaf(C1)>=20', { answers: { ...full, C1: { points: 19 } } }, 3)).toBe(true);
  });

  it.each([
    ['leaf(C1)<full', false],
    ['leaf(C1)<>full', false],
    ['leaf(C1)=full', true],
    ['leaf(C1)>=full', true],
    ['leaf(C1)>full', false],
    ['not leaf(C1)=full', false],
    ['not leaf(C1)<full', true],
  ])('%s of an earlier year in which it was full: %s', (when, expected) => {
    const facts = { 'evaluation.two.leaf.C1.full': [null, true] };
    const prepared = edition({ vetoes: [{ code: 'V1', text: when, when, lookBackYears: 2 }] });
    expect(concluded(prepared, { facts }).vetoes[0]!.years.includes(1)).toBe(expected);
  });
});

describe('rates of nodes', () => {
  it('the first level stands under the one root of a framework', () => {
    const prepared = smallEdition(
      [
        { code: '0', points: 100 },
        { code: 'A1', points: 60, parent: '0' },
        { code: 'C1', points: 60, parent: 'A1' },
        { code: 'A2', points: 40, parent: '0' },
        { code: 'C2', points: 40, parent: 'A2' },
      ],
      { conclusions: [{ name: '短板', rows: [row('有', 'minRate(level1)<0.8'), row('无')] }] },
    );
    const weakest = (points: number) =>
      concluded(prepared, { answers: { C1: { points: 60 }, C2: { points } } }).conclusions[0]!.name;
    expect([weakest(32), weakest(31.9)]).toEqual(['无', '有']);
  });

  it('an open bonus touches neither the rates nor the points without it', () => {
    const prepared = smallEdition(
      [
        { code: 'A1', points: 100 },
        { code: 'C1', points: 100, parent: 'A1' },
        {
          code: 'J1',
          points: 0,
          parent: 'A1',
          method: { kind: 'bonus', items: [{ text: '特色', points: 5 }], cap: 5 },
        },
      ],
      {
        max: 100,
        bonus: { cap: 5, beyondMax: true },
        conclusions: [{ name: '等次', rows: [row('先进', 'base>=90', 'minRate(level1)>=0.9'), row('一般')] }],
      },
    );
    const grade = (points: number) => concluded(prepared, { answers: { C1: { points } } }).conclusions[0]!.name;
    expect([grade(90), grade(89.9)]).toEqual(['先进', '一般']);
  });
});

describe('years that are looked back on', () => {
  it('an event of an earlier year counts within the years and not beyond', () => {
    const when = '事实:甲 > 0';
    expect(holds(when, { facts: { '事实:甲': [0, 1] } }, 2)).toBe(true);
    expect(holds(when, { facts: { '事实:甲': [0, 0, 1] } }, 2)).toBe(false);
    expect(holds(when, { facts: { '事实:甲': 0 } }, 2)).toEqual(['事实:甲（前 1 年）']);
  });

  it('scores of earlier years are those that the evaluation of that year left behind', () => {
    const when = 'leaf(C1)<full';
    expect(holds(when, {}, 3)).toBe(false);
    expect(holds(when, { facts: { 'evaluation.two.leaf.C1.full': [true, true, false] } }, 3)).toBe(true);
    expect(holds('rate(A1)<0.85', { facts: { 'evaluation.two.rate.A1': [1, 0.8] } }, 2)).toBe(true);
    expect(holds('total<60', { facts: {} }, 3)).toBe(false);
  });

  it('a trend looks back by itself', () => {
    expect(holds('trend(事实:甲)=down3', { facts: { '事实:甲': [1, 2, 3, 4] } }, 3)).toBe(true);
    expect(holds('trend(事实:甲 / 事实:乙)=up2', { facts: { '事实:甲': [3, 2, 1], '事实:乙': [4, 4, 4] } })).toBe(true);
    expect(holds('trend(事实:甲)=down3', { facts: { '事实:甲': [1, 2, 3] } })).toEqual(['事实:甲（前 3 年）']);
    expect(holds('trend(事实:甲)=down3', { facts: { '事实:甲': [2, 2, null, null] } })).toBe(false);
  });
});

describe('a decision table', () => {
  const graded = (change: Partial<Edition> = {}) =>
    edition(
      change,
      row('不合格', 'any veto'),
      row('优秀', 'total>=90', 'no cap'),
      row('良好', 'total>=80'),
      row('合格', 'total>=60'),
      row('不合格'),
    );
  const veto = { code: 'V1', text: '弄虚作假', when: '事实:甲 > 0', lookBackYears: 1 };

  it('the first row that holds decides, and says why', () => {
    const { conclusions } = concluded(graded(), { answers: { ...full, C1: { points: 27 } } });
    expect(conclusions).toEqual([{ name: '良好', by: '总分达到 80（总分 87）', table: '等次', open: [] }]);
    const vetoed = concluded(graded({ vetoes: [veto] }), { facts: { '事实:甲': 1 } });
    expect(vetoed.conclusions[0]).toMatchObject({ name: '不合格', by: '有否决（V1 弄虚作假）（总分 100）' });
    expect(vetoed.vetoes[0]).toMatchObject({ holds: true, years: [0] });
  });

  it('a veto on a fact that nobody gave does not hold and is named', () => {
    expect(concluded(graded({ vetoes: [veto] })).conclusions[0]).toMatchObject({ name: '优秀', open: ['事实:甲'] });
  });

  it('what hangs on an unanswered leaf is undecided, unless every outcome is the same', () => {
    const open = concluded(graded(), { answers: without('C1') }).conclusions[0]!;
    expect(open).toMatchObject({ name: '未定', by: '总分在 60 至 100 之间，可能为 优秀、良好、合格', open: ['C1'] });
    const sure = concluded(graded(), { answers: { ...without('C4'), C1: { points: 40 } } }).conclusions[0]!;
    expect(sure).toMatchObject({ name: '优秀', open: [] });
    // The cap hangs on the leaf that is open: above 90 it could still hold.
    const capped = graded({ caps: [{ code: 'L1', text: 'C4 判为否', when: 'anyNo(A2)', lookBackYears: 1 }] });
    expect(concluded(capped, { answers: without('C4') }).conclusions[0]).toMatchObject({ name: '未定', open: ['C4'] });
  });

  it('a precondition that fails ends it; one that nobody gave is named', () => {
    const before = { text: '同轮对县督导为优秀', when: 'evaluation(other).grade=优秀', otherwise: '不予受理' };
    const prepared = graded({ preconditions: [before] });
    const grade = (of: string) => concluded(prepared, { context: { evaluations: { other: [{ grade: of }] } } });
    expect(grade('优秀').conclusions[0]!.name).toBe('优秀');
    expect(grade('良好').conclusions[0]).toMatchObject({ name: '不予受理', by: '前提不成立：同轮对县督导为优秀' });
    const asked = edition({ preconditions: [before] }, row('不予受理', 'not precondition'), row('受理'));
    expect(concluded(asked).conclusions[0]).toMatchObject({ name: '受理', open: ['评估 other 的结论'] });
  });

  it('several tables conclude side by side, and every action that holds is taken', () => {
    const prepared = edition({
      conclusions: [
        { name: '等次', rows: [row('优秀', 'total>=90'), row('其他')] },
        { name: '称号', rows: [row('先进', 'total>=95'), row('无')] },
      ],
      actions: [
        { when: 'any leaf=否', does: '列入整改通知书' },
        { when: 'any leaf=部分', does: '当场指出' },
        { when: 'conclusion=其他', does: '约谈' },
      ],
    });
    const { conclusions, actions } = concluded(prepared, { answers: { ...full, C4: { option: 'no' } } });
    expect(conclusions.map(({ table, name }) => [table, name])).toEqual([
      ['等次', '优秀'],
      ['称号', '无'],
    ]);
    expect(actions).toEqual(['列入整改通知书']);
  });
});
