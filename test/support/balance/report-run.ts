import { readFileSync } from 'node:fs';
import { type CountyStanding, cityReport, type LevelStanding } from '#domain/balance/report/city-report.ts';
import { type Certificate, countyReport } from '#domain/balance/report/county-report.ts';
import type { BalanceResult } from '#domain/balance/run/result.ts';
import { runBalance } from '#domain/balance/run/run.ts';
import { type BalanceSchool, balanceFields } from '#domain/balance/school/school.ts';
import { prepareStandard } from '#domain/balance/standard/prepared-standard.ts';
import { readStandard } from '#domain/balance/standard/read-standard.ts';
import { type CompulsoryLevel, compulsoryLevels } from '#domain/org/school-level.ts';
import type { Report } from '#domain/report/report.ts';

/** A shipped standard, read and prepared. */
export function shipped(key: string) {
  const file = new URL(`../../../reference/standards/${key}.json`, import.meta.url);
  return prepareStandard(readStandard(JSON.parse(readFileSync(file, 'utf8'))), balanceFields);
}

/** A school that reaches every threshold of 优质均衡; a test writes over it what it is about. */
export function reportSchool(name: string, change: Partial<BalanceSchool['values']> = {}): BalanceSchool {
  return {
    ...{ code: name, name: `示例${name}校`, type: '211', sponsor: '县' },
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
  };
}

/** The run of a county by a shipped standard. */
export function reportRun(key: string, schools: readonly BalanceSchool[]): BalanceResult {
  return runBalance(shipped(key), schools);
}

/** The report of a county of so many schools, with a year before and a course of three years. */
export function exampleReport(schools = 40): Report {
  const year = (richness: number) =>
    reportRun(
      'quality-2017',
      Array.from({ length: schools }, (_, at) =>
        school(`${at}号`, 300 + ((at * 67) % 900), richness * (0.8 + ((at * 37) % 50) / 60)),
      ),
    );
  const [first, before, result] = [year(0.9), year(1), year(1.1)];
  const certificate: Certificate = {
    ...{ runId: '0198f3a2-7c11-7abc-8def-0123456789ab', inputsHash: '9f86d081884c7d65'.repeat(4), formulaVersion: '3' },
    edition: { kind: 'original', number: 1 },
    ...{ runAt: '2025-11-30T02:00:00.000Z', runBy: null },
  };
  const own = (code: string) => code;
  return countyReport({
    ...{ county: '示例县', year: 2025, standard: shipped('quality-2017').standard },
    run: {
      ...{ certificate, result },
      facts: () => ({ schoolType: '211', sponsorCode: 7, pupils: 300, grades: null, classes: 8 }),
      earlier: { result: before, certificate, schools: [own, own] },
      course: [first, before, result].map(({ levels }, at) => ({ year: 2023 + at, levels })),
    },
  });
}

/** The report of a city of thirteen counties by a shipped standard, some of which do not pass. */
export function exampleCityReport(key: string): Report {
  const { standard } = shipped(key);
  const counties = Array.from({ length: 13 }, (_, at): CountyStanding => {
    const result = reportRun(
      key,
      Array.from({ length: 12 }, (_one, number) =>
        school(`${at}-${number}`, 300 + ((number * 67) % 900), 0.7 + ((number * 37) % (30 + at * 10)) / 60),
      ),
    );
    const levels = Object.fromEntries(
      compulsoryLevels.map((level): [CompulsoryLevel, LevelStanding] => {
        const one = result.levels[level];
        const { schools, compositeCv, compositeLimit, compositePass, indicators } = one;
        return [
          level,
          { schools, compositeCv, compositeLimit, compositePass, compliance: null, missingSchools: 0, indicators },
        ];
      }),
    ) as Record<CompulsoryLevel, LevelStanding>;
    const certificate: Certificate = {
      ...{ runId: `0198f3a2-7c11-7abc-8def-${String(at).padStart(12, '0')}`, inputsHash: '9f86d081884c7d65'.repeat(4) },
      ...{ formulaVersion: '3', edition: { kind: 'original', number: 1 } },
      ...{ runAt: '2025-11-30T02:00:00.000Z', runBy: null },
    };
    const sentence = '小学生均教学及辅助用房面积的差异系数高于限值。';
    const run = { certificate, verdict: result.verdict, levels, sentence };
    return { county: `示例${at + 1}县`, run, verdictBefore: 'pass' };
  });
  return cityReport({ city: '示例市', year: 2025, standard, counties, today: '2025-11-30' });
}

/** A school of so many pupils whose figures are those of `reportSchool` by this factor. */
function school(name: string, pupils: number, richness: number): BalanceSchool {
  const { values, ...rest } = reportSchool(name);
  const scaled = Object.entries(values).map(([field, value]) => [
    field,
    field.endsWith('在校生数') ? pupils : Math.round((Number(value) * richness * pupils) / 3) / 100,
  ]);
  return { ...rest, values: Object.fromEntries(scaled) };
}
