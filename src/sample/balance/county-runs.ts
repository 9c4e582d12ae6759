import type { BalanceResult, LevelResult } from '#domain/balance/run/result.ts';
import { runBalance } from '#domain/balance/run/run.ts';
import { balanceFields } from '#domain/balance/school/school.ts';
import { type PreparedStandard, prepareStandard } from '#domain/balance/standard/prepared-standard.ts';
import { readNewStandard } from '#domain/balance/standard/read-standard.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import { sponsor, sponsorWord } from '#domain/org/sponsor.ts';
import basic2012 from '../../../reference/standards/basic-2012.json' with { type: 'json' };
import quality2017 from '../../../reference/standards/quality-2017.json' with { type: 'json' };
import type { SampleCity, SampleRun, SampleRunLevel, SampleStandard, SampleYear } from '../model.ts';

const standards = { 'basic-2012': basic2012, 'quality-2017': quality2017 } as const;

/**
 * The runs of the counties, as the product computes them at its start from the approved filings: what other parts of the sample
 * tell of figures is true to them. Each is computed when it is first asked for.
 */
export function countyRuns(city: SampleCity): SampleCity['runOf'] {
  const prepared = new Map<SampleStandard, PreparedStandard>();
  const runs = new Map<string, SampleRun>();
  return (countyId, year, key) => {
    const standard = prepared.get(key) ?? prepareStandard(readNewStandard(standards[key]), balanceFields);
    prepared.set(key, standard);
    const name = `${key} ${year} ${countyId}`;
    const run = runs.get(name) ?? computed(city, countyId, year, standard);
    runs.set(name, run);
    return run;
  };
}

function computed(city: SampleCity, countyId: number, year: SampleYear, prepared: PreparedStandard): SampleRun {
  const duties = city.duties.filter((duty) => duty.year === year && duty.version.countyId === countyId);
  const schools = duties.map(({ version, progress, complete }) => {
    const filed = progress === 'approved' || progress === 'accepted';
    const { code, name, schoolType: type, sponsorCode, ownership } = version;
    const numbers = Object.entries(filed ? complete : {}).filter(([, value]) => typeof value === 'number');
    return {
      ...{ code, name, type, filed, sponsor: sponsorWord(sponsor(sponsorCode)!.level, ownership) },
      values: Object.fromEntries(numbers) as Record<string, number>,
    };
  });
  // The order decides the last bits of a sum.
  const result: BalanceResult = runBalance(
    prepared,
    schools.sort((one, other) => (one.code < other.code ? -1 : 1)),
  );
  const ids = new Map(duties.map((duty) => [duty.version.code, duty.school.id]));
  const level = (of: CompulsoryLevel) => levelOf(result.levels[of], ids);
  return { levels: { primary: level('primary'), junior: level('junior') } };
}

function levelOf(level: LevelResult, ids: ReadonlyMap<string, number>): SampleRunLevel {
  const { schools, compositeCv, compositeLimit, included, indicators } = level;
  return {
    ...{ schools, compositeCv, compositeLimit },
    indicators: indicators.map(({ key, name, cv, limit }) => ({ key, name, cv, limit })),
    members: included.map(({ code, name }, at) => ({
      ...{
        schoolId: ids.get(code)!,
        code,
        name,
        excludedReason: null,
        pupils: indicators[0]?.schools[at]?.pupils ?? null,
      },
      values: Object.fromEntries(indicators.map((one) => [one.key, one.schools[at]?.value ?? null])),
    })),
  };
}
