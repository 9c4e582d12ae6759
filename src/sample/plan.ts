import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { unitList } from '#domain/org/unit-list.shape.ts';
import inspectors from '../../reference/sample/inspectors.json' with { type: 'json' };
import lowerUnits from '../../reference/sample/lower-units.json' with { type: 'json' };
import plan from '../../reference/sample/plan.json' with { type: 'json' };
import units from '../../reference/units/quanzhou.json' with { type: 'json' };
import type { SampleLowerUnit, SampleUnit } from './model.ts';
import { type CountyPlan, sampleInspectorsShape, sampleLowerUnitsShape, samplePlanShape } from './plan.shape.ts';

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
