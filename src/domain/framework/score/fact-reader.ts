import { exacts } from '../../formula/algebra.ts';
import { type Cell, evaluateTerm, type OwnFigure, type Reading } from '../../formula/evaluate.ts';
import type { Formula } from '../../formula/formula.ts';
import { divide, type Exact, exact, multiply, toNumber } from '../../kit/decimal.ts';
import { isMissing, type Missing, missing } from '../../kit/value.ts';
import type { Context, Fact, Facts } from '../answer.ts';
import { type EarlierName, readEarlierName, roundsBack } from './earlier-fact.ts';

/** What a formula or a fact gives: exact where it is a number. */
export type Known = Exact | string | boolean;

/** Reads the facts of one subject exactly; what an aggregate gave over its members is kept while the reader lives. */
export interface FactReader {
  /** The value of a formula, `yearsBack` years before the assessed one. */
  readonly valueOf: (formula: Formula, yearsBack?: number, skipsNotApplicable?: boolean) => Known | Missing;
  /** The value of one fact by its name. */
  readonly factOf: (name: string, yearsBack?: number) => Known | Missing;
}

/**
 * A reader over the facts of one subject. A share that comes with its part and whole is taken as that fraction and not as
 * the double beside it, so that 2 of 3 is two thirds.
 * @param evaluations what is said of other evaluations beside the facts (`Context.evaluations`); formulas take it before the facts
 */
export function factReader(facts: Facts, evaluations?: Context['evaluations']): FactReader {
  const cellOf = (fact: Fact | Missing): Cell | OwnFigure => {
    if (isMissing(fact)) return fact;
    return typeof fact.value === 'number' && fact.of !== undefined ? { figure: exactFact(fact) } : fact.value;
  };
  const members = new Map<number, NonNullable<Reading['schools']>>();
  const membersOf = (yearsBack: number): NonNullable<Reading['schools']> => {
    const before = members.get(yearsBack);
    if (before) return before;
    const read = facts.members(yearsBack).map((member) => (name: string) => cellOf(member(name)));
    // No member is known: a count over none would be 0, and 0 large classes would be a met item that nobody has seen.
    const known = read.length > 0 ? read : [(name: string) => missing('not-filed', [name])];
    members.set(yearsBack, known);
    return known;
  };
  return {
    valueOf(formula, yearsBack = 0, skipsNotApplicable = false) {
      const reading: Reading = {
        read: (name) => cellOf(readOwn(facts, evaluations, name, yearsBack)),
        get schools() {
          return membersOf(yearsBack);
        },
        skipsNotApplicable,
      };
      return evaluateTerm(formula.term, reading, exacts);
    },
    factOf(name, yearsBack = 0) {
      const fact = facts.read(name, yearsBack);
      if (isMissing(fact)) return fact.fields.length > 0 ? fact : missing(fact.missing, [name]);
      return typeof fact.value === 'number' ? exactFact(fact) : fact.value;
    },
  };
}

/**
 * A fact as formulas take it. The result of another evaluation is that of its latest round, and its rate is a share: what was entered in
 * percent is divided.
 */
function readOwn(facts: Facts, evaluations: Context['evaluations'], name: string, yearsBack: number): Fact | Missing {
  const earlier = readEarlierName(name);
  if (earlier === undefined || 'code' in earlier) return facts.read(name, yearsBack);
  const said = yearsBack === 0 ? evaluations?.[earlier.key] : undefined;
  // It never had one.
  if (said?.length === 0) return missing('not-applicable', [name]);
  const value = said?.[0]?.[earlier.of];
  if (value !== undefined) return asShare(earlier, { value, source: earlier.key });
  const rounds = Array.from({ length: roundsBack }, (_, back) => facts.read(name, yearsBack + back));
  const found = rounds.find((one) => !isMissing(one)) ?? rounds[0]!;
  return isMissing(found) ? found : asShare(earlier, found);
}

/** A rate above 1 was entered in percent. */
function asShare({ of }: EarlierName, fact: Fact): Fact {
  const { value } = fact;
  if (of !== 'rate' || typeof value !== 'number' || value <= 1) return fact;
  return { ...fact, value: toNumber(divide(exact(value), exact(100))), of: [value, 100] };
}

/** The exact number of a fact: its fraction, in percent where the value is one, else the decimal that it spells. */
export function exactFact(fact: Fact): Exact {
  const value = exact(fact.value as number);
  if (fact.of === undefined || fact.of[1] === 0) return value;
  const share = divide(exact(fact.of[0]), exact(fact.of[1]));
  const percent = multiply(share, exact(100));
  return [share, percent].find((one) => near(toNumber(one), fact.value as number)) ?? value;
}

/** Beside each other as doubles: the share was rounded for its readers and is no other figure. */
function near(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left));
}

/** True where a known value is a number. */
export function isNumber(value: Known | Missing): value is Exact {
  return typeof value === 'object' && !isMissing(value);
}
