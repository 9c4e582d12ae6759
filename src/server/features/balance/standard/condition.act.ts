import type * as balance from '#contract/balance/balance.ts';
import type { RouteInput, RouteOutput } from '#contract/route.ts';
import { withAttachedClasses } from '#domain/balance/school/attached-classes.ts';
import { hasLevel } from '#domain/balance/school/membership.ts';
import { readSchool } from '#domain/balance/school/school.ts';
import { evaluateTruth, type Formula, formula } from '#domain/formula/formula.ts';
import { vocabulary } from '#domain/formula/vocabulary.ts';
import { isProblem } from '#domain/kit/problem.ts';
import { isMissing } from '#domain/kit/value.ts';
import { type CompulsoryLevel, compulsoryLevels } from '#domain/org/school-level.ts';
import { type BalanceHandle, findInputRows, listCounties } from '../balance.store.ts';
import { balanceSchools, inputsOf, takenFields } from '../run/inputs.shape.ts';
import { standardFields } from './standards.shape.ts';

type Condition = RouteInput<typeof balance.countConditions>['body']['conditions'][number];
type Counted = RouteOutput<typeof balance.countConditions>['conditions'][number];

interface Place {
  readonly period: { readonly id: number } | undefined;
  readonly places: readonly number[];
}

const mostNames = 10;

/**
 * How many schools each condition means by the figures that are approved now, whatever the other conditions say: a
 * school counts once where the condition holds at any of its levels.
 */
export async function countConditions(
  db: BalanceHandle,
  { period, places }: Place,
  asked: readonly Condition[],
): Promise<Counted[]> {
  const conditions = asked.map(readAtLevels);
  const taken = conditions.flatMap(({ formulas }) => formulas.flatMap((one) => one.when.fields));
  const fields = takenFields({ fields: taken });
  const counted = conditions.map(({ fault }) => ({ schools: 0, undecided: 0, names: [] as string[], fault }));
  for (const county of period ? await listCounties(db, places) : []) {
    const rows = await findInputRows(db, county.id, period!.id);
    const schools = balanceSchools(inputsOf(county.id, rows, fields))
      .map(withAttachedClasses)
      .map((school) => ({
        name: school.name,
        read: readSchool(school),
        levels: compulsoryLevels.filter((level) => hasLevel(school, level)),
      }));
    const readersAt = (wanted: CompulsoryLevel) =>
      schools.flatMap(({ read, levels }) => (levels.includes(wanted) ? [read] : []));
    const readers = { primary: readersAt('primary'), junior: readersAt('junior') };
    for (const [at, { formulas }] of conditions.entries()) {
      for (const { name, read, levels } of schools) {
        const answers = formulas
          .filter(({ level }) => levels.includes(level))
          .map(({ level, when }) => evaluateTruth(when, { read, schools: readers[level] }));
        const one = counted[at]!;
        if (answers.includes(true)) {
          one.schools += 1;
          if (one.names.length < mostNames) one.names.push(name);
        } else if (answers.some(isMissing)) one.undecided += 1;
      }
    }
  }
  return counted;
}

/** The formula at each level of the condition, or the sentence of what is wrong with it. */
function readAtLevels({ when, levels }: Condition) {
  try {
    const formulas = levels.map((level) => ({
      level,
      when: formula(when, vocabulary(standardFields(), level), { type: 'truth' }) as Formula,
    }));
    return { formulas, fault: null };
  } catch (error) {
    if (!isProblem(error)) throw error;
    return { formulas: [], fault: error.message };
  }
}
