import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { unitList } from '#domain/org/unit-list.shape.ts';
import inspectors from '../../reference/sample/inspectors.json' with { type: 'json' };
import plan from '../../reference/sample/plan.json' with { type: 'json' };
import units from '../../reference/units/quanzhou.json' with { type: 'json' };
import type { SampleUnit } from './model.ts';
import { type CountyPlan, sampleInspectorsShape, samplePlanShape } from './plan.shape.ts';

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
