import { type Exact, exact } from '../../kit/decimal.ts';
import { isMissing } from '../../kit/value.ts';
import type { Answers, Context, Facts } from '../answer.ts';
import { concludeRound, type ScoredSubject } from '../conclude/conclude.ts';
import type { Code } from '../edition.ts';
import type { Prepared, PreparedLeaf, Result, ScoreOptions } from '../result.ts';
import { type FactReader, factReader, isNumber } from './fact-reader.ts';
import { figureOrWord, type Placed } from './method/leaf.ts';
import { type Compared, placesOf } from './method/relative.ts';
import { checkAnswers } from './read-answers.ts';
import { scoreChecked } from './score-subject.ts';
import { answersOfVisit } from './visit-choice.ts';

/** One subject of a round, with what is known of it. */
export interface RoundSubject {
  readonly subject: string;
  readonly answers: Answers;
  readonly facts: Facts;
  readonly context: Context;
  /** What relative leaves compare of it, where that was measured before; it goes before answers, and no formula is asked beside it. */
  readonly values?: ReadonlyMap<Code, Exact>;
}

/** What the places at relative leaves rest on; the context says what other evaluations gave beside the facts. */
type ComparedSubject = Pick<RoundSubject, 'answers' | 'facts' | 'values'> & Partial<Pick<RoundSubject, 'context'>>;

/**
 * Scores all subjects of a round together: `relative` leaves take their points from the places of all, quotas count over
 * all. While one subject lacks a value, a relative leaf is provisional for every subject; a subject to which the leaf
 * does not apply, or whose points a person gave, has no place in it.
 * @throws Problem `framework.answersInvalid` for the first subject with answers that do not fit
 */
export function scoreRound(
  prepared: Prepared,
  given: readonly RoundSubject[],
  options: ScoreOptions,
): ReadonlyMap<string, Result> {
  for (const { answers, context } of given) checkAnswers(prepared, answers, context);
  const subjects = given.map((one) => ({ ...one, answers: answersOfVisit(prepared, one.answers, one.context) }));
  const placed = relativePlaces(prepared, subjects);
  const scored = subjects.map(
    ({ subject, answers, facts, context }, at): ScoredSubject => ({
      subject,
      scored: scoreChecked(prepared, answers, facts, context, options, placed[at]!),
      facts,
      context,
    }),
  );
  const { concluded } = concludeRound(prepared, scored);
  return new Map(scored.map(({ subject, scored: one }) => [subject, { ...one, ...concluded.get(subject)! }]));
}

/**
 * What the relative leaves give to each subject of a round, in the order of the subjects: by the places of all values, once the value
 * of every subject that takes part is there.
 */
export function relativePlaces(
  prepared: Prepared,
  subjects: readonly ComparedSubject[],
): readonly ReadonlyMap<Code, Placed>[] {
  const readers = subjects.map(({ facts, context }) => factReader(facts, context?.evaluations));
  const placed = subjects.map(() => new Map<Code, Placed>());
  for (const leaf of prepared.leaves) {
    if (leaf.indicator.method?.kind === 'relative') place(leaf, subjects, readers, placed);
  }
  return placed;
}

function place(
  { indicator, formula, applies }: PreparedLeaf,
  subjects: readonly ComparedSubject[],
  readers: readonly FactReader[],
  placed: readonly Map<Code, Placed>[],
): void {
  const { code, method, points } = indicator;
  if (method?.kind !== 'relative' || typeof points !== 'number') return;
  const taking: { readonly at: number; readonly compared: Compared }[] = [];
  for (const [at, { answers, values }] of subjects.entries()) {
    const answer = answers.get(code);
    const reader = readers[at]!;
    if (answer && ('notApplicable' in answer || 'points' in answer)) continue;
    if (applies !== null && isOut(reader, applies)) continue;
    const said = answer && 'value' in answer ? figureOrWord(answer.value) : null;
    const value =
      values?.get(code) ?? said ?? (values === undefined && formula !== null ? reader.valueOf(formula) : null);
    if (isMissing(value) && value.missing === 'not-applicable') continue;
    const against = method.full?.against;
    const line = typeof against === 'object' ? reader.factOf(against.fact) : undefined;
    // One value, or one city's own figure, that is not in keeps every place open.
    if (value === null || typeof value !== 'object' || isMissing(value)) return;
    if (line !== undefined && !isNumber(line)) return;
    taking.push({ at, compared: line === undefined ? { value } : { value, line } });
  }
  // A mean of nobody is no line.
  if (taking.length === 0) return;
  const places = placesOf(
    method,
    exact(points),
    taking.map(({ compared }) => compared),
  );
  for (const [index, { at }] of taking.entries()) placed[at]!.set(code, places[index]!);
}

function isOut(reader: FactReader, applies: NonNullable<PreparedLeaf['applies']>): boolean {
  const value = reader.valueOf(applies);
  return isMissing(value) ? value.missing === 'not-applicable' : value !== true;
}
