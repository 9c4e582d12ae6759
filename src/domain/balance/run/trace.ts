import type { Reading } from '../../formula/evaluate.ts';
import { explain } from '../../formula/explain.ts';
import type { Arithmetic } from '../../formula/syntax.ts';
import type { Term } from '../../formula/term.ts';
import type { Split, WeightedHeads } from '../school/split.ts';
import type { PreparedIndicator } from '../standard/prepared-standard.ts';

/**
 * The calculation of one school's figure, which a person can check with a pocket calculator: numerator, share of the
 * level where the school is split, conversion, denominator: `58.5 = 23226 × （166 × 1 ÷ （166 × 1 + 210 × 1.1）） ÷ 166`.
 * @param split null where the indicator is counted by section
 */
export function traceOf(indicator: PreparedIndicator, reading: Reading, split: Split | null): string {
  let term = indicator.numeratorFormula.term;
  if (split !== null && split.all.length > 0) term = calculate('*', term, shareTerm(split));
  if (indicator.factor !== 1) term = calculate('*', term, number(indicator.factor));
  return explain(calculate('/', term, indicator.denominatorFormula.term), reading);
}

function shareTerm({ own, all }: Split): Term {
  const weighted = ({ pupils, weight }: WeightedHeads) => calculate('*', number(pupils), number(weight));
  return calculate(
    '/',
    weighted(own),
    all.map(weighted).reduce((left, right) => calculate('+', left, right)),
  );
}

function number(value: number): Term {
  return { kind: 'number', type: 'number', value };
}

function calculate(operator: Arithmetic, left: Term, right: Term): Term {
  return { kind: 'arithmetic', type: 'number', operator, left, right };
}
