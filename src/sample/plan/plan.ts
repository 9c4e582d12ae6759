import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { unitList } from '#domain/org/unit-list.shape.ts';
import inspectors from '../../../reference/sample/inspectors.json' with { type: 'json' };
import lowerUnits from '../../../reference/sample/lower-units.json' with { type: 'json' };
import plan from '../../../reference/sample/plan.json' with { type: 'json' };
import units from '../../../reference/units/quanzhou.json' with { type: 'json' };
import type { SampleLowerUnit, SampleUnit } from '../model.ts';
import {
  type CountyPlan,
  type Plan,
  sampleInspectorsShape,
  sampleLowerUnitsShape,
  samplePlanShape,
} from './plan.shape.ts';

/** The county in the middle of its year: filings wait for its officers, and its verdict stays provisional. */
export function isUnderWay(plan: CountyPlan): boolean {
  return plan.progress.submitted !== undefined;
}

/**
 * The units of the city, the province and the city itself first. The content of the file is reviewed together with the
 * file.
 */
export const cityUnits: readonly SampleUnit[] = readDefinition(unitList, units, '单位名录').units;

export const samplePlan = readDefinition(samplePlanShape, plan, '示例市方案');

export const sampleInspectors = readDefinition(sampleInspectorsShape, inspectors, '示例责任督学');

const lower = readDefinition(sampleLowerUnitsShape, lowerUnits, '示例科室');

/** Their numbers come after those of the units of the tree. */
export const cityLowerUnits: readonly SampleLowerUnit[] = lower.units.map(({ unitCode, ...unit }, at) => ({
  ...unit,
  id: Math.max(...cityUnits.map(({ id }) => id)) + 1 + at,
  placeId: placeOf(unitCode),
}));

/** The section that the first post of a person names; null where it names none. */
export function sampleSectionOf(username: string): number | null {
  const post = lower.posts.find((one) => one.username === username);
  if (post === undefined) return null;
  const placeId = placeOf(post.unitCode);
  const section = cityLowerUnits.find((one) => one.placeId === placeId && one.name === post.name);
  if (section === undefined) throw new Error(`the sample has no section ${post.name} in ${post.unitCode}`);
  return section.id;
}

function placeOf(unitCode: string): number {
  const place = cityUnits.find((unit) => unit.unitCode === unitCode);
  if (place === undefined) throw new Error(`the sample has no unit ${unitCode}`);
  return place.id;
}

/** Counties keep as many schools of a kind as their history and their sponsors ask for. */
const fewest = 8;
const share = 10;
/** A county in the middle of its year keeps enough for filings in every state. */
const underWay = 50;

function fewer(count: number, busy: boolean): number {
  return busy && count <= underWay ? count : Math.min(count, Math.max(fewest, Math.round(count / share)));
}

/**
 * The same city with some 500 of its schools, for tests and first looks: every unit, every person, every state and every story of
 * the whole sample is there. The pupils are as many as the schools ask for.
 */
export function smallPlan(plan: Plan): Plan {
  return {
    ...plan,
    counties: plan.counties.map((county) => {
      const busy = isUnderWay(county);
      const schools = Object.fromEntries(
        Object.entries(county.schools).map(([type, count]) => [type, fewer(count, busy)]),
      );
      const sum = (counts: Readonly<Record<string, number>>) =>
        Object.values(counts).reduce((all, one) => all + one, 0);
      const part = sum(schools) / sum(county.schools);
      const pupils = (count: number) => Math.round(count * part);
      const { primary, junior, senior } = county.pupils;
      return {
        ...county,
        schools,
        pupils: { primary: pupils(primary), junior: pupils(junior), senior: pupils(senior) },
      };
    }),
  };
}
