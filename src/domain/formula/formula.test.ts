import { describe, expect, it } from 'vitest';
import { isProblem } from '../kit/problem.ts';
import { missing } from '../kit/value.ts';
import { exacts } from './algebra.ts';
import { orderOfDerivation } from './dependencies.ts';
import { evaluateTerm } from './evaluate.ts';
import { explain } from './explain.ts';
import { evaluate, evaluateTruth, formula, readingOf } from './formula.ts';
import { unitText } from './unit.ts';
import { type FormulaField, vocabulary } from './vocabulary.ts';

const fields: FormulaField[] = [
  { name: '小学在校生数', type: 'number', unit: '人' },
  { name: '初中在校生数', type: 'number', unit: '人' },
  { name: '小学高于规定学历教师数', type: 'number', unit: '人' },
  { name: '初中高于规定学历教师数', type: 'number', unit: '人' },
  { name: '图书册数', type: 'number', unit: '册' },
  { name: '教学仪器设备值', type: 'number', unit: '万元' },
  { name: '公用经费', type: 'number', unit: '元' },
  { name: '办学类型', type: 'text' },
  { name: '寄宿制', type: 'truth' },
];
const primary = vocabulary(fields, 'primary');
const school = { 小学在校生数: 200, 小学高于规定学历教师数: 25, 图书册数: 0, 办学类型: '218', 寄宿制: false };

const number = (source: string, record: Record<string, number | string | boolean | null> = school) =>
  evaluate(formula(source, primary), record);
const truth = (source: string, record: Record<string, number | string | boolean | null> = school) =>
  evaluateTruth(formula(source, primary, { type: 'truth' }), record);

function refusal(source: string, demand = {}): { position: number; reason: string; message: string } {
  try {
    formula(source, primary, demand);
  } catch (error) {
    if (isProblem(error) && error.code === 'formula.invalid') {
      return { ...(error.details as { position: number; reason: string }), message: error.message };
    }
    throw error;
  }
  throw new Error(`accepted: ${source}`);
}

describe('a formula', () => {
  it('means the fields of its section', () => {
    const source = '高于规定学历教师数 * 100 / 在校生数';
    expect(number(source)).toBe(12.5);
    const junior = formula(source, vocabulary(fields, 'junior'));
    expect(junior.fields).toEqual(['初中高于规定学历教师数', '初中在校生数']);
    expect(formula('图书册数 / 在校生数', primary).fields).toEqual(['图书册数', '小学在校生数']);
  });

  it('understands full-width writing and school arithmetic', () => {
    expect(number('（１＋２．５）×２－１')).toBe(6);
    expect(number('2 + 3 * 4 - 8 ÷ 2')).toBe(10);
    expect(number('-2 * 3')).toBe(-6);
    expect(number('10 - 4 - 3')).toBe(3);
  });

  it('chooses, folds and rounds', () => {
    expect(number('如果(在校生数 < 100, 100, 在校生数)')).toBe(200);
    expect(number('最大(1, 在校生数, 3)')).toBe(200);
    expect(number('平均(1, 2, 6)')).toBe(3);
    expect(number('四舍五入(1.005, 2)')).toBe(1.01);
    expect(number('四舍五入(-2.5, 0)')).toBe(-3);
    expect(number('四舍五入(0.1 + 0.2, 1)')).toBe(0.3);
  });

  it('decides conditions over texts and truths', () => {
    expect(truth('办学类型 属于 ("211", "218") 且 非 寄宿制')).toBe(true);
    expect(truth('办学类型 = “211” 或 在校生数 ≥ 200')).toBe(true);
    expect(truth('非 在校生数 = 200')).toBe(false);
  });
});

describe('missing stays missing', () => {
  it('with its reason and fields, and never becomes zero', () => {
    expect(number('图书册数 * 0', {})).toMatchObject({ missing: 'not-filed' });
    expect(number('教学仪器设备值 / 在校生数', {})).toEqual(missing('not-filed', ['教学仪器设备值', '小学在校生数']));
    expect(number('在校生数 / 图书册数')).toEqual(missing('division-by-zero', ['图书册数']));
    expect(number('1 / (图书册数 * 在校生数)')).toEqual(missing('division-by-zero', ['图书册数', '小学在校生数']));
    expect(number('1 / (1 - 1)')).toEqual(missing('division-by-zero'));
    expect(number('在校生数 * 0', { 小学在校生数: null })).toEqual(missing('not-filed', ['小学在校生数']));
    expect(number('最大(1, 在校生数)', {})).toEqual(missing('not-filed', ['小学在校生数']));
    expect(number('在校生数', { 小学在校生数: Number.POSITIVE_INFINITY })).toEqual(
      missing('out-of-range', ['小学在校生数']),
    );
  });

  it('unless the rest settles the matter', () => {
    expect(truth('在校生数 > 0 且 假', {})).toBe(false);
    expect(truth('在校生数 > 0 或 真', {})).toBe(true);
    expect(truth('在校生数 > 0 或 假', {})).toEqual(missing('not-filed', ['小学在校生数']));
    expect(number('如果(真, 1, 在校生数)', {})).toBe(1);
    expect(number('如果(有值(在校生数), 在校生数, -1)', {})).toBe(-1);
  });

  it('keeps a reason that came with the cell, and does not read inherited names', () => {
    expect(evaluate(formula('图书册数', primary), { 图书册数: missing('not-applicable') })).toEqual(
      missing('not-applicable', ['图书册数']),
    );
    const odd = vocabulary([{ name: 'constructor', type: 'number' }]);
    expect(evaluate(formula('constructor', odd), {})).toMatchObject({ missing: 'not-filed' });
  });
});

describe('aggregates over the schools of a county', () => {
  it('read the set once, however many schools ask', () => {
    let reads = 0;
    const schools = Array.from({ length: 300 }, (_, index) => (name: string) => {
      reads += 1;
      return name === '小学在校生数' ? index : null;
    });
    const above = formula('在校生数 > 平均(在校生数)', primary, { type: 'truth' });
    const holding = schools.filter((read) => evaluateTruth(above, { read, schools }) === true);
    expect(holding).toHaveLength(150);
    expect(reads).toBeLessThan(1000);
  });

  const schools = [
    { 小学在校生数: 45, 图书册数: 279, 办学类型: '211' },
    { 小学在校生数: 37, 图书册数: 137, 办学类型: '218' },
    { 小学在校生数: 89, 图书册数: null, 办学类型: '211' },
  ].map((record) => readingOf(record).read);
  const county = (source: string, list = schools) =>
    evaluate(formula(source, primary, { scope: 'county' }), { read: () => undefined, schools: list });

  it('add, average, count, compare', () => {
    expect(county('合计(在校生数)')).toBe(171);
    expect(county('平均(在校生数)')).toBe(57);
    expect(county('最大(在校生数) - 最小(在校生数)')).toBe(52);
    expect(county('合计(在校生数, 办学类型 = "211")')).toBe(134);
    expect(county('计数(在校生数 < 50)')).toBe(2);
    expect(county('计数(图书册数)')).toBe(2);
  });

  it('do not take a missing school for zero', () => {
    expect(county('合计(图书册数)')).toEqual(missing('not-filed', ['图书册数']));
    expect(county('合计(图书册数, 有值(图书册数))')).toBe(416);
    expect(county('计数(图书册数 > 0)')).toMatchObject({ missing: 'not-filed' });
    expect(county('合计(在校生数)', [])).toEqual(missing('no-schools'));
    expect(county('计数(在校生数)', [])).toBe(0);
  });

  it('stand inside a school formula too', () => {
    const share = formula('在校生数 / 合计(在校生数)', primary);
    expect(evaluate(share, { read: schools[0]!, schools })).toBe(45 / 171);
  });
});

describe('refusals point at the place', () => {
  it.each([
    ['在校生数 +', 7, '没有写完'],
    ['', 1, '空的'],
    ['在校人数', 1, '是否应为“在校生数”'],
    ['(1 + 2', 1, '缺少右括号'],
    ['1 + 2)', 6, '多了一个右括号'],
    ['在校生数 85%', 8, '百分号'],
    ['3个', 2, '缺少运算符'],
    ['1 < 在校生数 < 3', 10, '比较不能连写'],
    ['在校生数 图书册数', 6, '缺少运算符'],
    ['平方(2)', 1, '没有名为“平方”的函数'],
    ['如果(1, 2, 3)', 4, '这里应是条件'],
    ['如果(真, 2)', 1, '3 项'],
    ['在校生数 + 图书册数', 1, '单位不一致：人 与 册'],
    ['教学仪器设备值 + 公用经费', 1, '需先换算'],
    ['在校生数 = "二百"', 1, '不能拿数字与文字比较'],
    ['合计(合计(在校生数))', 4, '不能再放进'],
    ['四舍五入(1, 20)', 9, '0 到 10'],
    ['1 / 0', 5, '除数不能是 0'],
    ['合计、平均', 3, '顿号'],
    ['办学类型 属于 (211)', 10, '文字'],
    ['"211', 1, '右引号'],
    ['合计', 1, '缺少括号'],
    ['1 + 9007199254740993', 5, '位数过多，无法准确保存，最多 15 位有效数字'],
    ['10²', 3, '不认识的符号“²”'],
    ['① + ①', 1, '不认识的符号“①”'],
    ['1 + 😀', 5, '不认识的符号“😀”'],
    ['"😀" = 😀', 7, '不认识的符号“😀”'],
    ['办学类型 = "𠮷" 且 百分', 14, '没有名为“百分”'],
    ['计数(图书册数, 真, 真)', 1, '1 至 2 项，现有 3 项'],
    ['合计()', 1, '至少 1 项，现有 0 项'],
    ['寄宿制', 1, '结果应是数字'],
  ])('%s', (source, position, words) => {
    const { position: found, reason, message } = refusal(source);
    expect(reason).toContain(words);
    expect(found).toBe(position);
    expect(message).toContain(`第 ${position} 个字`);
  });

  it('keeps county formulas to aggregates', () => {
    expect(refusal('在校生数', { scope: 'county' }).reason).toContain('全县的公式');
  });

  it('limits length, depth, size and magnitude', () => {
    expect(refusal('1'.repeat(2001)).reason).toContain('过长');
    expect(refusal(`${'('.repeat(40)}1${')'.repeat(40)}`).reason).toContain('32 层');
    expect(refusal(Array.from({ length: 300 }, () => '1').join('+')).reason).toContain('过大');
    expect(refusal(Array.from({ length: 30 }, () => '在校生数').join('*')).reason).toContain('可计算的范围');
    expect(refusal('9'.repeat(400)).reason).toContain('可计算的范围');
    expect(number(`合计(${Array.from({ length: 50 }, () => '在校生数').join(',')})`)).toBe(10_000);
  });
});

describe('units, exactness, explanation, order', () => {
  it('follow the arithmetic', () => {
    const unit = (source: string) => unitText(formula(source, primary).unit!);
    expect(unit('教学仪器设备值 / 在校生数')).toBe('10000元/人');
    expect(unit('高于规定学历教师数 / 在校生数')).toBe('比值');
    expect(unit('图书册数 * 2 / 在校生数')).toBe('册/人');
  });

  it('can be evaluated without rounding', () => {
    const { term } = formula('(0.1 + 0.2) * 图书册数 = 0.3', primary, { type: 'truth' });
    expect(evaluateTerm(term, readingOf({ 图书册数: 1 }), exacts)).toBe(true);
    expect(truth('(0.1 + 0.2) * 图书册数 = 0.3', { 图书册数: 1 })).toBe(false);
  });

  it('are explained as a person would check them', () => {
    const known = formula('高于规定学历教师数 * 100 / 在校生数', primary);
    expect(explain(known.term, readingOf(school))).toBe('12.5 = 25 × 100 ÷ 200');
    const nested = formula('(在校生数 - 50) * 如果(在校生数 > 1, 图书册数 - 3, 0) / (2 / 4)', primary);
    expect(explain(nested.term, readingOf(school))).toBe('-900 = （200 − 50） × （0 − 3） ÷ （2 ÷ 4）');
    const text = (source: string, values = {}) => explain(formula(source, primary).term, readingOf(values));
    expect(text('10 * 如果(真, (图书册数 + 1) * 1 - 3, 0)', { 图书册数: 2 })).toBe('0 = 10 × （（2 + 1） × 1 − 3）');
    expect(text('2 - 如果(真, -3, 0)')).toBe('5 = 2 − （−3）');
    expect(text('2 - 如果(图书册数 > 0, 1, 0)')).toBe('（未填报：图书册数） = 2 − （未填报：图书册数）');
    expect(text('如果(真, 如果(假, 1, 图书册数 - 4), 0) * 2', { 图书册数: 2 })).toBe('-4 = （2 − 4） × 2');
    expect(explain(known.term, readingOf({ 小学高于规定学历教师数: 25 }))).toBe(
      '（未填报：小学在校生数） = 25 × 100 ÷ （未填报：小学在校生数）',
    );
  });

  it('derived fields are ordered, a circle is named', () => {
    expect(
      orderOfDerivation([
        { name: '总数', reads: ['小计', '其他'] },
        { name: '小计', reads: ['甲'] },
      ]),
    ).toEqual(['小计', '总数']);
    const circle = [
      { name: '甲', reads: ['乙'] },
      { name: '乙', reads: ['丙'] },
      { name: '丙', reads: ['甲'] },
    ];
    expect(() => orderOfDerivation(circle)).toThrow('甲 → 乙 → 丙 → 甲');
  });
});
