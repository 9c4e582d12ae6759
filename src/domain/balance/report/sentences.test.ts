import { describe, expect, it } from 'vitest';
import { reportRun, reportSchool as school, shipped } from '#test/support/balance/report-run.ts';
import { compareLevels } from '../run/comparison.ts';
import type { BalanceResult } from '../run/result.ts';
import {
  changeSentences,
  excludedSentences,
  missingSentences,
  overSentences,
  schoolSentences,
  verdictSentences,
  weightSentences,
} from './sentences.ts';

const { standard: quality } = shipped('quality-2017');
const even = [school('甲'), school('乙'), school('丙')];
const good = reportRun('quality-2017', even);
/** One school has six times the equipment of the others. */
const rich = { 教学仪器设备值: 61.5 * 6 };
const uneven = reportRun('quality-2017', [...even, school('丁', rich)]);
const primary = (result: BalanceResult) => result.levels.primary;

const changes = (before: BalanceResult, after: BalanceResult) => ({
  primary: compareLevels(before.levels.primary, after.levels.primary),
  junior: compareLevels(before.levels.junior, after.levels.junior),
});

describe('the verdict', () => {
  it('stands first, with the number of schools of each level and why one has none', () => {
    expect(verdictSentences(quality, good)).toEqual([
      `测算结论：${quality.verdictNames[good.verdict]}。`,
      `小学计入 3 所，${quality.verdictNames.pass}；初中计入 0 所，${quality.verdictNames.unavailable}（没有计入初中的学校）。`,
    ]);
  });
});

describe('what is over its limit', () => {
  it('is said with its distance, and nothing where all is within', () => {
    expect(overSentences('primary', primary(good))).toEqual([]);
    expect(overSentences('primary', primary(uneven))).toEqual([
      '小学有 1 项差异系数高于限值：生均教学仪器设备值 0.962（超出限值 0.462）。',
    ]);
  });

  it('comes worst first', () => {
    const both = reportRun('quality-2017', [...even, school('丁', { ...rich, 小学县级以上骨干教师数: 60 })]);
    expect(overSentences('primary', primary(both))[0]).toMatch(/有 2 项.*骨干教师数 1\.\d+.*、生均教学仪器设备值/);
  });

  it('is 综合差异系数 where that alone is limited', () => {
    const wide = {
      教学仪器设备值: 900,
      计算机台数: 900,
      图书册数: 200_000,
      运动场地面积: 60_000,
      教学及辅助用房面积: 50_000,
    };
    const basic = reportRun('basic-2012', [...even, school('丁', wide)]);
    expect(overSentences('primary', primary(basic))[0]).toMatch(/^小学综合差异系数 0\.\d+，高于限值 0\.65（超出限值 /);
  });

  it('names a coefficient that cannot be computed with its reason', () => {
    const none = even.map((one) => ({ ...one, values: { ...one.values, 网络多媒体教室数: 0 } }));
    expect(overSentences('primary', primary(reportRun('quality-2017', none)))).toEqual([
      expect.stringMatching(/^小学每百名学生拥有网络多媒体教室数的差异系数无法计算：./),
    ]);
  });
});

describe('the change against last year', () => {
  it('is nothing where nothing changed', () => {
    expect(changeSentences(quality, changes(good, good))).toEqual([]);
  });

  it('names the verdict, what crossed its limit, what moved most, and who came', () => {
    expect(changeSentences(quality, changes(good, uneven))).toEqual([
      `小学由上年的“${quality.verdictNames.pass}”变为“${quality.verdictNames.fail}”。`,
      '小学上年不超限、今年超限的：生均教学仪器设备值（0.000 变为 0.962）。',
      '小学差异扩大最多的是生均教学仪器设备值（0.000 变为 0.962）。',
      '小学比上年新计入 1 所：示例丁校。',
    ]);
    const back = changeSentences(quality, changes(uneven, good));
    expect(back).toContain('小学上年超限、今年不超限的：生均教学仪器设备值（0.962 变为 0.000）。');
    expect(back).toContain('小学比上年不再计入 1 所：示例丁校。');
  });

  it('says of what stays within its limit only that it moved', () => {
    const little = reportRun('quality-2017', [...even, school('丁', { 教学仪器设备值: 70 })]);
    const said = changeSentences(quality, changes(good, little));
    expect(said.join()).toContain('差异扩大最多的是生均教学仪器设备值');
    expect(said.join()).not.toContain('超限');
  });
});

describe('the schools', () => {
  it('that weigh most are named for what is over its limit alone', () => {
    expect(weightSentences('primary', primary(good))).toEqual([]);
    expect(weightSentences('primary', primary(uneven))).toEqual([
      '小学生均教学仪器设备值的差异，主要来自示例丁校（占 75%，高于均值）。',
    ]);
  });

  it('that do not reach the standard are named, and those that lack one indicator among them', () => {
    expect(schoolSentences(quality, 'primary', primary(good))).toEqual([]);
    const poor = school('戊', { 教学仪器设备值: 20 });
    const [sentence] = schoolSentences(quality, 'primary', primary(reportRun('quality-2017', [...even, poor])));
    expect(sentence).toBe('小学判定 4 所学校，1 所不达标：示例戊校。其中 1 所只差一项：示例戊校。');
  });

  it('that could not be judged are not counted among the judged', () => {
    const poor = school('戊', { 教学仪器设备值: 20 });
    const unknown = school('己', { 教学仪器设备值: null });
    const run = primary(reportRun('quality-2017', [...even, poor, unknown]));
    expect(run.compliance?.map(({ pass }) => pass)).toContain(null);
    expect(schoolSentences(quality, 'primary', run)[0]).toContain('判定 4 所学校，1 所不达标');
  });

  it('that are left out stand by their reason, a long list shortened', () => {
    expect(excludedSentences('primary', primary(good))).toEqual([]);
    const points = Array.from({ length: 8 }, (_, at) => ({
      ...school(`点${at}`, { 小学在校生数: 20 }),
      type: '218',
    }));
    const [sentence] = excludedSentences('primary', primary(reportRun('quality-2017', [...even, ...points])));
    expect(sentence).toMatch(/^小学不计入 8 所：.* 8 所（示例点0校、.*示例点5校等 8 所）。$/);
  });

  it('that lack figures are named with what is missing', () => {
    expect(missingSentences('primary', primary(good))).toEqual([]);
    const open = [
      school('己', { 图书册数: null, 网络多媒体教室数: null }),
      { ...school('庚'), values: {}, filed: false },
    ];
    expect(missingSentences('primary', primary(reportRun('quality-2017', [...even, ...open])))).toEqual([
      '小学有 1 所学校没有已批准的填报：示例庚校。',
      '小学有 1 所学校数据不全：示例己校（网络多媒体教室数）。',
    ]);
  });
});
