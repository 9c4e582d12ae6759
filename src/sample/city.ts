import { generator } from '#domain/kit/generator.ts';
import { inOrder } from '#domain/kit/in-order.ts';
import { frozenOn, type SampleCity, type SampleSchool, sampleYears, versionOn, type YearRecord } from './model.ts';
import type { SamplePart, SampleStep } from './part.ts';
import { cityLowerUnits, cityUnits, samplePlan, smallPlan } from './plan/plan.ts';
import { filedValues, resourcesOf, type Standing2025, spreadOf } from './plan/resources.ts';

/** The whole city, or one with fewer schools. */
export type SampleSize = 'whole' | 'small';

/** The seed of the city that is loaded; another seed gives another city of the same kind. */
export const sampleSeed = 'quanzhou-2025';

/**
 * Builds the whole city from its seed and its parts alone: without clock or database, and the same on every machine.
 */
export function sampleCity(
  parts: readonly SamplePart[],
  seed: string = sampleSeed,
  size: SampleSize = 'whole',
): SampleCity {
  const city: SampleCity = {
    ...{
      seed,
      units: cityUnits,
      lowerUnits: cityLowerUnits,
      plan: size === 'small' ? smallPlan(samplePlan) : samplePlan,
    },
    ...{ schools: [], standings: new Map(), records: [], duties: [], raised: [], people: [], rounds: [] },
    runOf: () => {
      throw new Error('no part of this city computes runs');
    },
  };
  const steps = [...ownSteps, ...parts.flatMap((part) => part.steps)];
  for (const step of inOrder(steps, waits)) step.run(city);
  return city;
}

function waits({ needs = [], changes }: SampleStep, other: SampleStep): boolean {
  if (other.makes !== undefined && (other.makes === changes || needs.includes(other.makes))) return true;
  return other.changes !== undefined && needs.includes(other.changes);
}

/** The resources of the schools, and the values that they would file. */
const ownSteps: readonly SampleStep[] = [
  {
    ...{ needs: ['schools'], makes: 'standings' },
    run(city) {
      city.standings = standingsOf(city);
    },
  },
  {
    ...{ needs: ['schools', 'standings'], makes: 'records' },
    run(city) {
      city.records = recordsOf(city);
    },
  },
];

function ownDraw(city: SampleCity, school: SampleSchool) {
  return generator(city.seed).fork(`school ${school.id}`);
}

function standingsOf(city: SampleCity): Map<number, Standing2025> {
  const random = generator(city.seed);
  const spreads = new Map<string, ReturnType<typeof spreadOf>>();
  const standings = new Map<number, Standing2025>();
  for (const school of city.schools) {
    const version = versionOn(school, frozenOn(2025)) ?? school.versions[school.versions.length - 1]!;
    const key = `${school.character} ${version.countyId}`;
    let spread = spreads.get(key);
    if (!spread) {
      spread = spreadOf(school.character, random.fork(`spread ${key}`));
      spreads.set(key, spread);
    }
    const draw = ownDraw(city, school).fork('standing');
    standings.set(school.id, resourcesOf(lastYearsPupils(school), version, spread, draw));
  }
  return standings;
}

function recordsOf(city: SampleCity): YearRecord[] {
  const records: YearRecord[] = [];
  for (const year of sampleYears) {
    for (const school of city.schools) {
      const version = versionOn(school, frozenOn(year));
      if (!version) continue;
      const standing = city.standings.get(school.id)!;
      const values = filedValues(standing, version, school.pupils[year], year, ownDraw(city, school));
      records.push({ year, school, version, values });
    }
  }
  return records;
}

/** A school that had closed by the last year is listed with its last number of pupils. */
function lastYearsPupils(school: SampleSchool): SampleSchool {
  if (school.status === 'open') return school;
  return { ...school, pupils: { ...school.pupils, 2025: school.pupils[2024] } };
}
