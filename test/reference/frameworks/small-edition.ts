import type { Answer, Answers, Context, Fact, Facts, FactValue } from '#domain/framework/answer.ts';
import { prepareEdition } from '#domain/framework/edition/prepare-edition.ts';
import type { FrameworkWords } from '#domain/framework/edition/words.ts';
import type { Edition, Indicator, Method } from '#domain/framework/edition.ts';
import type { Prepared, Scored } from '#domain/framework/result.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import { scoreOf } from '#domain/framework/score/score-subject.ts';
import type { Exact } from '#domain/kit/decimal.ts';
import { isMissing, type Missing, missing } from '#domain/kit/value.ts';

/** Names that the formulas of small editions may use: `事实:甲` to `事实:戊` are numbers. */
const numbers = ['甲', '乙', '丙', '丁', '戊'].map((name) => ({ name: `事实:${name}`, type: 'number' as const }));

/** An edition of a few indicators; `code` alone is a root, `A1/B1` stands under A1. */
export function smallEdition(
  indicators: readonly (Partial<Indicator> & Pick<Indicator, 'code' | 'points'>)[],
  change: Partial<Edition> = {},
  fields: FrameworkWords['fields'] = [],
): Prepared {
  const edition: Edition = {
    key: 'small',
    title: '示例',
    edition: '1',
    authority: 'sample',
    documents: [],
    subject: 'county',
    attributes: [{ name: '岗位' }],
    notApplicable: 'rebase',
    max: null,
    decimals: 2,
    gaps: [],
    vetoes: [],
    caps: [],
    downgrades: [],
    conclusions: [],
    ...change,
    indicators: indicators.map((one) => ({ parent: null, title: `指标${one.code}`, ...one })),
  };
  return prepareEdition(edition, { words: { fields, names: numbers }, hash: (text) => `hash of ${text.length}` });
}

/** An edition of one leaf of 10 points (or others) with a method. */
export function leafOf(
  method: Method,
  change: Partial<Indicator> = {},
  edition: Partial<Edition> = {},
  fields: FrameworkWords['fields'] = [],
): Prepared {
  return smallEdition([{ code: 'C1', points: 10, method, ...change }], edition, fields);
}

/** A fact: a plain value, or one that is missing, or values by years back. */
export type FactEntry = FactValue | Missing | Fact | readonly (FactValue | Missing | null)[];

/** Facts from a record, and those of the members. */
export function factsOf(
  record: Readonly<Record<string, FactEntry>> = {},
  members: readonly Readonly<Record<string, FactValue>>[] = [],
): Facts {
  const asFact = (value: FactValue | Missing | Fact | null | undefined): Fact | Missing => {
    if (value === null || value === undefined) return missing('not-filed');
    if (typeof value === 'object') return value;
    return { value, source: 'test' };
  };
  const isSeries = (entry: FactEntry | undefined): entry is readonly (FactValue | Missing | null)[] =>
    Array.isArray(entry);
  return {
    read(name, yearsBack) {
      const entry = Object.hasOwn(record, name) ? record[name] : undefined;
      const found = isSeries(entry) ? asFact(entry[yearsBack]) : yearsBack === 0 ? asFact(entry) : missing('not-filed');
      return isMissing(found) && found.fields.length === 0 ? missing(found.missing, [name]) : found;
    },
    members: () => members.map((member) => (name: string) => asFact(member[name])),
  };
}

/** Scores with a trace. */
export function score(
  prepared: Prepared,
  answers: Readonly<Record<string, Answer>> | Answers,
  {
    facts = factsOf(),
    context = {},
    relaxed = false,
    trace = true,
  }: { facts?: Facts; context?: Context; relaxed?: boolean; trace?: boolean } = {},
): Scored {
  const given = answers instanceof Map ? answers : new Map(Object.entries(answers));
  return scoreOf(prepared, given, facts, context, { trace, relaxed });
}

/** An exact figure as people read it, with `…` for none. */
export function figure(value: Exact | null | undefined): string {
  return value === null || value === undefined ? '…' : exactText(value, 2);
}

/** An indicator under a parent (null: a root). */
export function indicatorOf(
  code: string,
  parent: string | null,
  points: Indicator['points'],
  rest: Partial<Indicator> = {},
) {
  return { code, parent, points, ...rest };
}

/** A single leaf of 10 points (or others) with what is known of it. */
export interface LeafCase {
  readonly answer?: Answer;
  readonly facts?: Record<string, FactEntry>;
  readonly context?: Context;
  readonly leaf?: Partial<Indicator>;
  readonly edition?: Partial<Edition>;
}

/** The points of the only leaf, or the range that it can still take. */
export function leafPoints(
  method: Method,
  { answer, facts = {}, context = {}, leaf = {}, edition = {} }: LeafCase,
): string {
  const answers: Record<string, Answer> = answer ? { C1: answer } : {};
  const [only] = score(leafOf(method, leaf, edition), answers, { facts: factsOf(facts), context }).leaves;
  if (only!.state === 'notApplicable') return '不适用';
  return only!.points === null ? `${figure(only!.least)}–${figure(only!.most)}` : figure(only!.points);
}

/** The words of its steps. */
export function leafWords(
  method: Method,
  { answer, facts = {}, context = {}, leaf = {}, edition = {} }: LeafCase,
): string[] {
  const answers: Record<string, Answer> = answer ? { C1: answer } : {};
  return score(leafOf(method, leaf, edition), answers, { facts: factsOf(facts), context }).leaves[0]!.steps.map(
    (step) => step.words,
  );
}
