import { describe, expect, it } from 'vitest';
import { compositeWithinLimit } from '#domain/balance/run/threshold.ts';
import { exact, multiply } from '#domain/kit/decimal.ts';
import { readExample, shippedStandard } from './read-examples.ts';

/** 教育部反馈意见，表2 安徽省6个区义务教育学校校际差异系数表: eight 差异系数 and 综合, printed with three decimals. */
describe('county tables published with national inspection feedback', () => {
  const { standard } = shippedStandard('basic-2012');
  const rows = readExample('published-basic-balance.csv').filter((row) => row.行 === '差异系数');
  const names = standard.indicators.map(({ name }) => name);

  it('list the eight indicators of the standard, in its order', () => {
    expect(Object.keys(rows[0]!).slice(3, 11)).toEqual(names);
  });

  // The printed figures of 蜀山 primary are inconsistent: its eight average 0.4154, printed 0.417. The row tests nothing.
  const consistent = rows.filter((row) => !(row.区 === '合肥蜀山区' && row.学段 === '小学'));

  it.each(consistent.map((row) => [`${row.区} ${row.学段}`, row] as const))(
    '%s: 综合 is the mean of the eight',
    (_, row) => {
      const cvs = names.map((name) => Number(row[name]));
      const mean = cvs.reduce((left, right) => left + right, 0) / cvs.length;
      expect(Math.abs(mean - Number(row.综合))).toBeLessThanOrEqual(0.001);
    },
  );

  it.each(consistent.map((row) => [`${row.区} ${row.学段}`, row] as const))(
    '%s: passes by the composite alone',
    (_, row) => {
      const level = row.学段 === '小学' ? 'primary' : 'junior';
      const cvs = names.map((name) => Number(row[name]));
      const composite = cvs.reduce((left, right) => left + right, 0) / cvs.length;
      const limit = standard.compositeLimits![level];
      expect(standard.indicators.every(({ limits }) => limits === null)).toBe(true);
      expect(compositeWithinLimit(composite, limit, () => cvs.map((cv) => multiply(exact(cv), exact(cv))))).toBe(true);
    },
  );

  it('single figures above the limit do not matter: 庐阳 primary 0.977 and 1.299, 蜀山 junior 1.021', () => {
    const above = consistent.filter((row) => names.some((name) => Number(row[name]) > 0.65));
    expect(above.map((row) => `${row.区}${row.学段}`)).toEqual(['合肥庐阳区小学', '合肥庐阳区初中', '合肥蜀山区初中']);
  });
});
