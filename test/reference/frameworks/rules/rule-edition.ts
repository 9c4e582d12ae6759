import type { Answer, Context, Facts } from '#domain/framework/answer.ts';
import type { ConclusionTable, Edition, Indicator, Method } from '#domain/framework/edition.ts';
import type { Prepared, Result } from '#domain/framework/result.ts';
import { scoreRound } from '#domain/framework/score/score-round.ts';
import { scoreSubject } from '#domain/framework/score/score-subject.ts';
import { type FactEntry, factsOf, figure, smallEdition } from '#test/reference/frameworks/small-edition.ts';

/** The parts of an edition beside its indicators. */
export type Rules = Partial<Omit<Edition, 'indicators'>>;

/** One subject of a round. */
export interface Given {
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly facts?: Readonly<Record<string, FactEntry>> | Facts;
  readonly context?: Context;
  readonly relaxed?: boolean;
}

/** A leaf of a small edition. */
export const leaf = (
  code: string,
  points: Indicator['points'],
  method?: Method | null,
  more: Partial<Indicator> = {},
) => ({
  ...{ code, points },
  ...(method === undefined ? {} : { method }),
  ...more,
});

/** An edition whose only leaf is the total, for rules that look at the total alone. */
export const totalAlone = (rules: Rules, max = 100): Prepared => smallEdition([leaf('C1', max)], { max, ...rules });

/** Facts of an edition that are numbers. */
export const numbers = (...names: string[]) => names.map((name) => ({ name, type: 'number' as const }));

const options = (relaxed = false) => ({ trace: true, relaxed });

const isFacts = (facts: NonNullable<Given['facts']>): facts is Facts => typeof facts.read === 'function';

const read = (facts: Given['facts']): Facts =>
  facts === undefined ? factsOf() : isFacts(facts) ? facts : factsOf(facts);

/** One subject, scored and concluded. */
export function judged(prepared: Prepared, { answers = {}, facts, context = {}, relaxed }: Given = {}): Result {
  return scoreSubject(prepared, new Map(Object.entries(answers)), read(facts), context, options(relaxed));
}

/** The name that the first table gives. */
export const conclusionOf = (prepared: Prepared, given?: Given): string => judged(prepared, given).conclusions[0]!.name;

/** The conclusion of an edition whose total is its only leaf. */
export const byTotal = (prepared: Prepared, points: number, given: Given = {}): string =>
  conclusionOf(prepared, { ...given, answers: { C1: { points } } });

/** A round by the names of its subjects: what the first table gives to each. */
export function round(prepared: Prepared, subjects: Readonly<Record<string, Given>>): Record<string, string> {
  return Object.fromEntries([...results(prepared, subjects)].map(([name, one]) => [name, one.conclusions[0]!.name]));
}

/** A round by the names of its subjects, with all results. */
export function results(prepared: Prepared, subjects: Readonly<Record<string, Given>>): ReadonlyMap<string, Result> {
  const list = Object.entries(subjects).map(([subject, { answers = {}, facts, context = {} }]) => ({
    ...{ subject, context },
    ...{ answers: new Map(Object.entries(answers)), facts: read(facts) },
  }));
  return scoreRound(prepared, list, options());
}

/** The points of a leaf or a node as text. */
export function pointsOf(result: Result, code: string): string {
  const found = result.leaves.find((one) => one.code === code) ?? result.nodes.find((one) => one.code === code);
  return figure(found?.points);
}

/** The total as text. */
export const totalOf = (result: Result): string => figure(result.total);

/** A row of a decision table: the conclusion, and the conditions under which it is drawn. */
export const row = (conclusion: string, ...when: string[]): ConclusionTable['rows'][number] => ({
  when,
  // biome-ignore lint/suspicious/noThenProperty: the tables of published rules are read by this word; it is a text.
  then: conclusion,
});

/** A single decision table. */
export const table = (name: string, ...rows: ConclusionTable['rows'][number][]): ConclusionTable[] => [{ name, rows }];
