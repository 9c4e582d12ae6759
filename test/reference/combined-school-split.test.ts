import { describe, expect, it } from 'vitest';
import { runBalance } from '#domain/balance/run/run.ts';
import type { BalanceSchool } from '#domain/balance/school/school.ts';
import { type Split, splitOf } from '#domain/balance/school/split.ts';
import { toNumber } from '#domain/kit/decimal.ts';
import { readExample, shippedStandard } from './read-examples.ts';

const prepared = shippedStandard('basic-2012');
const weights = prepared.standard.splitWeights;
const [row] = readExample('nine-year-school-split.csv');
const school: BalanceSchool = {
  code: row!.学校标识码!,
  name: row!.学校名称!,
  type: row!.办学类型!,
  sponsor: '县',
  values: {
    小学在校生数: Number(row!.小学在校生数),
    初中在校生数: Number(row!.初中在校生数),
    图书册数: Number(row!.图书册数),
  },
};
const share = (one: BalanceSchool, level: 'primary' | 'junior') => (splitOf(one, level, weights) as Split).share;

/** 《测算均衡系数拆分公式》: 166 primary and 210 junior pupils, 23,226 books; printed 9,711 and 13,515. */
describe('the official split of a 九年一贯制 school', () => {
  it('weighs 166 · 1 + 210 · 1.1 = 397 heads', () => {
    expect(166 * weights.primary + 210 * weights.junior).toBeCloseTo(397, 12);
    expect(share(school, 'primary')).toBeCloseTo(166 / 397, 12);
  });

  it('gives 9,711.627 books to primary and 13,514.373 to junior', () => {
    expect(23226 * share(school, 'primary')).toBeCloseTo(9711.627204, 6);
    expect(23226 * share(school, 'junior')).toBeCloseTo(13514.372796, 6);
    expect(Math.abs(23226 * share(school, 'primary') - 9711)).toBeLessThan(1);
    expect(Math.abs(23226 * share(school, 'junior') - 13515)).toBeLessThan(1);
  });

  it('comes out of the whole calculation too: 58.50 books per primary pupil', () => {
    const result = runBalance(prepared, [school]);
    const books = (level: 'primary' | 'junior') => result.levels[level].indicators.find(({ key }) => key === 'books')!;
    expect(books('primary').mean).toBeCloseTo(58.503778, 6);
    expect(books('primary').schools[0]!.resources).toBeCloseTo(9711.627204, 6);
    expect(books('junior').schools[0]!.resources).toBeCloseTo(13514.372796, 6);
  });

  it('is exact without rounding', () => {
    expect(toNumber((splitOf(school, 'primary', weights) as Split).exactShare())).toBe(166 / 397);
  });
});

/** 教督〔2012〕3号 and its explanations: B/(B+1.2C) for 完全中学, A/(A+1.1B+1.32C) for 十二年一贯制. */
describe('the other combined schools', () => {
  const combined = (
    type: string,
    小学在校生数: number | null,
    初中在校生数: number,
    高中在校生数: number,
  ): BalanceSchool => ({
    ...school,
    type,
    values: { 小学在校生数, 初中在校生数, 高中在校生数 },
  });

  it('完全中学: junior share B/(B + 1.2C)', () =>
    expect(share(combined('341', null, 500, 700), 'junior')).toBeCloseTo(500 / (500 + 1.2 * 700), 12));

  it('十二年一贯制: A/(A + 1.1B + 1.32C)', () => {
    const twelve = combined('345', 300, 200, 100);
    const heads = 300 + 1.1 * 200 + 1.32 * 100;
    expect(share(twelve, 'primary')).toBeCloseTo(300 / heads, 12);
    expect(share(twelve, 'junior')).toBeCloseTo(220 / heads, 12);
  });

  it('a campus of one stage is not split', () => {
    expect(share(combined('312', 300, 0, 0), 'primary')).toBe(1);
    expect(share(combined('341', null, 300, 0), 'junior')).toBe(1);
  });
});
