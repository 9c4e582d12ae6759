import { type Generator, generator } from '#domain/kit/generator.ts';
import { plantSingleIndicator } from './balance/planted.ts';
import { plantHistory } from './directory/history.ts';
import { sampleCodes, standingSchools } from './directory/schools.ts';
import {
  frozenOn,
  type SampleSchool,
  type SampleUnit,
  type SampleVersion,
  type SampleYear,
  sampleYears,
  versionOn,
} from './model.ts';
import { nameMaker } from './names.ts';

import type { Plan } from './plan.shape.ts';
import { cityUnits, samplePlan } from './plan.ts';
import { filedValues, resourcesOf, type Standing2025, spreadOf, type Values } from './resources.ts';

/** The seed of the city that is loaded; another seed gives another city of the same kind. */
export const sampleSeed = 'quanzhou-2025';

/** A school of the frozen list of one year, with what it files in full. */
export interface YearRecord {
  readonly year: SampleYear;
  readonly school: SampleSchool;
  readonly version: SampleVersion;
  readonly values: Values;
}

export interface SampleCity {
  readonly seed: string;
  readonly units: readonly SampleUnit[];
  readonly plan: Plan;
  readonly schools: readonly SampleSchool[];
  /** Every filing of every year as it would be when complete; the states of the last year come later. */
  readonly records: readonly YearRecord[];
}

/** The whole city, from its seed alone: no clock, no database, the same on every machine. */
export function sampleCity(seed: string = sampleSeed): SampleCity {
  const random = generator(seed);
  const units = cityUnits;
  const plan = samplePlan;
  const names = nameMaker(random.fork('names'));
  const codes = sampleCodes();
  const schools = standingSchools(plan, units, names, codes, random);
  plantHistory(schools, units, names, codes, random);
  return { seed, units, plan, schools, records: recordsOf(schools, random) };
}

function recordsOf(schools: readonly SampleSchool[], random: Generator): YearRecord[] {
  const spreads = new Map<string, ReturnType<typeof spreadOf>>();
  const standings = new Map<number, Standing2025>();
  const ownDraw = (school: SampleSchool) => random.fork(`school ${school.id}`);
  for (const school of schools) {
    const version = versionOn(school, frozenOn(2025)) ?? school.versions[school.versions.length - 1]!;
    const key = `${school.character} ${version.countyId}`;
    let spread = spreads.get(key);
    if (!spread) {
      spread = spreadOf(school.character, random.fork(`spread ${key}`));
      spreads.set(key, spread);
    }
    standings.set(school.id, resourcesOf(lastYearsPupils(school), version, spread, ownDraw(school).fork('standing')));
  }
  plantSingleIndicator(schools, standings);

  const records: YearRecord[] = [];
  for (const year of sampleYears) {
    for (const school of schools) {
      const version = versionOn(school, frozenOn(year));
      if (!version) continue;
      const values = filedValues(standings.get(school.id)!, version, school.pupils[year], year, ownDraw(school));
      records.push({ year, school, version, values });
    }
  }
  return records;
}

/** A school that had closed by the last year stands with the pupils that it had at the end. */
function lastYearsPupils(school: SampleSchool): SampleSchool {
  if (school.status === 'open') return school;
  return { ...school, pupils: { ...school.pupils, 2025: school.pupils[2024] } };
}
