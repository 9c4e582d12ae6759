import plan from '../../reference/sample/plan.json' with { type: 'json' };
import units from '../../reference/units/quanzhou.json' with { type: 'json' };
import type { Character, Progress, SampleUnit } from './model.ts';

export interface CountyPlan {
  readonly unitCode: string;
  readonly character: Character;
  /** Share of the county's schools by where their filing of the last year stands; the last one named takes the rest. */
  readonly progress: Readonly<Partial<Record<Progress, number>>>;
  /** How many schools of each 办学类型 stand in the county in the last year. */
  readonly schools: Readonly<Record<string, number>>;
  readonly special: number;
  readonly private: Readonly<Record<string, number>>;
  readonly pupils: { readonly primary: number; readonly junior: number; readonly senior: number };
  readonly urbanShare: { readonly city: number; readonly town: number };
  /** Deviation of the logarithm of school size. */
  readonly sizeSpread: number;
}

/** In the middle of its year: filings wait for its officers, and its verdict stays provisional. */
export function isUnderWay(plan: CountyPlan): boolean {
  return plan.progress.submitted !== undefined;
}

/** One line of the schools that the city runs itself, told by the county of their location. */
export interface CityRunPlan {
  readonly unitCode: string;
  readonly schoolType: string;
  readonly sponsorCode: number;
}

export interface Plan {
  readonly counties: readonly CountyPlan[];
  readonly cityRun: readonly CityRunPlan[];
  /** Kinds beside the published counts: 职业初中 and 专门学校. */
  readonly others: readonly { readonly unitCode: string; readonly schoolType: string }[];
  /** Single schools of another sponsor: 县级其他部门, 地方企业. */
  readonly sponsors: readonly {
    readonly unitCode: string;
    readonly schoolType: string;
    readonly sponsorCode: number;
  }[];
}

/** The units of the city, the province and the city itself first; what the file says is reviewed with it. */
export const cityUnits = units.units as unknown as readonly SampleUnit[];

export const samplePlan: Plan = plan as unknown as Plan;
