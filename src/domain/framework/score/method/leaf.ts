import type { Formula } from '../../../formula/formula.ts';
import { compare, type Exact, exact, greater, lesser, zero } from '../../../kit/decimal.ts';
import { isMissing, type Missing, missing } from '../../../kit/value.ts';
import type { Answer, Context } from '../../answer.ts';
import type { Compare, ConditionText, Indicator, Method } from '../../edition.ts';
import type { Verdict } from '../../result.ts';
import { type FactReader, isNumber, type Known } from '../fact-reader.ts';

/** Whether a condition of an edition holds for the subject. */
export type Judge = (when: ConditionText) => Verdict;

/** Writes a step of a trace; where no trace is wanted, the words are not even made. */
export type Note = (words: () => string, value?: () => Exact) => void;

/** What a method sees of its leaf. */
export interface LeafScene<Kind extends Method['kind']> extends Scene {
  readonly method: Extract<Method, { kind: Kind }>;
}

/** What is seen of a leaf, whatever its method. */
export interface Scene {
  readonly indicator: Indicator;
  /** The points of the leaf, or null where they are not known or where it is judged without points. */
  readonly max: Exact | null;
  readonly answer: Answer | undefined;
  readonly formula: Formula | null;
  readonly elementFormulas: readonly (Formula | null)[];
  readonly elementApplies: readonly (Formula | null)[];
  readonly reader: FactReader;
  readonly context: Context;
  readonly judge: Judge;
  /** Names that conditions at the leaf ask and nobody has said: the methods add theirs, and such a condition counts as not holding. */
  readonly unknown: string[];
  readonly note: Note;
  /** A figure as people read it. */
  readonly text: (value: Exact) => string;
  /** What a relative leaf gives to this subject among the others of its round, where all are in. */
  readonly placed?: Placed | undefined;
}

/** Whether the points of a leaf stand beside the points of the tree. */
export function besideOf({ method }: Indicator): 'bonus' | 'deductions' | null {
  if (method?.kind === 'bonus') return 'bonus';
  return method?.kind === 'deduction' && method.start === 'zero' ? 'deductions' : null;
}

/** The points of a relative leaf, with the words of its place. */
export interface Placed {
  readonly points: Exact;
  readonly words: string;
}

/**
 * What a method gives. `points` is null where the leaf has none. `open`: something is not known yet, with what the leaf
 * can still take (`most` null: no upper end is known) and the names in the way.
 */
export type Given =
  | {
      readonly kind: 'scored';
      readonly by: 'person' | 'facts';
      readonly points: Exact | null;
      readonly value?: Exact | undefined;
      readonly grade?: string | undefined;
      /** The key of the level or option, `yes` and `no` for what is met or not. */
      readonly option?: string | undefined;
      readonly verdict?: boolean | undefined;
    }
  | {
      readonly kind: 'open';
      readonly least: Exact;
      readonly most: Exact | null;
      readonly lacks: readonly string[];
    }
  | { readonly kind: 'notApplicable' };

type Extras = Partial<Pick<Extract<Given, { kind: 'scored' }>, 'value' | 'grade' | 'option' | 'verdict'>>;

/** A leaf with its points. */
export function scored(by: 'person' | 'facts', points: Exact | null, extras: Extras = {}): Given {
  return { kind: 'scored', by, points, ...extras };
}

/** A leaf that something still keeps open. */
export function open(least: Exact, most: Exact | null, lacks: readonly string[] = []): Given {
  return { kind: 'open', least, most, lacks };
}

/** A leaf on which a missing value rests: what does not apply to the subject takes the leaf with it. */
export function openFor(value: Missing, least: Exact, most: Exact | null): Given {
  return value.missing === 'not-applicable' ? { kind: 'notApplicable' } : open(least, most, value.fields);
}

/** Where the value of a leaf comes from, and what it is. */
export interface Measured {
  readonly by: 'person' | 'facts';
  readonly value: Known;
}

/** The value that was answered, else that of the formula, else the reason why there is none. */
export function measured(scene: Scene): Measured | Missing {
  const { answer, formula, reader } = scene;
  if (answer && 'value' in answer) return { by: 'person', value: figureOrWord(answer.value) };
  if (formula === null || answer !== undefined) return missing('not-filed');
  const value = reader.valueOf(formula);
  if (isMissing(value)) return value;
  if (isNumber(value)) scene.note(() => `${formula.source} = ${scene.text(value)}`);
  return { by: 'facts', value };
}

/** A typed value: a number, or a decimal written as text, is exact; another text is a word of a scale. */
export function figureOrWord(value: number | string): Exact | string {
  return typeof value === 'number' || /^[+-]?\d+(\.\d+)?$/.test(value.trim()) ? exact(String(value).trim()) : value;
}

/** The smallest and the largest of some points. */
export function ends(points: readonly Exact[]): readonly [Exact, Exact] {
  const [first = zero, ...others] = points;
  return [others.reduce(lesser, first), others.reduce(greater, first)];
}

/** Whether left stands to right as said; `=` counts as reached by `>=` and `<=` (以上、以下均含本数). */
export function stands(left: Exact, by: Compare, right: Exact): boolean {
  const order = compare(left, right);
  switch (by) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '=':
      return order === 0;
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
    case '<>':
      return order !== 0;
  }
}
