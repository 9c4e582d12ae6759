import type { Ownership } from '#domain/org/ownership.ts';
import type { UrbanClass } from '#domain/org/urban-class.ts';
import type { SampleUnit } from '../model.ts';
import type { CountyPlan } from '../plan/plan.shape.ts';

/** A school of the last year, before its history is added. */
export interface Standing {
  unit: SampleUnit;
  plan: CountyPlan;
  schoolType: string;
  urbanClass: UrbanClass;
  ownership: Ownership;
  sponsorCode: number;
  managingUnitId: number;
}
