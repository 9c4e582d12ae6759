import { describe, expect, it } from 'vitest';
import { smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { factKeyOf, factKindOf, namedFacts, wordOfName } from './names.ts';
import { askedFacts } from './questions/asked-facts.ts';
import { factNamesOf } from './questions/read-facts.ts';

const budget = ['事实:一般公共预算教育支出', '事实:党委常委会专题研究教育次数'];
const named = namedFacts(
  { attributes: [{ name: '岗位' }], facts: [{ name: budget[1]!, type: 'number', period: 'calendarYear' }] },
  [{ name: budget[0]!, type: 'number', period: 'calendarYear' }],
);
const keyOf = (name: string) => factKeyOf(name, named);

describe('where the value behind a name lies', () => {
  it.each([
    ['均衡:基本均衡.小学.综合差异系数', 'balance.basic-2012.primary.judgedComposite'],
    ['均衡:基本均衡.初中.计算机.差异系数', 'balance.basic-2012.junior.计算机.judgedCv'],
    ['均衡:优质均衡.小学.综合达标校比例', 'balance.quality-2017.primary.compliance'],
    ['均衡:优质均衡.初中.多媒体教室.达标校比例', 'balance.quality-2017.junior.多媒体教室.reached'],
    ['均衡:优质均衡.初中.差异系数达标项数', 'balance.quality-2017.junior.cvPassed'],
    ['均衡:优质均衡.小学.本校达标项数', 'balance.quality-2017.primary.reached'],
    ['事实:在园幼儿数', '事实:在园幼儿数'],
    ['履职:到校次数', '履职:到校次数'],
    ['小学在校生数', 'resources.小学在校生数'],
  ])('%s is %s', (name, key) => {
    expect(keyOf(name)?.key).toBe(key);
  });

  it('is nowhere for a measure or a standard that nobody has, and for an attribute of the subject', () => {
    expect(keyOf('均衡:基本均衡.高中.综合差异系数')).toBeUndefined();
    expect(keyOf('均衡:优质均衡.小学.平均数')).toBeUndefined();
    expect(keyOf('均衡:另一标准.小学.综合差异系数')).toBeUndefined();
    expect(keyOf('岗位')).toBeUndefined();
    expect(factKindOf('岗位', new Set(['岗位']))).toBe('attribute');
  });

  it('is kept by calendar year where the list of names or the edition says so, else by school year', () => {
    expect(keyOf('事实:一般公共预算教育支出')?.period).toBe('calendarYear');
    expect(keyOf('事实:党委常委会专题研究教育次数')?.period).toBe('calendarYear');
    expect(keyOf('事实:在园幼儿数')?.period).toBe('schoolYear');
    expect(keyOf('均衡:基本均衡.小学.综合差异系数')?.period).toBe('schoolYear');
  });
});

describe('how a stored value is read', () => {
  it('takes a share as its counts, so that it is exact', () => {
    const share = keyOf('均衡:优质均衡.小学.综合达标校比例')!;
    expect(share.read({ judged: 3, passed: 2 })).toEqual({ value: 66.6666666666667, of: [2, 3] });
    expect(share.read({ judged: 0, passed: 0 })).toEqual({ missing: 'no-schools', fields: [] });
  });

  it('takes a coefficient on the side of its limit on which the run judged it', () => {
    const cv = keyOf('均衡:基本均衡.小学.综合差异系数')!;
    expect(cv.read({ value: 0.6500000000000001, limit: 0.65, pass: true })).toEqual({ value: 0.65 });
    expect(cv.read({ value: 0.65000000000001, limit: 0.65, pass: false })).toEqual({ value: 0.650000000001 });
    expect(cv.read({ value: 0.71, limit: 0.65, pass: false })).toEqual({ value: 0.71 });
    expect(cv.read({ value: null, limit: 0.65, pass: null })).toEqual({ missing: 'not-filed', fields: [] });
  });

  it('tells what the subject does not have from what nobody has said', () => {
    const pupils = keyOf('事实:在园幼儿数')!;
    expect(pupils.read({ notApplicable: true })).toEqual({ missing: 'not-applicable', fields: [] });
    expect(pupils.read(null)).toEqual({ missing: 'not-filed', fields: [] });
    expect(pupils.read(0)).toEqual({ value: 0 });
  });

  it('counts nothing where nothing was judged', () => {
    const passed = keyOf('均衡:优质均衡.小学.差异系数达标项数')!;
    expect(passed.read({ judged: 7, passed: 0 })).toEqual({ value: 0 });
    expect(passed.read({ judged: 0, passed: 0 })).toEqual({ missing: 'not-filed', fields: [] });
  });
});

describe('a result of an evaluation', () => {
  it('is found under the name that formulas say, in the calendar year that was assessed', () => {
    const grade = keyOf('evaluation.county-inspection-sample.grade')!;
    expect(grade).toMatchObject({ key: 'evaluation.county-inspection-sample.grade', period: 'assessed' });
    expect(grade.read('优秀')).toEqual({ value: '优秀' });
    const total = keyOf('evaluation.county-inspection-sample.total')!;
    expect([total.read('88.5'), total.read('2/3')]).toEqual([
      { value: 88.5 },
      { value: 0.666666666666667, of: [2, 3] },
    ]);
  });

  it('of one indicator is its share of the points, and whether it had all of them', () => {
    const rate = keyOf('evaluation.county-inspection-sample.rate.C64')!;
    const full = keyOf('evaluation.county-inspection-sample.leaf.C20.full')!;
    expect([rate.key, full.key]).toEqual(Array(2).fill('evaluation.county-inspection-sample.rates'));
    expect(rate.read({ C64: '0.8' })).toEqual({ value: 0.8 });
    expect(rate.read({ C20: '1' })).toEqual({ missing: 'not-filed', fields: [] });
    expect([full.read({ C20: '1' }), full.read({ C20: '2/3' })]).toEqual([{ value: true }, { value: false }]);
  });

  it('and a figure of a survey say themselves what they are', () => {
    expect(wordOfName('survey.群众满意度.answers')).toMatchObject({ type: 'number', unit: '份' });
    expect(wordOfName('evaluation.county-inspection-sample.grade')).toMatchObject({ type: 'choice' });
    expect(wordOfName('事实:甲')).toBeUndefined();
    expect(keyOf('survey.群众满意度.share')).toMatchObject({ kind: 'asked', key: 'survey.群众满意度.share' });
  });
});

describe('the names that an edition reads', () => {
  const rule = (when: string) => ({ code: when, text: when, when, lookBackYears: 1 });
  const fields = [{ name: '班额', type: 'number' as const }];
  const namesOf = (...conditions: string[]) =>
    factNamesOf(smallEdition([{ code: 'C1', points: 10 }], { vetoes: conditions.map(rule) }, fields));

  it.each([
    ['计数(班额 > 66) > 0', ['班额']],
    ['not (事实:甲 > 1 and any cap)', ['事实:甲']],
    ['1 - 事实:甲 < total', ['事实:甲']],
    ['trend(事实:乙)=down3', ['事实:乙']],
    ['anyMember(事实:丁 > 66)', ['事实:丁']],
    ['anyPeer(事实:丙 > 1, 岗位)', ['岗位', '事实:丙']],
    ['total < 60', []],
  ])('are found in the condition %s', (condition, names) => {
    expect(namesOf(condition)).toEqual(names);
  });

  it('are those of methods, of relaxations and of quotas too, each once', () => {
    const edition = smallEdition(
      [
        {
          ...{ code: 'C1', points: 10 },
          method: {
            ...{ kind: 'relative', better: 'high', rule: 'rank', points: [10, 5], beyond: 'last', ties: 'best' },
            full: { compare: '>=', against: { fact: '事实:甲' } },
          },
        },
        { code: 'C2', points: 10 },
      ],
      {
        relaxations: [
          {
            ...{ codes: ['C2'], when: '事实:乙 > 0', until: '2027-12-31', basis: '规程', duty: '跟踪' },
            replace: { adjust: [{ when: '事实:丙 > 1', text: '加', effect: 'add', points: 1 }] },
          },
          // Nobody has said its last day: it holds for nobody, and nothing is asked for it.
          { codes: ['C2'], when: '事实:丁 > 0', until: null, basis: '规程', duty: '跟踪', replace: { note: '从宽' } },
        ],
        conclusions: [
          {
            name: '等次',
            // biome-ignore lint/suspicious/noThenProperty: the tables of published rules are read by this word; it is a text.
            rows: [{ when: [], then: '优秀' }],
            quota: { grade: '优秀', limit: 0.5, by: ['class', '岗位', '事实:甲'], ties: [] },
          },
        ],
      },
    );
    expect(factNamesOf(edition)).toEqual(['事实:甲', '事实:乙', '事实:丙', '岗位']);
    expect(askedFacts(edition).find(({ name }) => name === '事实:乙')).toMatchObject({ codes: ['C2'], inRules: false });
  });
});
