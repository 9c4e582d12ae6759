/**
 * How far an edition carries: the text of a document, a part of it, or an example of our own. It stands on every screen,
 * export and print. An edition that a city completed is a sample, with its name in `completedBy`.
 */
export const authorities = ['official', 'official-partial', 'sample'] as const;
export type Authority = (typeof authorities)[number];

/** What an edition judges. */
export const frameworkSubjects = ['county', 'school', 'post-holder', 'person', 'city', 'town'] as const;
export type Subject = (typeof frameworkSubjects)[number];

/**
 * Where a fact comes from: entered once as a question, the balance, visits, the yearly record, or the subject itself. A
 * name of a formula says its source as `事实:` `均衡:` `履职:`; a name without one is an item of the yearly record.
 */
export const factKinds = ['asked', 'balance', 'duty', 'filing', 'attribute'] as const;
export type FactKind = (typeof factKinds)[number];

/** The years by which a fact is kept. */
export const factPeriods = ['calendarYear', 'schoolYear'] as const;
export type FactPeriod = (typeof factPeriods)[number];

/** Parts of an indicator that only people read. */
export const textParts = ['title', 'text', 'basis', 'evidence', 'responsible', 'unit', 'threshold', 'note'] as const;
export type TextPart = (typeof textParts)[number];

/** The key of a framework: words of small letters and digits, with single hyphens between them. */
export const frameworkKeyPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const frameworkKeyLength = 80;

/** In the place of a code: the edition itself. No indicator may have it. */
export const wholeCode = '*';

/** How a figure is compared with another; `=` counts as reached by `>=` and `<=` (以上、以下均含本数). */
export const compares = ['<', '<=', '=', '>=', '>', '<>'] as const;
export type Compare = (typeof compares)[number];

/** The same in words, before a figure: `达到 85`. */
export const compareWords: Readonly<Record<Compare, string>> = {
  '<': '低于',
  '<=': '不高于',
  '=': '为',
  '>=': '达到',
  '>': '高于',
  '<>': '不为',
};
