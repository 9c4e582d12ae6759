import { describe, expect, it } from 'vitest';
import type { Answer, Context, Facts } from '#domain/framework/answer.ts';
import type { Result } from '#domain/framework/result.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import { readAnswers } from '#domain/framework/score/read-answers.ts';
import { scoreRound } from '#domain/framework/score/score-round.ts';
import { scoreSubject } from '#domain/framework/score/score-subject.ts';
import { isMissing, missing } from '#domain/kit/value.ts';
import { bestAnswers } from './best-answers.ts';
import { frameworkKeys, preparedFramework, shippedEdition } from './read-frameworks.ts';

const factsOf = (record: Readonly<Record<string, number | string>> = {}): Facts => ({
  read: (name) =>
    Object.hasOwn(record, name) ? { value: record[name]!, source: '测试' } : missing('not-filed', [name]),
  // A county of which no school is given is not known; a sum over no school would be zero.
  members: () => [(name) => missing('not-filed', [name])],
});
const options = { trace: false, relaxed: false };

function score(key: string, answers: Record<string, Answer>, context: Context = {}, facts: Facts = factsOf()): Result {
  const prepared = preparedFramework(key);
  return scoreSubject(prepared, readAnswers(prepared, answers), facts, context, options);
}
const total = (result: Result): string | null => (result.total ? exactText(result.total, 2) : null);
const concluded = (result: Result): string[] => result.conclusions.map(({ name }) => name);

/** Beside the 100 points of a post the other post has its own, which do not apply to it. */
const posts: Readonly<Record<string, string>> = { 'leaders-sample': '书记' };
const full = (key: string): Record<string, Answer> => bestAnswers(preparedFramework(key));

describe('the samples', () => {
  const samples = frameworkKeys.filter((key) => shippedEdition(key).authority === 'sample');
  const grades: Readonly<Record<string, string>> = {
    'city-school-inspector-appraisal-sample': '优秀',
    'county-inspection-sample': '优秀',
    'innovation-county-sample': '符合申报条件',
    'inspector-appraisal-sample': '优秀',
    'leaders-sample': '优秀',
    'preschool-action-plan-sample': '优秀',
    'principal-sample': '优秀',
    'quality-school-sample': '先进学校',
    'special-opening-sample': '好',
    'special-safety-sample': '优秀',
    'strong-county-sample': '通过',
    'visit-eight-matters-sample': '未发现问题',
  };
  const context: Context = {
    occasion: 'first',
    inQuota: true,
    tenureMonths: 12,
    servedMonths: 12,
    evaluations: { 'county-inspection-sample': [{ grade: '优秀' }] },
  };

  it.each(samples)('%s: the best answer to each leaf gives all points and the best grade', (key) => {
    const facts = factsOf(posts[key] ? { 岗位: posts[key] } : { 办学类型: '211', '事实:寄宿生数': 10 });
    const result = score(key, full(key), context, facts);
    const { max } = shippedEdition(key);
    expect(result.leaves.filter(({ state }) => state === 'unanswered').map(({ code }) => code)).toEqual([]);
    expect(total(result)).toBe(String(max));
    expect(concluded(result)).toEqual([grades[key]]);
  });

  it.each(samples)('%s: nothing answered says nothing', (key) => {
    const result = score(key, {}, context);
    expect(result.provisional).not.toBeNull();
    expect(concluded(result)).not.toContain(grades[key]);
  });
});

describe('对县督导 sample', () => {
  const key = 'county-inspection-sample';

  it('a veto fails a full sheet, a cap lowers it by name', () => {
    expect(concluded(score(key, full(key), {}, factsOf({ '事实:拖欠教师工资月数': 1 })))).toEqual(['不合格']);
    const capped = score(key, full(key), {}, factsOf({ '均衡:基本均衡.小学.综合差异系数': 0.66 }));
    expect(concluded(capped)).toEqual(['良好']);
    expect(capped.caps.filter(({ holds }) => holds === true).map(({ code }) => code)).toEqual(['L3']);
  });

  it('a coefficient on its limit is within it', () => {
    expect(concluded(score(key, full(key), {}, factsOf({ '均衡:基本均衡.小学.综合差异系数': 0.65 })))).toEqual([
      '优秀',
    ]);
  });

  it('names the facts that nobody gave beside its conclusion', () => {
    const [conclusion] = score(key, full(key)).conclusions;
    expect(conclusion!.open).toContain('事实:拖欠教师工资月数');
  });

  it('a county without a leaf is rebased: its total does not end in decimals', () => {
    const answers = { ...full(key), C56: { notApplicable: true } as const, C2: { missing: [1] } };
    const result = score(key, answers);
    expect(total(result)).toBe('99.492386');
    expect(concluded(result)).toEqual(['优秀']);
  });

  it('one kind of meeting that never met caps the points of meetings', () => {
    const meetings = (party: number, government: number) => {
      const { C1: _, ...others } = full(key);
      const facts = factsOf({
        '事实:党委常委会专题研究教育次数': party,
        '事实:政府常务会专题研究教育次数': government,
      });
      return total(score(key, others, {}, facts));
    };
    expect(meetings(2, 2)).toBe('100');
    expect(meetings(4, 0)).toBe('99');
  });
});

describe('县域学前教育普及普惠, counts of grades without points', () => {
  const key = 'preschool-pjph-shenyang-2021';
  const leaves = preparedFramework(key).leaves.map(({ indicator }) => indicator);
  const basic = leaves.filter(({ method }) => method?.kind === 'choice' && method.options.length === 3);
  const withBasic = (count: number, bad = 0): Result => {
    const answers = full(key);
    for (const { code } of basic.slice(0, count)) answers[code] = { option: '基本合格' };
    for (const { code } of leaves.slice(0, bad)) answers[code] = { option: '不合格' };
    return score(key, answers);
  };

  it.each([
    [0, '创优'],
    [3, '创优'],
    [4, '提高'],
    [5, '提高'],
    [6, '巩固'],
    [7, '巩固'],
  ])('%i 基本合格 of 36 give %s', (count, grade) => {
    expect(concluded(withBasic(count))).toEqual([grade]);
  });

  it('any 不合格 fails, and an unanswered item keeps it from being judged', () => {
    expect(concluded(withBasic(0, 1))).toEqual(['不通过']);
    const { '1.1.1': _, ...others } = full(key);
    expect(concluded(score(key, others))).not.toContain('创优');
  });
});

describe('优质均衡, all items must be met', () => {
  const key = 'quality-balance-2017-6';

  it('is met with every item, and not with one missed', () => {
    const answers: Record<string, Answer> = full(key);
    for (const code of Object.keys(answers)) if (/^3\.9-D(2|4|6|8|10|12)$/.test(code)) answers[code] = { value: 0.14 };
    expect(concluded(score(key, answers))).toEqual(['各项均达到']);
    expect(concluded(score(key, { ...answers, '3.9-D2': { value: 0.15 } }))).toEqual(['有未达到的项']);
    expect(concluded(score(key, { ...answers, '3.9-D1': { value: 'Ⅱ级' } }))).toEqual(['有未达到的项']);
    expect(concluded(score(key, { ...answers, '1.R1': { parts: { 小学: 4.2, 初中: 5.2 } } }))).toEqual([
      '有未达到的项',
    ]);
  });

  it('asks each stage: one figure alone is refused, and one stage alone leaves the item open', () => {
    expect(() => score(key, { '1.R5': { value: 8 } })).toThrow('这项指标不能用数值 value作答');
    expect(() => score(key, { '1.R5': { value: 8, parts: { 小学: 9, 初中: 9 } } })).toThrow('1.R5');
    const verdict = (parts: Record<string, number>) =>
      score(key, { '1.R5': { parts } }).leaves.find(({ code }) => code === '1.R5')!.verdict;
    expect([verdict({ 小学: 7.5, 初中: 10.2 }), verdict({ 小学: 8 }), verdict({ 小学: 7 })]).toEqual([
      true,
      undefined,
      false,
    ]);
  });

  it('reads the run of balance: the largest of seven coefficients, on its limit still within it', () => {
    const indicators = ['高学历教师', '骨干教师', '体艺教师', '教学用房', '体育场馆', '仪器设备值', '多媒体教室'];
    const coefficients = (largest: number) =>
      Object.fromEntries(
        indicators.map((name, at) => [`均衡:优质均衡.小学.${name}.差异系数`, at === 3 ? largest : 0.3]),
      );
    const verdict = (largest: number) =>
      score(key, {}, {}, factsOf(coefficients(largest))).leaves.find(({ code }) => code === '1.1-D2')!.verdict;
    expect([verdict(0.5), verdict(0.5000001)]).toEqual([true, false]);
  });

  it('with one unknown item is never met', () => {
    const { '2.1': _, ...others } = full(key);
    expect(concluded(score(key, others))).not.toContain('各项均达到');
  });
});

describe('four districts of 舟山, scored by rank', () => {
  const key = 'zhoushan-county-2007-rank';
  const prepared = preparedFramework(key);
  const round = scoreRound(
    prepared,
    [
      ['甲', 99, 0.1, 90],
      ['乙', 98, 0.2, 84],
      ['丙', 97, 0.3, 83],
      ['丁', 90, 0.4, 82],
    ].map(([subject, universal, dropouts, standard]) => ({
      subject: String(subject),
      answers: readAnswers(prepared, {
        'Z1.a': { value: universal },
        'Z1.b': { value: dropouts },
        Z4: { value: standard },
      }),
      facts: factsOf(),
      context: {},
    })),
    options,
  );
  const points = (code: string) =>
    [...round.values()].map(({ leaves }) => Number(leaves.find((one) => one.code === code)!.points?.valueOf()));

  it('full at the mean of 96, the rest ranked 8/6/4', () => {
    expect(points('Z1.a')).toEqual([10, 10, 10, 8]);
  });

  it('fewer dropouts rank first', () => {
    expect(points('Z1.b')).toEqual([10, 8, 6, 4]);
  });

  it('full from 85, below it ranked 8/6/4/2', () => {
    expect(points('Z4')).toEqual([10, 8, 6, 4]);
  });
});

describe('other published rules', () => {
  it('四川: two points for each tenth of a percentage point below, down to none', () => {
    const of = (primary: number, junior: number) => {
      const result = score('sichuan-compulsory-model-county', {
        c25: { value: 0, parts: { 小学适龄儿童入学率: primary, 初中入学率: junior } },
      });
      return result.leaves.find(({ code }) => code === 'c25')!.points?.valueOf();
    };
    expect(of(100, 98)).toBe(20);
    expect(of(99.9, 97.8)).toBe(14);
    expect(of(90, 98)).toBe(0);
  });

  it('湖北: blocks of 100 × weight, and no total while a block was not seen', () => {
    const result = score('kindergarten-hubei-2016', full('kindergarten-hubei-2016'));
    expect(result.nodes.find(({ code }) => code === 'A1')!.points?.valueOf()).toBe(100);
    const given = new Map([
      ['A1', 90],
      ['A2', 80],
      ['A3', 85],
      ['A4', 70],
      ['A5', 60],
    ] as const);
    expect(total(score('kindergarten-hubei-2016', {}, { given }))).toBe('77.25');
  });

  it('江西: a grade whose coefficient was not seen stays open', () => {
    const result = score('kindergarten-conduct-jiangxi', { C1: { level: 'A' }, C2: { level: 'B' } });
    const leaf = (code: string) => result.leaves.find((one) => one.code === code)!;
    expect(leaf('C1').points?.valueOf()).toBe(2);
    expect(isMissing(leaf('C2').points) || leaf('C2').points).toBeNull();
  });
});
