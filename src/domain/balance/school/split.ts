import { add, divide, type Exact, exact, multiply } from '../../kit/decimal.ts';
import { isMissing, type Missing, missing } from '../../kit/value.ts';
import type { CompulsoryLevel } from '../../org/school-level.ts';
import { schoolType } from '../../org/school-type.ts';
import type { BalanceStandard } from '../standard/standard.shape.ts';
import { pupilsField, pupilsOf, type Stage, stages } from './membership.ts';
import type { BalanceSchool } from './school.ts';

/** The pupils of one stage and how heavily each of them weighs. */
export interface WeightedHeads {
  readonly pupils: number;
  readonly weight: number;
}

/** One stage's weighted heads among those of the whole school; exact parts are kept for decisions on a threshold. */
export interface Split {
  /** The level's part of whole-school resources, between 0 and 1. */
  readonly share: number;
  readonly exactShare: () => Exact;
  readonly own: WeightedHeads;
  /** All stages with pupils; empty where the whole school is of one stage and nothing is shared out. */
  readonly all: readonly WeightedHeads[];
}

/**
 * The share of a level in the material resources of a school: weight · pupils of the level over the sum of weight ·
 * pupils of all stages, with 1 : 1.1 : 1.32 for primary, junior and senior pupils (《测算均衡系数拆分公式》; so 九年一贯制
 * A/(A+1.1B), 完全中学 B/(B+1.2C)). A school or campus with one stage is not split; stages that its type does not have
 * count where pupils are reported (附设班). Missing where the pupils of a stage that its type has are missing.
 */
export function splitOf(
  school: BalanceSchool,
  level: CompulsoryLevel,
  weights: BalanceStandard['splitWeights'],
): Split | Missing {
  const own = school.type === null ? [] : (schoolType(school.type)?.levels ?? []);
  const heads: Array<WeightedHeads & { stage: Stage }> = [];
  const lacking: string[] = [];
  for (const stage of stages) {
    const pupils = pupilsOf(school, stage);
    const cell = school.values[pupilsField(stage)];
    if (isMissing(cell)) lacking.push(...cell.fields);
    else if (pupils === undefined) {
      if (own.includes(stage)) lacking.push(pupilsField(stage));
    } else if (pupils > 0) heads.push({ stage, pupils, weight: weights[stage] });
  }
  if (lacking.length > 0) return missing('not-filed', lacking);
  const mine = heads.find(({ stage }) => stage === level) ?? { pupils: 0, weight: weights[level] };
  if (heads.length === 0) return missing('division-by-zero', [pupilsField(level)]);
  if (heads.length === 1 && mine === heads[0]) return { share: 1, exactShare: () => exact(1), own: mine, all: [] };
  const weighted = ({ pupils, weight }: WeightedHeads) => weight * pupils;
  const exactly = ({ pupils, weight }: WeightedHeads) => multiply(exact(weight), exact(pupils));
  return {
    share: weighted(mine) / heads.reduce((sum, one) => sum + weighted(one), 0),
    exactShare: () =>
      divide(
        exactly(mine),
        heads.reduce((sum, one) => add(sum, exactly(one)), exact(0)),
      ),
    own: mine,
    all: heads,
  };
}
