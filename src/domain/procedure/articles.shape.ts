import { z } from 'zod';
import { day, list, oneOf, parts, text, whole } from '../kit/definition.shape.ts';
import { inspectionFacts, inspectionForms, subjectTypes } from './facts.ts';

const fact = oneOf(inspectionFacts);
/** The earliest of these days that is there. */
const marks = list(fact).min(1, '至少应有一项');

/** Whoever has to do what a rule asks. */
const owers = ['office', 'subject'] as const;

/** A count that has a least value on the day of a mark. */
const leastRule = parts({ rule: z.literal('least'), fact, least: whole(1, 100), mark: marks });

/**
 * Something that has happened when a mark happens: `earlier` at least a day before it, `same` on its day or before, `set` at any
 * time, because it names a day ahead. A last day is over on the day after it.
 */
const beforeRule = parts({
  rule: z.literal('before'),
  /** The earliest of these: a waiver ends the window for a statement, else its last day does. */
  fact: marks,
  mark: marks,
  order: oneOf(['earlier', 'same', 'set']),
});

/** Something that follows the latest of some days within the days that the office set; national law names none. */
const withinRule = parts({ rule: z.literal('within'), after: marks, fact });

/** Every subject of a type is inspected at least once in so many years. */
const cycleRule = parts({
  rule: z.literal('cycle'),
  subject: oneOf(subjectTypes),
  years: whole(1, 30),
  /** Forms of inspection that count. */
  counts: list(oneOf(inspectionForms)),
});

/** Every school is visited so often in each term. */
const termRule = parts({ rule: z.literal('term'), least: whole(1, 100) });

/** One sentence of the law as a rule: what every rule has, and its own. */
const article = z.intersection(
  parts({
    key: text,
    title: text,
    /** Where it stands. */
    document: text,
    article: text,
    from: day,
    until: day.nullable(),
    by: oneOf(owers),
    /** The sentence with which a breach is told, without a full stop. */
    breach: text,
    /** The rule is asked only where this has happened, or is more than none; null where it is always asked. */
    when: fact.nullable(),
    note: text.nullable(),
  }),
  z.discriminatedUnion('rule', [leastRule, beforeRule, withinRule, cycleRule, termRule]),
);
export type Article = z.output<typeof article>;
export type ArticleOf<Rule extends Article['rule']> = Extract<Article, { readonly rule: Rule }>;

/** The articles that the clock knows, as `reference/procedure/articles.json` keeps them. */
export const articles = parts({ key: text, edition: text, articles: list(article) });
