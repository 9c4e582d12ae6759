import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ArbitrarySchool,
  arbitraryFields,
  arbitraryFormula,
  arbitrarySchool,
} from '../../../test/support/formula-arbitrary.ts';
import { isProblem } from '../kit/problem.ts';
import { isMissing } from '../kit/value.ts';
import { compileToColumns } from './compile.ts';
import { evaluateInDoubles } from './evaluate.ts';
import { type Formula, formula, readingOf } from './formula.ts';
import { vocabulary } from './vocabulary.ts';

const words = vocabulary(arbitraryFields);

/** The formula, or nothing where chance wrote one that the language refuses (too large, a literal division by 0). */
function read(source: string, type: 'number' | 'truth'): Formula | undefined {
  try {
    return formula(source, words, { type });
  } catch (error) {
    if (isProblem(error) && /除数不能|可计算的范围|过大|层/.test(error.message)) return undefined;
    throw error;
  }
}

function columnsOf(schools: readonly ArbitrarySchool[]) {
  return {
    numbers: (name: string) => Float64Array.from(schools, (school) => Number(school[name as '甲'] ?? Number.NaN)),
    texts: (name: string) => schools.map((school) => school[name as '类']),
  };
}

describe('compiled formulas', () => {
  it.each(['number', 'truth'] as const)('agree with the evaluation term by term (%s)', (type) => {
    const cases = fc.tuple(arbitraryFormula(type, 'some'), fc.array(arbitrarySchool, { minLength: 1, maxLength: 6 }));
    let compared = 0;
    fc.assert(
      fc.property(cases, ([source, schools]) => {
        const known = read(source, type);
        if (!known) return;
        const readings = schools.map((school) => readingOf({ ...school }).read);
        const compiled = compileToColumns(known.term, columnsOf(schools), { start: 0, end: schools.length });
        schools.forEach((_, row) => {
          const plain = evaluateInDoubles(known.term, { read: readings[row]!, schools: readings });
          const wanted = isMissing(plain) ? Number.NaN : Number(plain);
          expect(Object.is(compiled(row) + 0, wanted + 0), source).toBe(true);
          compared += 1;
        });
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});
