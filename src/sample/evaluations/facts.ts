import type { Fact, Facts, FactValue } from '#domain/framework/answer.ts';
import { factKeyOf } from '#domain/framework/names.ts';
import type { Prepared } from '#domain/framework/result.ts';
import type { Generator } from '#domain/kit/generator.ts';
import { type Missing, missing } from '#domain/kit/value.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import type { SampleCity, SampleDuty, SampleRoundSubject, SampleVersion, SampleYear } from '../model.ts';
import { sampleYears } from '../model.ts';
import { type SampleFigure, sampleWords } from './evaluations.shape.ts';

/** What somebody entered: under a name, in a year. */
export interface Entered {
  readonly name: string;
  readonly period: 'schoolYear' | 'calendarYear';
  readonly year: number;
  readonly value: number;
}

/** How many years before are asked of a figure whose years are compared. */
const yearsCompared = 4;

/** What a county or a school says of itself in a year, and where years are compared of those before. */
export function enteredOf(prepared: Prepared, isSchool: boolean, year: number, draw: Generator): Entered[] {
  const said = isSchool ? sampleWords.school : sampleWords.county;
  const values = new Map<string, number>();
  const figureOf = ({ of, low, high, places }: SampleFigure): number => {
    const whole = of === undefined ? 1 : (values.get(of) ?? 0);
    const value = Number((whole * draw.between(low, high)).toFixed(places));
    // No share is more than its whole by rounding alone.
    return of !== undefined && high <= 1 ? Math.min(value, whole) : value;
  };
  return Object.entries(said).flatMap(([name, figure]): Entered[] => {
    const key = factKeyOf(name, prepared.named);
    if (key === undefined || key.period === 'assessed') return [];
    const own = figureOf(figure);
    values.set(name, own);
    const { yearly } = figure;
    const { period } = key;
    const first = { name, period, year, value: own };
    if (yearly === undefined) return [first];
    return Array.from({ length: yearsCompared }, (_, back) => {
      if (back === 0) return first;
      const value = yearly === 0 ? figureOf(figure) : Number((own * (1 - yearly) ** back).toFixed(figure.places));
      return { ...first, year: year - back, value };
    });
  });
}

/** The word that joins sponsor and ownership, as the published view of filings gives it. */
function sponsorOf({ ownership, sponsorCode }: SampleVersion): string {
  if (ownership === 'private') return '民办';
  if ([7, 8].includes(sponsorCode)) return '县';
  if ([5, 6].includes(sponsorCode)) return '市';
  return [3, 4].includes(sponsorCode) ? '省' : '其他';
}

const shortNames: ReadonlyMap<string, string> = new Map([['计算机', 'computers']]);
const levels: Readonly<Record<string, CompulsoryLevel>> = { 小学: 'primary', 初中: 'junior' };

/** The duties of a city by county and year, in their order: the facts of every subject would look through all of them. */
const byPlace = new WeakMap<readonly SampleDuty[], ReadonlyMap<string, readonly SampleDuty[]>>();

function dutiesByPlace(duties: readonly SampleDuty[]): ReadonlyMap<string, readonly SampleDuty[]> {
  const known = byPlace.get(duties);
  if (known !== undefined) return known;
  const found = new Map<string, SampleDuty[]>();
  for (const duty of duties) {
    const key = `${duty.version.countyId} ${duty.year}`;
    const there = found.get(key);
    if (there === undefined) found.set(key, [duty]);
    else there.push(duty);
  }
  byPlace.set(duties, found);
  return found;
}

/**
 * What is known of the subject of a round, as the product finds it in its view of facts: what was entered, what the schools
 * filed and had approved, and the coefficients of the county's run. What no part of the sample computes is missing.
 */
export function factsOf(
  city: SampleCity,
  { placeId, schoolId }: SampleRoundSubject,
  year: number,
  entered: readonly Entered[],
): Facts {
  const known = new Map(entered.map((one) => [`${one.name} ${one.year}`, one.value]));
  const read = (name: string, duty: SampleDuty | undefined, of: number): FactValue | undefined => {
    const given = known.get(`${name} ${of}`);
    if (given !== undefined) return given;
    if (name.startsWith('均衡:')) return schoolId === null ? coefficient(city, name, placeId, of) : undefined;
    if (duty === undefined) return undefined;
    if (name === '办学类型') return duty.version.schoolType;
    if (name === '举办者') return sponsorOf(duty.version);
    const isApproved = duty.progress === 'approved' || duty.progress === 'accepted';
    return isApproved ? (duty.complete[name] ?? undefined) : undefined;
  };
  const factOf = (name: string, duty: SampleDuty | undefined, of: number): Fact | Missing => {
    const value = read(name, duty, of);
    if (value === undefined) return missing('not-filed', [name]);
    return { value, source: known.has(`${name} ${of}`) ? 'entered' : name.startsWith('均衡:') ? 'balance' : 'filing' };
  };
  const dutiesOf = (of: number) => dutiesByPlace(city.duties).get(`${placeId} ${of}`) ?? [];
  const owned = new Map<number, SampleDuty | undefined>();
  const ownDuty = (of: number): SampleDuty | undefined => {
    if (!owned.has(of)) {
      owned.set(
        of,
        dutiesOf(of).find(({ school }) => school.id === schoolId),
      );
    }
    return owned.get(of);
  };
  return {
    read(name, yearsBack) {
      const of = year - yearsBack;
      return factOf(name, schoolId === null ? undefined : ownDuty(of), of);
    },
    members(yearsBack) {
      if (schoolId !== null) return [(name) => missing('not-filed', [name])];
      const of = year - yearsBack;
      const duties = dutiesOf(of);
      if (duties.length === 0) return [(name) => missing('not-filed', [name])];
      return duties.map((duty) => (name: string) => factOf(name, duty, of));
    },
  };

  function coefficient(of: SampleCity, name: string, countyId: number, inYear: number): number | undefined {
    const [standard, level, ...rest] = name.slice('均衡:'.length).split('.');
    const key = levels[level ?? ''];
    if (standard !== '基本均衡' || key === undefined || !isSampleYear(inYear)) return undefined;
    const run = of.runOf(countyId, inYear, 'basic-2012').levels[key];
    const cv =
      rest.length === 1
        ? run.compositeCv
        : (run.indicators.find((one) => one.key === shortNames.get(rest[0] ?? ''))?.cv ?? null);
    return cv === null ? undefined : Number(cv.toPrecision(12));
  }
}

const isSampleYear = (year: number): year is SampleYear => (sampleYears as readonly number[]).includes(year);
