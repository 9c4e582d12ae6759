import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runBalance } from '#domain/balance/run/run.ts';
import { exactVariationSquared } from '#domain/balance/run/threshold.ts';
import { type BalanceSchool, balanceFields } from '#domain/balance/school/school.ts';
import { prepareStandard } from '#domain/balance/standard/prepared-standard.ts';
import { readStandard } from '#domain/balance/standard/read-standard.ts';
import { exact, toNumber } from '#domain/kit/decimal.ts';
import { generator } from '#domain/kit/generator.ts';
import { residentCompliance, residentVariation } from './resident.ts';

const file = new URL('../reference/standards/quality-2017.json', import.meta.url);
const prepared = prepareStandard(readStandard(JSON.parse(readFileSync(file, 'utf8'))), balanceFields);
const { standard } = prepared;

/** Three counties of primary schools; about one cell in thirty is missing. */
const random = generator('resident');
const counties = [40, 1, 77].map((size, county) =>
  Array.from({ length: size }, (_, index): BalanceSchool => {
    const pupils = random.integer(30, 1500);
    const amount = (perPupil: number) =>
      random.chance(1 / 30) ? null : Math.round(pupils * perPupil * random.between(0.7, 2) * 100) / 100;
    return {
      code: `${county}-${index}`,
      name: '示例',
      type: '211',
      sponsor: '县',
      values: {
        小学在校生数: pupils,
        小学高于规定学历教师数: amount(0.05),
        小学县级以上骨干教师数: amount(0.012),
        小学体育艺术专任教师数: amount(0.011),
        教学及辅助用房面积: amount(6),
        室内体育用房面积: 0,
        运动场地面积: amount(8),
        教学仪器设备值: amount(0.25),
        网络多媒体教室数: amount(0.027),
      },
    };
  }),
);
const results = counties.map((schools) => runBalance(prepared, schools).levels.primary);
const column = (index: number) =>
  Float64Array.from(
    results.flatMap(({ indicators }) => indicators[index]!.schools.map(({ resources }) => resources ?? Number.NaN)),
  );
const level = {
  offsets: Int32Array.from([0, 40, 41, 118]),
  pupils: Float64Array.from(counties.flat(), ({ values }) => values.小学在校生数 as number),
  resources: standard.indicators.map((_, index) => column(index)),
};

describe('the columns of a whole country', () => {
  it('have no 差异系数 where a mean is not above zero, as a single county has none', () => {
    const { mean, cv } = residentVariation({
      offsets: Int32Array.from([0, 2, 4]),
      pupils: Float64Array.from([100, 200, 100, 200]),
      resources: [Float64Array.from([-30, -90, 0, 0])],
    });
    expect([...mean]).toEqual([-0.4, 0]);
    expect([...cv]).toEqual([Number.NaN, Number.NaN]);
  });

  it('give the same 差异系数 as a run, and as exact arithmetic to 10⁻¹²', () => {
    const { mean, cv } = residentVariation(level);
    results.forEach(({ indicators }, county) => {
      indicators.forEach((indicator, index) => {
        const place = county * indicators.length + index;
        expect(mean[place]).toBe(indicator.mean ?? Number.NaN);
        expect(cv[place]).toBe(indicator.cv ?? Number.NaN);
        if (indicator.cv === null) return;
        const parts = indicator.schools
          .filter(({ value }) => value !== null)
          .map(({ resources, pupils }) => ({ resources: exact(resources!), pupils: exact(pupils!) }));
        const wanted = Math.sqrt(toNumber(exactVariationSquared(parts)));
        expect(Math.abs(cv[place]! - wanted)).toBeLessThanOrEqual(1e-12 * wanted);
      });
    });
  });

  it('give the same compliance as a run, with the doubtful rows named', () => {
    const rule = {
      thresholds: Float64Array.from(standard.indicators, ({ thresholds }) => thresholds!.primary),
      ...standard.compliance!,
    };
    const { met, minimumRatio, pass, doubtful } = residentCompliance(level, rule);
    const wanted = results.flatMap(({ compliance }) => compliance!);
    wanted.forEach((school, row) => {
      if (doubtful.includes(row)) return;
      expect(met[row]).toBe(school.met);
      expect(pass[row]).toBe(school.pass === true ? 1 : 0);
      if (school.minimumRatio === null) expect(minimumRatio[row]).toBeNaN();
      else expect(minimumRatio[row]).toBeCloseTo(school.minimumRatio, 12);
    });
    expect(wanted.filter(({ pass: passes }) => passes).length).toBeGreaterThan(5);
    const onTheLine = {
      ...level,
      resources: level.resources.map((_, index) => level.pupils.map((heads) => heads * rule.thresholds[index]!)),
    };
    expect(residentCompliance(onTheLine, rule).doubtful).toHaveLength(118);
  });
});
