import type { Plan } from '../plan.shape.ts';
import { isUnderWay } from '../plan.ts';

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
