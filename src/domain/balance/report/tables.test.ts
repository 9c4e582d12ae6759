import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareLevels, differencesBetween } from '../run/comparison.ts';
import { runBalance } from '../run/run.ts';
import { type BalanceSchool, balanceFields } from '../school/school.ts';
import { prepareStandard } from '../standard/prepared-standard.ts';
import { readStandard } from '../standard/read-standard.ts';
import { tableThree, tableTwoSchools, tableTwoSummary } from './tables.ts';

const prepared = (key: string) => {
  const file = new URL(`../../../../reference/standards/${key}.json`, import.meta.url);
  return prepareStandard(readStandard(JSON.parse(readFileSync(file, 'utf8'))), balanceFields);
};
const quality = prepared('quality-2017');
const basic = prepared('basic-2012');

const school = (code: string, change: Record<string, number | null> = {}): BalanceSchool => ({
  code,
  name: `示例${code}`,
  type: '211',
  sponsor: '县',
  values: {
    小学在校生数: 300,
    小学专任教师数: 20,
    小学高于规定学历教师数: 15,
    小学中级及以上职称教师数: 9,
    小学县级以上骨干教师数: 4,
    小学体育艺术专任教师数: 3,
    教学及辅助用房面积: 1500,
    室内体育用房面积: 100,
    运动场地面积: 2500,
    教学仪器设备值: 61.5,
    计算机台数: 40,
    图书册数: 9000,
    网络多媒体教室数: 7,
    ...change,
  },
});
const schools = [
  school('A'),
  school('B', { 小学高于规定学历教师数: 12, 教学仪器设备值: 58 }),
  school('C', { 网络多媒体教室数: null }),
];

describe('the official tables', () => {
  const result = runBalance(quality, schools);

  it('表Ⅲ prints means with two decimals, 差异系数 with three, and 综合 as the mean of the seven', () => {
    const { headings, rows } = tableThree(quality.standard, result);
    expect(headings).toHaveLength(10);
    expect(rows.map((row) => row.slice(0, 2).join(' '))).toEqual([
      '小学 平均值',
      '小学 差异系数',
      '初中 平均值',
      '初中 差异系数',
    ]);
    expect(rows[0]!.slice(2)).toEqual(['4.67', '1.33', '1.00', '4.67', '8.67', '2011.11', '2.33', '']);
    expect(rows[1]!.slice(2, 4)).toEqual(['0.101', '0.000']);
    expect(rows[1]!.at(-1)).toBe(result.levels.primary.meanCv!.toFixed(3));
    expect(rows[2]!.slice(2).join('')).toBe('');
    expect(tableThree(basic.standard, runBalance(basic, schools)).rows[0]![2]).toBe('5.000');
  });

  it('表Ⅱ-1 counts who reaches what', () => {
    const { rows } = tableTwoSummary(quality.standard, result)!;
    expect(rows[0]).toEqual(['小学', '3', '达标学校数（所）', '2', '3', '3', '3', '3', '2', '2', '1']);
    expect(rows[1]!.slice(3, 5)).toEqual(['66.67', '100.00']);
    expect(tableTwoSummary(basic.standard, runBalance(basic, schools))).toBeUndefined();
  });

  it('表Ⅱ-2 says of each school what it reaches and what only at 85 %', () => {
    const facts = (code: string) => ({
      ...{ sponsorCode: 7, pupils: 300, grades: 6, classes: null },
      schoolType: { [schools[0]!.code]: '312', [schools[1]!.code]: '218' }[code] ?? '211',
    });
    const { headings, rows, foot } = tableTwoSchools(quality.standard, result, facts)!;
    expect(rows.every((row) => row.length === headings.length)).toBe(true);
    expect(rows[0]).toEqual([
      ...['示例A', '小学', '7', '300', '6', ''],
      ...['5.00', '1.33', '1.00', '4.67', '8.67', '2050.00', '2.33', '1', '各项均达标'],
    ]);
    expect(rows[1]!.slice(-2)).toEqual(['0', '第 2、3、4、5、7 项达标；第 1、6 项达到 85%']);
    expect(foot).toEqual([
      '小学 3 所（其中一贯制学校小学部 1 所，50 人及以上教学点 1 所）',
      '初中 0 所（其中一贯制学校初中部 0 所，完全中学初中部 0 所）',
    ]);
    expect(rows[2]!.slice(-3)).toEqual(['', '数据不全', '第 1、2、3、4、5、6 项达标；未填报：网络多媒体教室数']);
  });
});

it('表Ⅱ-2 says once below what several schools lack, and in a word that a school has filed nothing', () => {
  const lacking = { 教学仪器设备值: null, 计算机台数: null, 网络多媒体教室数: null };
  const all = [school('A', lacking), school('B', lacking), school('C', { 网络多媒体教室数: null })];
  const none = {
    ...school('D', Object.fromEntries(Object.keys(school('D').values).map((name) => [name, null]))),
    filed: false,
  };
  const facts = () => ({ schoolType: '211', sponsorCode: 7, pupils: 300, grades: null, classes: null });
  const { rows, foot } = tableTwoSchools(quality.standard, runBalance(quality, [...all, none]), facts)!;
  expect(rows.map((row) => row.at(-1))).toEqual([
    '第 1、2、3、4、5 项达标；缺项见注 1',
    '第 1、2、3、4、5 项达标；缺项见注 1',
    '第 1、2、3、4、5、6 项达标；未填报：网络多媒体教室数',
    '没有已批准的填报',
  ]);
  expect(foot.slice(2)).toEqual(['注 1　未填报：教学仪器设备值、网络多媒体教室数']);
});

describe('two runs side by side', () => {
  const before = runBalance(quality, schools);

  it('differ where a value differs, and in who came and went', () => {
    const after = runBalance(quality, [school('A', { 教学仪器设备值: 90 }), schools[2]!, school('D')]);
    const changes = compareLevels(before.levels.primary, after.levels.primary);
    expect(changes.entered).toEqual([{ code: 'D', name: '示例D' }]);
    expect(changes.left).toEqual([{ code: 'B', name: '示例B' }]);
    expect(changes.composite).toBeNull();
    const equipment = changes.indicators.find(({ key }) => key === 'equipmentValue')!;
    const [one, other] = [before, after].map(({ levels }) => levels.primary.indicators[5]!);
    expect(equipment).toMatchObject({ cv: [one!.cv, other!.cv], limit: [0.5, 0.5], pass: [one!.pass, other!.pass] });
    expect(one!.cv).not.toBe(other!.cv);
  });

  it('compare 综合差异系数 where it decides', () => {
    const [one, other] = [schools, schools.slice(1)].map((list) => runBalance(basic, list).levels.primary);
    expect(compareLevels(one!, other!).composite).toEqual({
      cv: [one!.compositeCv, other!.compositeCv],
      limit: [0.65, 0.65],
      pass: [one!.compositePass, other!.compositePass],
    });
  });

  it('a repeated run is the same to the last bit', () => {
    expect(differencesBetween(before, runBalance(quality, schools))).toEqual([]);
    const other = runBalance(quality, [...schools.slice(0, 2), school('C')]);
    expect(differencesBetween(before, other)).toContain('levels.primary.indicators.6.schools.2.value');
  });
});
