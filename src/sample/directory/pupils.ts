import type { Generator } from '#domain/kit/generator.ts';
import { schoolType } from '#domain/org/school-type.ts';
import type { Pupils } from '../model.ts';
import type { CountyPlan } from '../plan/plan.shape.ts';
import type { Standing } from './standing.ts';

type Section = keyof Pupils;
const sections: readonly Section[] = ['primary', 'junior', 'senior'];

const smallest: Record<Section, number> = { primary: 32, junior: 90, senior: 240 };
const largest: Record<Section, number> = { primary: 3100, junior: 2600, senior: 3200 };
const placeWeight = { urban: 2.4, town: 1.15, rural: 0.42 };

/** Pupils of every section of a county's schools: sizes are log-normal, and their sums are those of the plan. */
export function sectionPupils(standing: readonly Standing[], county: CountyPlan, draw: Generator): Pupils[] {
  const pupils = standing.map((): Pupils => ({ primary: 0, junior: 0, senior: 0 }));
  for (const section of sections) fillSection(standing, county, section, pupils, draw.fork(section));
  return pupils;
}

function fillSection(
  standing: readonly Standing[],
  county: CountyPlan,
  section: Section,
  pupils: Pupils[],
  draw: Generator,
): void {
  const weights = new Map<number, number>();
  let rest = county.pupils[section];
  standing.forEach((one, index) => {
    if (!schoolType(one.schoolType)!.levels.includes(section)) return;
    const own = ownSize(one, draw);
    if (own !== undefined) {
      pupils[index]![section] = one.schoolType === '514' && section !== 'primary' ? 0 : own;
      // Special, vocational and reform schools are outside the published counts.
      if (one.schoolType === '218') rest -= own;
      return;
    }
    const spread = county.sizeSpread * (section === 'primary' ? 1 : 0.6);
    weights.set(index, baseWeight(one, section) * Math.exp(draw.normal(0, spread)));
  });
  scale(weights, rest, section, pupils);
}

/** Sizes that follow from the kind of school and not from the county's total. */
function ownSize(one: Standing, draw: Generator): number | undefined {
  if (one.schoolType === '218') return draw.chance(0.62) ? draw.integer(11, 49) : draw.integer(50, 96);
  if (one.schoolType === '514') return draw.integer(64, 168);
  if (one.schoolType === '321') return draw.integer(280, 420);
  if (one.schoolType === '371') return draw.integer(48, 90);
  return undefined;
}

function baseWeight(one: Standing, section: Section): number {
  const place = placeWeight[one.urbanClass];
  if (section === 'primary') return one.schoolType === '211' ? place : place * 0.9 + 0.4;
  const gentle = Math.sqrt(place);
  if (section === 'junior') return gentle * (one.schoolType === '312' ? 0.65 : 1);
  return gentle * (one.schoolType === '342' ? 1.7 : 1);
}

/**
 * Scales the sizes to the total. Sizes at a limit are held there and the others are scaled again; the last few pupils
 * go to the largest schools.
 */
function scale(weights: Map<number, number>, total: number, section: Section, pupils: Pupils[]): void {
  const open = new Map(weights);
  let rest = total;
  for (let changed = true; changed && open.size > 0; ) {
    changed = false;
    const factor = rest / [...open.values()].reduce((sum, weight) => sum + weight, 0);
    for (const [index, weight] of open) {
      const size = Math.round(weight * factor);
      const held = Math.min(largest[section], Math.max(smallest[section], size));
      pupils[index]![section] = held;
      if (held === size) continue;
      open.delete(index);
      rest -= held;
      changed = true;
    }
  }
  const sum = [...weights.keys()].reduce((running, index) => running + pupils[index]![section], 0);
  const first = [...open.keys()].sort((a, b) => pupils[b]![section] - pupils[a]![section])[0];
  if (first !== undefined) pupils[first]![section] += total - sum;
}
