import { describe, expect, it } from 'vitest';
import { runBalance } from '#domain/balance/run/run.ts';
import { reaches, reachesShare } from '#domain/balance/run/threshold.ts';
import type { BalanceSchool } from '#domain/balance/school/school.ts';
import { exact, multiply } from '#domain/kit/decimal.ts';
import { shippedStandard } from './read-examples.ts';

const prepared = shippedStandard('quality-2017');
const { standard } = prepared;

/** 教督〔2017〕6号: the seven thresholds, and the 85 % floor for the one value that may miss its threshold. */
const published = [
  ['每百名学生拥有高于规定学历教师数', 4.2, 3.57, 5.3, 4.505],
  ['每百名学生拥有县级以上骨干教师数', 1, 0.85, 1, 0.85],
  ['每百名学生拥有体育、艺术（美术、音乐）专任教师数', 0.9, 0.765, 0.9, 0.765],
  ['生均教学及辅助用房面积', 4.5, 3.825, 5.8, 4.93],
  ['生均体育运动场馆面积', 7.5, 6.375, 10.2, 8.67],
  ['生均教学仪器设备值', 2000, 1700, 2500, 2125],
  ['每百名学生拥有网络多媒体教室数', 2.3, 1.955, 2.4, 2.04],
] as const;

describe('thresholds and floors of 优质均衡', () => {
  it('are those of the document, with limits 0.50 and 0.45', () => {
    expect(standard.indicators.map(({ name, thresholds }) => [name, thresholds!.primary, thresholds!.junior])).toEqual(
      published.map(([name, primary, , junior]) => [name, primary, junior]),
    );
    expect(standard.indicators.every(({ limits }) => limits!.primary === 0.5 && limits!.junior === 0.45)).toBe(true);
    expect(standard.compliance).toEqual({ minimumMet: 6, minimumRatio: 0.85 });
  });

  it.each(published)('%s: exactly at the threshold and at the floor counts, a hair below does not', (_, ...figures) => {
    for (const [threshold, floor] of [figures.slice(0, 2), figures.slice(2)] as Array<[number, number]>) {
      const part = (value: number) => () => ({ resources: multiply(exact(value), exact(300)), pupils: exact(300) });
      expect(reaches(threshold, threshold, part(threshold))).toBe(true);
      expect(reachesShare(floor, threshold, 0.85, part(floor))).toBe(true);
      const below = Number((floor - 1e-10).toFixed(12));
      expect(reachesShare(below, threshold, 0.85, part(below))).toBe(false);
    }
  });

  /** A school of 1,000 primary pupils with each of the seven exactly at its threshold. */
  const atThreshold = (change: Record<string, number> = {}, type = '211'): BalanceSchool => ({
    code: '2135990001',
    name: '示例',
    type,
    sponsor: '县',
    values: {
      小学在校生数: 1000,
      小学高于规定学历教师数: 42,
      小学县级以上骨干教师数: 10,
      小学体育艺术专任教师数: 9,
      教学及辅助用房面积: 4600,
      室内体育用房面积: 100,
      运动场地面积: 7400,
      教学仪器设备值: 200,
      网络多媒体教室数: 23,
      ...change,
    },
  });
  const judge = (school: BalanceSchool) => runBalance(prepared, [school]).levels.primary.compliance![0]!;

  it('all seven at the threshold: met', () => {
    expect(judge(atThreshold())).toMatchObject({ met: 7, minimumRatio: 1, pass: true });
  });

  it('six at the threshold and one at 85 %: still met; a little less, or two below, is not', () => {
    expect(judge(atThreshold({ 教学仪器设备值: 170 }))).toMatchObject({ met: 6, minimumRatio: 0.85, pass: true });
    expect(judge(atThreshold({ 教学仪器设备值: 169.99 }))).toMatchObject({ met: 6, pass: false });
    expect(judge(atThreshold({ 教学仪器设备值: 199, 小学县级以上骨干教师数: 9 }))).toMatchObject({
      met: 5,
      pass: false,
    });
  });

  it('each section of a 九年一贯制 school is judged by its own column', () => {
    const nineYear = atThreshold(
      {
        初中在校生数: 1000,
        教学及辅助用房面积: 4.5 * 2100 + 100,
        运动场地面积: 7.5 * 2100 - 100,
        教学仪器设备值: 0.2 * 2100,
        网络多媒体教室数: 0.023 * 2100,
        初中高于规定学历教师数: 42,
        初中县级以上骨干教师数: 10,
        初中体育艺术专任教师数: 9,
      },
      '312',
    );
    const { primary, junior } = runBalance(prepared, [nineYear]).levels;
    // Split by 1 : 1.1, the material value per junior pupil is 1.1 times that per primary pupil.
    expect(primary.compliance![0]).toMatchObject({ met: 7, pass: true });
    expect(junior.compliance![0]!.values.teachingArea).toBeCloseTo(4.95, 12);
    expect(junior.compliance![0]!.reached).toEqual(['keyTeachers', 'sportsArtTeachers', 'multimediaRooms']);
    expect(junior.compliance![0]!.pass).toBe(false);
  });
});
