import { exacts } from '../../formula/algebra.ts';
import { evaluateTerm, type Reading } from '../../formula/evaluate.ts';
import { evaluate } from '../../formula/formula.ts';
import { type Exact, exact, multiply } from '../../kit/decimal.ts';
import { isMissing, type Missing, missing, namesInTheWay } from '../../kit/value.ts';
import type { ExactPart } from '../run/threshold.ts';
import { traceOf } from '../run/trace.ts';
import type { PreparedIndicator, PreparedLevel } from '../standard/prepared-standard.ts';
import type { BalanceStandard } from '../standard/standard.shape.ts';
import { pupilsField, pupilsOf } from './membership.ts';
import { type BalanceSchool, readSchool, type SchoolReader } from './school.ts';
import { type Split, splitOf } from './split.ts';

/** One school in one indicator: its figures, or the fields that it lacks. */
export type Figure =
  | {
      readonly kind: 'figure';
      readonly resources: number;
      readonly pupils: number;
      readonly exactly: () => ExactPart;
      readonly trace: () => string;
    }
  | { readonly kind: 'lacking'; readonly lacks: readonly Missing[] };

/** All figures of a school at a level, in the order of the indicators; `lacking` names the missing inputs. */
export interface SchoolFigures {
  readonly school: BalanceSchool;
  readonly figures: readonly Figure[];
  readonly lacking: readonly string[];
}

/**
 * The figures of a school at a level. `lacking` is empty only if every figure could be computed.
 * @param undecided why it is not known whether the school belongs to the set; then it takes part in no indicator
 * @param set the readers of all schools of the set, for aggregates
 */
export function figuresOf(
  school: BalanceSchool,
  prepared: PreparedLevel,
  weights: BalanceStandard['splitWeights'],
  undecided: readonly Missing[],
  set: readonly SchoolReader[],
): SchoolFigures {
  const lacking = new Set<string>();
  const pupils = pupilsOf(school, prepared.level);
  if (pupils === undefined) lacking.add(pupilsField(prepared.level));
  const split = splitOf(school, prepared.level, weights);
  const reading = { read: readSchool(school), schools: set };
  const figures = prepared.indicators.map((indicator): Figure => {
    const figure = figureOf(indicator, reading, split);
    const lacks = [...undecided, ...(figure.kind === 'lacking' ? figure.lacks : [])];
    for (const name of lacks.flatMap(namesInTheWay)) lacking.add(name);
    return lacks.length > 0 ? { kind: 'lacking', lacks } : figure;
  });
  return { school, figures, lacking: [...lacking] };
}

function figureOf(indicator: PreparedIndicator, reading: Reading, split: Split | Missing): Figure {
  const resources = evaluate(indicator.numeratorFormula, reading);
  const pupils = evaluate(indicator.denominatorFormula, reading);
  const lacks = [resources, pupils, indicator.split ? split : 0].filter(isMissing);
  if (lacks.length > 0) return { kind: 'lacking', lacks };
  const weight = pupils as number;
  if (weight <= 0) {
    return { kind: 'lacking', lacks: [missing('division-by-zero', indicator.denominatorFormula.fields)] };
  }
  const share = indicator.split ? (split as Split).share : 1;
  const exactly = (): ExactPart => {
    const amount = evaluateTerm(indicator.numeratorFormula.term, reading, exacts) as Exact;
    const shared = indicator.split ? multiply(amount, (split as Split).exactShare()) : amount;
    return {
      resources: multiply(shared, exact(indicator.factor)),
      pupils: evaluateTerm(indicator.denominatorFormula.term, reading, exacts) as Exact,
    };
  };
  const trace = () => traceOf(indicator, reading, indicator.split ? (split as Split) : null);
  return {
    kind: 'figure',
    resources: (resources as number) * share * indicator.factor,
    pupils: weight,
    exactly,
    trace,
  };
}
