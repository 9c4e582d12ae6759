import type { Generator } from '#domain/kit/generator.ts';
import { firstDayOf } from '#domain/kit/school-year.ts';
import type { UrbanClass } from '#domain/org/urban-class.ts';
import type { Pupils, SampleSchool, SampleUnit, SampleYear } from '../model.ts';
import type { NameMaker } from '../plan/names.ts';
import type { CountyPlan, Plan } from '../plan/plan.shape.ts';
import { sectionPupils } from './pupils.ts';
import type { Standing } from './standing.ts';

/** Returns the next serial of the sample, from 990000 on: no real school has such a code. */
export interface Codes {
  next(schoolType: string): string;
}

const classOfType: Record<string, string> = { '218': '21', '312': '31', '345': '34', '342': '34' };

/** Codes AABBCCCCCC: class of the type, 35 for 福建, serial from 990000 (各级各类学校（机构）代码编制规则). */
export function sampleCodes(): Codes {
  let serial = 990_000;
  return {
    next(schoolType) {
      const kind = classOfType[schoolType] ?? (schoolType.startsWith('5') ? '51' : schoolType.slice(0, 2));
      const code = `${kind}35${serial}`;
      serial += 1;
      return code;
    },
  };
}

/** The schools that exist in the last year, county by county, with pupils that add up to the plan of each county. */
export function standingSchools(
  plan: Plan,
  units: readonly SampleUnit[],
  names: NameMaker,
  codes: Codes,
  random: Generator,
): SampleSchool[] {
  const city = units.find((unit) => unit.adminLevel === 'city')!;
  const schools: SampleSchool[] = [];
  for (const county of plan.counties) {
    const unit = units.find((candidate) => candidate.unitCode === county.unitCode)!;
    const draw = random.fork(`schools ${county.unitCode}`);
    const standing = standingOf(plan, county, unit, city, draw);
    const pupils = sectionPupils(standing, county, draw.fork('pupils'));
    standing.forEach((one, index) => {
      schools.push(born(schools.length + 1, one, pupils[index]!, city, names, codes, draw));
    });
  }
  return schools;
}

function standingOf(plan: Plan, county: CountyPlan, unit: SampleUnit, city: SampleUnit, draw: Generator): Standing[] {
  const standing: Standing[] = [];
  const add = (schoolType: string, change: Partial<Standing> = {}) => {
    standing.push({
      unit,
      plan: county,
      schoolType,
      urbanClass: drawUrbanClass(county, schoolType, draw),
      ownership: 'public',
      sponsorCode: 7,
      managingUnitId: unit.id,
      ...change,
    });
  };
  for (const [schoolType, count] of Object.entries(county.schools)) {
    for (let index = 0; index < count; index += 1) add(schoolType);
  }
  for (let index = 0; index < county.special; index += 1) add('514', { urbanClass: 'urban' });
  for (const other of plan.others) if (other.unitCode === county.unitCode) add(other.schoolType);

  const free = (schoolType: string) =>
    standing.find((one) => one.schoolType === schoolType && one.ownership === 'public' && one.sponsorCode === 7);
  for (const line of plan.cityRun.filter((candidate) => candidate.unitCode === county.unitCode)) {
    Object.assign(need(free(line.schoolType), line), {
      sponsorCode: line.sponsorCode,
      managingUnitId: city.id,
      urbanClass: 'urban',
    });
  }
  for (const line of plan.sponsors.filter((candidate) => candidate.unitCode === county.unitCode)) {
    Object.assign(need(free(line.schoolType), line), { sponsorCode: line.sponsorCode });
  }
  for (const [schoolType, count] of Object.entries(county.private)) {
    for (let index = 0; index < count; index += 1) {
      Object.assign(need(free(schoolType), { schoolType }), {
        ownership: 'private',
        sponsorCode: 10,
        urbanClass: draw.chance(0.6) ? 'urban' : 'town',
      });
    }
  }
  return standing;
}

function need<T>(found: T | undefined, wanted: unknown): T {
  if (found === undefined) throw new Error(`the plan asks for more than it has: ${JSON.stringify(wanted)}`);
  return found;
}

function drawUrbanClass(county: CountyPlan, schoolType: string, draw: Generator): UrbanClass {
  if (schoolType === '218') return 'rural';
  // Junior and senior schools stand where people live closer together.
  const lift = schoolType === '211' ? 1 : 1.7;
  const at = draw.next();
  const city = Math.min(0.95, county.urbanShare.city * lift);
  if (at < city) return 'urban';
  return at < Math.min(1, city + county.urbanShare.town * lift) ? 'town' : 'rural';
}

function born(
  id: number,
  one: Standing,
  pupils: Pupils,
  city: SampleUnit,
  names: NameMaker,
  codes: Codes,
  draw: Generator,
): SampleSchool {
  const foundedYear = one.ownership === 'private' ? draw.integer(1994, 2016) : draw.integer(1932, 2018);
  const openedOn = firstDayOf(foundedYear);
  const namedAfter = one.managingUnitId === city.id ? { unitCode: one.unit.unitCode, name: city.name } : one.unit;
  return {
    id,
    foundedYear,
    status: 'open',
    openedOn,
    closedOn: null,
    character: one.plan.character,
    versions: [
      {
        validFrom: openedOn,
        validTo: null,
        countyId: one.unit.id,
        code: codes.next(one.schoolType),
        name: names.school(namedAfter, one.schoolType, {
          urbanClass: one.urbanClass,
          private: one.ownership === 'private',
        }),
        schoolType: one.schoolType,
        sponsorCode: one.sponsorCode,
        ownership: one.ownership,
        urbanClass: one.urbanClass,
        managingUnitId: one.managingUnitId,
      },
    ],
    events: [],
    pupils: backCast(pupils, one, draw),
  };
}

/** The pupils two years before the last one: towns grow and villages shrink, both without jumps. */
function backCast(last: Pupils, one: Standing, draw: Generator): Record<SampleYear, Pupils> {
  const trend = { urban: 0.015, town: 0.002, rural: -0.035 }[one.urbanClass];
  const earlier = (now: Pupils): Pupils => {
    const growth = Math.max(-0.12, Math.min(0.12, draw.normal(trend, 0.02)));
    const back = (pupils: number) => (pupils === 0 ? 0 : Math.max(8, Math.round(pupils / (1 + growth))));
    return { primary: back(now.primary), junior: back(now.junior), senior: back(now.senior) };
  };
  const before = earlier(last);
  return { 2025: last, 2024: before, 2023: earlier(before) };
}
