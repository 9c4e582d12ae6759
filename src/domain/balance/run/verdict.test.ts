import { describe, expect, it } from 'vitest';
import {
  basic,
  complete,
  type EditableStandard,
  quality,
  school,
  standardJson,
} from '#test/support/balance/schools.ts';
import { balanceReport } from '../report/report.ts';
import { type BalanceSchool, balanceFields } from '../school/school.ts';
import { prepareStandard } from '../standard/prepared-standard.ts';
import { readStandard } from '../standard/read-standard.ts';
import { runBalance } from './run.ts';

describe('missing is neither zero nor hidden', () => {
  const lacking = [school('A', '211', { p: 400 }, { 图书册数: null }), ...complete.slice(1)];

  it('a school lacking one input is left out of that indicator only, and the verdict is provisional', () => {
    const { primary, junior } = runBalance(basic, lacking).levels;
    expect(primary.schools).toBe(3);
    expect(primary.missing).toEqual([{ code: 'A', field: '图书册数' }]);
    const books = primary.indicators.find(({ key }) => key === 'books')!;
    const without = runBalance(basic, complete.slice(1)).levels.primary.indicators.find(({ key }) => key === 'books')!;
    expect(books.cv).toBe(without.cv);
    const none = { pupils: null, resources: null, value: null, contribution: null, trace: null };
    expect(books.schools[0]).toEqual({ code: 'A', ...none, reason: '未填报：图书册数' });
    expect(books.schools[1]!.reason).toBeNull();
    expect(primary.indicators.find(({ key }) => key === 'computers')!.schools[0]!.value).not.toBeNull();
    expect(primary.verdict).toBe('provisional');
    expect(junior.verdict).toBe('pass');
    expect(runBalance(basic, lacking).verdict).toBe('provisional');
  });

  it('pupils missing: out of every indicator; the split of a combined school needs all its stages', () => {
    const { primary, junior } = runBalance(basic, [
      school('甲', '211', { p: 1 }, { 小学在校生数: null }),
      school('乙', '312', { p: 300, j: 1 }, { 初中在校生数: null }),
      ...complete,
    ]).levels;
    expect(primary.missing).toEqual([
      { code: '甲', field: '小学在校生数' },
      { code: '乙', field: '初中在校生数' },
    ]);
    expect(junior.missing).toEqual([{ code: '乙', field: '初中在校生数' }]);
    const taught = primary.indicators.find(({ key }) => key === 'teachers')!;
    expect(taught.schools.map(({ value }) => value === null)).toEqual([true, false, false, false, false]);
    const area = primary.indicators.find(({ key }) => key === 'teachingArea')!;
    expect(area.schools.map(({ value }) => value === null)).toEqual([true, true, false, false, false]);
  });

  it('a 教学点 whose pupils nobody knows is neither in nor out: missing, provisional', () => {
    const { primary } = runBalance(quality, [
      ...complete,
      school('点', '218', { p: 1 }, { 小学在校生数: null }),
    ]).levels;
    expect(primary.excluded).toEqual([]);
    expect(primary.missing).toEqual([{ code: '点', field: '小学在校生数' }]);
    expect(primary.verdict).toBe('provisional');
  });

  it('an unknown 举办者 leaves a school out of the figures of basic-2012, not of quality-2017', () => {
    const unknown = { ...school('甲', '211', { p: 100 }), sponsor: null };
    const inBasic = runBalance(basic, [...complete, unknown]).levels.primary;
    expect(inBasic.missing).toEqual([{ code: '甲', field: '举办者' }]);
    expect(inBasic.indicators[0]!.cv).toBe(runBalance(basic, complete).levels.primary.indicators[0]!.cv);
    expect(runBalance(quality, [...complete, unknown]).levels.primary.missing).toEqual([]);
  });

  it('a figure is null only where no school is left or the mean is zero', () => {
    const none = complete.map((one) => ({ ...one, values: { ...one.values, 图书册数: null } }));
    const zero = complete.map((one) => ({ ...one, values: { ...one.values, 图书册数: 0 } }));
    const books = (schools: BalanceSchool[]) =>
      balanceReport(runBalance(basic, schools)).levels.primary.indicators.find(({ key }) => key === 'books')!;
    expect(books(none)).toMatchObject({
      mean: null,
      standardDeviation: null,
      cv: null,
      reason: '没有可参与计算的学校',
    });
    expect(books(zero)).toMatchObject({ mean: 0, standardDeviation: 0, cv: null });
    expect(books(zero).reason).toContain('平均值为零');
    const report = balanceReport(runBalance(basic, zero));
    expect(report.levels.primary).toMatchObject({ compositeCv: null, verdict: 'unavailable' });
    expect(report.levels.primary.reason).toContain('图书');
  });

  it('what cannot be computed is missing as well as what nobody filed, with and without the name of a field', () => {
    const without = school('零', '211', { p: 200 }, { 计算机台数: 0 });
    const run = (change: (standard: EditableStandard) => void) => {
      const edited = standardJson('quality-2017');
      change(edited);
      return runBalance(prepareStandard(readStandard(edited), balanceFields), [...complete, without]).levels.primary;
    };
    const excluding = (when: string) =>
      run((standard) => standard.exclusions.push({ levels: ['primary'], when, reason: '图书多于计算机' }));
    expect(excluding('图书册数 / 计算机台数 > 1000')).toMatchObject({
      missing: [{ code: '零', field: '计算机台数' }],
      verdict: 'provisional',
    });
    expect(excluding('学校标识码 = "零" 且 1 / (1 - 1) > 0')).toMatchObject({
      missing: [{ code: '零', field: '除数为零' }],
      verdict: 'provisional',
    });
    const divided = run((standard) => {
      standard.indicators[3]!.numerator = '教学及辅助用房面积 * (计算机台数 / 计算机台数)';
    });
    expect(divided).toMatchObject({ missing: [{ code: '零', field: '计算机台数' }], verdict: 'provisional' });
    expect(divided.compliance!.find(({ code }) => code === '零')).toMatchObject({
      pass: null,
      reason: '除数为零：计算机台数',
    });
  });

  it('a mean below zero has no 差异系数: sports rooms larger than the rooms that hold them', () => {
    const turned = (code: string) =>
      school(code, '211', { p: 100 }, { 教学及辅助用房面积: 100, 室内体育用房面积: 300 });
    const { primary } = runBalance(quality, [turned('A'), school('B', '211', { p: 1 })]).levels;
    const area = primary.indicators.find(({ key }) => key === 'teachingArea')!;
    expect(area).toMatchObject({ cv: null, pass: null, distance: null, reason: expect.stringContaining('平均值为负') });
    expect(area.mean).toBeLessThan(0);
  });

  it('compliance with an input missing is open, unless the rest already fails', () => {
    const open = runBalance(quality, [school('A', '211', { p: 400 }, { 网络多媒体教室数: null })]).levels.primary;
    expect(open.compliance![0]).toMatchObject({ met: 6, minimumRatio: null, pass: null });
    expect(open.compliance![0]!.reason).toBe('未填报：网络多媒体教室数');
    const failed = school('A', '211', { p: 400 }, { 网络多媒体教室数: null, 运动场地面积: 0, 室内体育用房面积: 0 });
    expect(runBalance(quality, [failed]).levels.primary.compliance![0]).toMatchObject({ pass: false });
  });
});

describe('verdicts', () => {
  it('one school alone has no variation', () => {
    const { primary } = runBalance(basic, [complete[0]!]).levels;
    expect(primary.indicators.map(({ cv }) => cv)).toEqual(Array(8).fill(0));
    expect(primary.verdict).toBe('pass');
  });

  it('quality-2017 fails by a single school below its thresholds and by a single 差异系数', () => {
    expect(runBalance(quality, complete).verdict).toBe('pass');
    const poor = school('P', '211', { p: 100 }, { 教学仪器设备值: 1, 网络多媒体教室数: 1 });
    expect(runBalance(quality, [...complete, poor]).levels.primary.verdict).toBe('fail');
    const rich = school('R', '211', { p: 400 }, { 教学仪器设备值: 2000 });
    const { primary } = runBalance(quality, [...complete, rich]).levels;
    expect(primary.compliance!.every(({ pass }) => pass)).toBe(true);
    expect(primary.indicators.filter(({ pass }) => pass === false).map(({ key }) => key)).toEqual(['equipmentValue']);
    expect(primary.verdict).toBe('fail');
  });

  it('a 差异系数 exactly at the limit is within it: two schools at 0.5 and 1.5 of the mean', () => {
    const half = (code: string, 县级以上骨干教师数: number) =>
      school(code, '211', { p: 300 }, { 小学县级以上骨干教师数: 县级以上骨干教师数 });
    const at = runBalance(quality, [half('A', 3), half('B', 9)]).levels.primary.indicators[1]!;
    expect(at.cv).toBeCloseTo(0.5, 12);
    expect(at.pass).toBe(true);
    const beyond = runBalance(quality, [half('A', 3), half('B', 10)]).levels.primary.indicators[1]!;
    expect(beyond.pass).toBe(false);
    expect(beyond.distance).toBeLessThan(0);
  });

  it('a distance never contradicts the verdict, however the doubles fall', () => {
    // 11 and 29 square metres on 54 pupils each: exactly 0.45, in doubles 0.4500000000000002.
    const split = (code: string, area: number) =>
      school(code, '311', { j: 54 }, { 教学及辅助用房面积: area, 室内体育用房面积: 0 });
    const at = runBalance(quality, [split('A', 11), split('B', 29)]).levels.junior.indicators[3]!;
    expect(at.cv).toBeGreaterThan(0.45);
    expect(at).toMatchObject({ pass: true, distance: 0 });
  });

  it('the side of 综合差异系数 is decided without rounding too', () => {
    // All eight at 7 to 33 on 51 pupils: exactly the limit 0.65, in doubles above it.
    const even = (code: string, parts: number) => {
      const names = ['专任教师数', '高于规定学历教师数', '中级及以上职称教师数'].map((name) => `小学${name}`);
      const material = ['教学及辅助用房面积', '运动场地面积', '教学仪器设备值', '计算机台数', '图书册数'];
      const values = Object.fromEntries([...names, ...material].map((name) => [name, parts]));
      return school(code, '211', { p: 51 }, { ...values, 室内体育用房面积: 0 });
    };
    const { primary } = runBalance(basic, [even('A', 7), even('B', 33)]).levels;
    expect(primary.compositeCv).toBeGreaterThan(0.65);
    expect(primary).toMatchObject({ compositePass: true, verdict: 'pass' });
    const beyond = runBalance(basic, [even('A', 7), even('B', 34)]).levels.primary;
    expect(beyond).toMatchObject({ compositePass: false, verdict: 'fail' });
    expect(runBalance(quality, [even('A', 7)]).levels.primary.compositePass).toBeNull();
  });

  it('a certain failure is not hidden by an indicator whose mean is 0', () => {
    // No school has a 骨干教师. So that 差异系数 does not exist, and no school reaches 85 % of the threshold.
    const plain = ['A', 'B'].map((code) => school(code, '211', { p: 400 }, { 小学县级以上骨干教师数: 0 }));
    const { primary } = runBalance(quality, plain).levels;
    expect(primary.indicators[1]).toMatchObject({ cv: null, pass: null });
    expect(primary.compliance!.map(({ pass }) => pass)).toEqual([false, false]);
    expect(primary).toMatchObject({ verdict: 'fail', reason: null });
  });

  it('an indicator whose mean is 0 keeps the verdict open where nothing else decides it', () => {
    const none = complete.map((one) => ({ ...one, values: { ...one.values, 图书册数: 0 } }));
    expect(runBalance(basic, none).levels.primary.verdict).toBe('unavailable');
  });

  it('what is missing keeps it provisional, also where every school lacks it and where the rest already fails', () => {
    const none = complete.map((one) => ({ ...one, values: { ...one.values, 图书册数: null } }));
    const { primary } = runBalance(basic, none).levels;
    expect(primary).toMatchObject({ verdict: 'provisional', compositeCv: null });
    expect(primary.reason).toBe('有 3 所学校缺少数据；生均图书册数：没有可参与计算的学校');
    expect(balanceReport(runBalance(basic, none)).levels.primary.reason).toContain('图书');
    const failing = school('P', '211', { p: 100 }, { 教学仪器设备值: 1, 图书册数: null, 网络多媒体教室数: null });
    expect(runBalance(quality, [...complete, failing]).levels.primary.verdict).toBe('provisional');
  });

  it('a county of which nothing is approved cannot be computed; with one approved filing it is provisional', () => {
    const unfiled = complete.map((one) => ({ ...one, values: {}, filed: false }));
    const none = runBalance(quality, unfiled);
    expect(none.verdict).toBe('unavailable');
    expect(none.levels.primary).toMatchObject({ verdict: 'unavailable', reason: '还没有已批准的填报' });
    expect(none.levels.junior).toMatchObject({ verdict: 'unavailable', reason: '还没有已批准的填报' });
    expect(none.levels.primary.missing.length).toBeGreaterThan(0);
    expect(runBalance(quality, [{ ...complete[0]!, filed: true }, ...unfiled.slice(1)]).levels.primary.verdict).toBe(
      'provisional',
    );
  });

  it('the contributions add up to 1, to 0 where the schools do not differ', () => {
    const { indicators } = runBalance(quality, [...complete, school('F', '311', { j: 77 })]).levels.junior;
    const sums = indicators.map(({ schools }) => schools.reduce((sum, { contribution }) => sum + contribution!, 0));
    indicators.forEach(({ standardDeviation }, index) => {
      expect(sums[index]).toBeCloseTo(standardDeviation === 0 ? 0 : 1, 12);
    });
    expect(sums.filter((sum) => sum > 0).length).toBeGreaterThan(2);
  });
});
