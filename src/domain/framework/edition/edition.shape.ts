import { z } from 'zod';
import { day, list, oneOf, text, truth, whole } from '../../kit/definition.shape.ts';
import { inexactNumber, keepsNumber } from '../../kit/number-text.ts';
import type { Edition } from '../edition.ts';
import {
  authorities,
  compares,
  factPeriods,
  frameworkKeyLength,
  frameworkKeyPattern,
  frameworkSubjects,
  wholeCode,
} from '../lists.ts';

/** An object with these parts and no others: a mistyped key of a rule must not silently mean nothing. */
const exactly = <Parts extends z.core.$ZodLooseShape>(shape: Parts) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `没有名为“${issue.keys.join('”“')}”的项，请检查写法` : '应是一个对象',
  });

/** A part that may be left out. */
const maybe = z.exactOptional;

/** A decimal below 10^15 that is kept as it is written. */
const figure = z
  .number({ error: '应是数字' })
  .refine((value) => keepsNumber(String(value)) && Math.abs(value) < 1e15, `数字${inexactNumber}`);
const positiveFigure = figure.refine((value) => value > 0, '应大于 0');
const share = figure.refine((value) => value >= 0 && value <= 1, '应在 0 到 1 之间');

const compare = oneOf(compares);
const better = oneOf(['high', 'low']);
const byName = <Part extends z.ZodType>(part: Part) => z.record(text, part, { error: '应是一个对象' });
const some = <Part extends z.ZodType>(part: Part) => list(part).min(1, '至少要有一项');
const threshold = z.union([figure, text], { error: '应是数字或等级名称' });

const byYear = exactly({
  years: some(text),
  targets: byName(figure.nullable()),
  weights: byName(positiveFigure),
  measure: oneOf(['actual-target', 'actual/target']),
  fromYear: maybe(text),
  unit: maybe(text),
});

const methods = [
  exactly({
    kind: z.literal('ladder'),
    levels: some(
      exactly({
        level: text,
        text: maybe(text),
        share: maybe(share),
        points: maybe(figure),
        range: maybe(exactly({ from: figure, to: figure.nullable(), of: oneOf(['share', 'points']) })),
      }),
    ),
  }),
  exactly({
    kind: z.literal('bands'),
    better,
    bands: some(exactly({ at: figure, points: figure, grade: maybe(text) })),
    rest: figure,
    byYear: maybe(byYear),
  }),
  exactly({
    kind: z.literal('linear'),
    floor: figure,
    target: figure,
    below: figure,
    byYear: maybe(byYear),
    minimumLessons: maybe(byName(whole(1, 1000))),
  }),
  exactly({
    kind: z.literal('threshold'),
    compare,
    value: threshold,
    scale: maybe(some(text)),
    unmet: figure,
    parts: maybe(some(exactly({ name: text, compare, value: threshold }))),
  }),
  exactly({
    kind: z.literal('elements'),
    elements: some(exactly({ text, formula: maybe(text), applies: maybe(text) })),
    cost: figure,
    floor: figure,
  }),
  exactly({
    kind: z.literal('deduction'),
    start: oneOf(['full', 'zero']),
    floor: figure,
    factorIf: maybe(list(exactly({ when: text, factor: positiveFigure }))),
    items: some(
      exactly({
        text,
        cost: z.union([positiveFigure, exactly({ from: figure, to: figure })], {
          error: '应是扣分数，或 from 到 to 的范围',
        }),
        cap: maybe(positiveFigure),
        per: maybe(
          exactly({
            of: maybe(text),
            from: figure,
            step: positiveFigure,
            better,
            count: oneOf(['begun', 'full', 'proportional']),
          }),
        ),
      }),
    ),
  }),
  exactly({
    kind: z.literal('bonus'),
    items: list(exactly({ text, points: positiveFigure, highestOnly: maybe(z.literal(true)) })),
    cap: figure.nullable(),
  }),
  exactly({ kind: z.literal('yesNo'), yes: figure, no: figure }),
  exactly({
    kind: z.literal('choice'),
    options: some(exactly({ key: text, text, points: maybe(figure), grade: maybe(text) })),
    notApplicable: maybe(z.literal(true)),
  }),
  exactly({
    kind: z.literal('relative'),
    better,
    rule: oneOf(['rank', 'proportion']),
    points: some(figure),
    beyond: oneOf(['last', 'zero']),
    ties: oneOf(['best', 'mean', 'worst']),
    full: maybe(
      exactly({
        compare,
        against: z.union([z.literal('mean'), figure, exactly({ fact: text })], { error: '应是 mean、数字或 {fact}' }),
      }),
    ),
  }),
  exactly({
    kind: z.literal('years'),
    rule: oneOf(['increase', 'notDecrease', 'notIncrease', 'nonNegative']),
    span: whole(1, 20),
    pointsByYearsMet: some(figure),
    skipNotApplicable: maybe(z.literal(true)),
    spanBy: maybe(z.literal('tenure')),
  }),
  exactly({ kind: z.literal('formula'), result: oneOf(['share', 'points']), min: figure, max: figure }),
  exactly({
    kind: z.literal('result'),
    evaluation: text,
    measure: oneOf(['rate', 'grade', 'total']),
    linear: maybe(exactly({ floor: figure, target: figure })),
    map: maybe(byName(figure)),
    improved: maybe(exactly({ add: positiveFigure, max: positiveFigure })),
    lookBackYears: maybe(whole(1, 20)),
  }),
  exactly({
    kind: z.literal('survey'),
    survey: text,
    measure: oneOf(['share', 'mean']),
    linear: exactly({ floor: figure, target: figure, below: figure }),
    scale: maybe(positiveFigure),
    grades: maybe(byName(figure)),
    merge: maybe(text),
    groups: maybe(list(text)),
    minimumAnswers: maybe(
      exactly({
        least: whole(0, 1_000_000),
        share: maybe(exactly({ of: text, perThousand: positiveFigure })),
      }),
    ),
    parentShare: maybe(share),
  }),
  exactly({ kind: z.literal('judgement'), step: positiveFigure, reasonBelow: maybe(share), hints: maybe(list(text)) }),
] as const;

const method = z.discriminatedUnion('kind', methods, { error: '没有这种计分方法' });

const rollUp = exactly({
  rule: oneOf(['sum', 'weighted', 'meanOfRates', 'minimum', 'counts', 'all', 'letter']),
  weights: maybe(oneOf(['percent', 'ratio'])),
  cap: maybe(figure),
  floor: maybe(figure),
  convertTo: maybe(positiveFigure),
  round: maybe(whole(0, 6)),
});

const must = z.discriminatedUnion(
  'by',
  [
    exactly({ by: z.literal('full') }),
    exactly({ by: z.literal('rate'), least: share }),
    exactly({ by: z.literal('value'), compare, value: figure }),
    exactly({ by: z.literal('notOption'), options: some(text) }),
  ],
  { error: '没有这种必达条件' },
);

const adjustment = { when: text, text };
const adjust = z.discriminatedUnion(
  'effect',
  [
    exactly({ ...adjustment, effect: oneOf(['cap', 'take', 'add']), points: figure }),
    exactly({ ...adjustment, effect: oneOf(['zero', 'lowerBand']) }),
    exactly({ ...adjustment, effect: z.literal('times'), factor: positiveFigure }),
  ],
  { error: '没有这种调整' },
);

/** How a leaf is judged and what it says: a relaxation may replace each of these. */
const relaxable = {
  threshold: maybe(text),
  text: maybe(text),
  note: maybe(text),
  method: maybe(method.nullable()),
  formula: maybe(text),
  applies: maybe(text),
  adjust: maybe(list(adjust)),
  must: maybe(must),
};

const indicatorParts = {
  ...relaxable,
  code: text.refine((code) => code !== wholeCode, `编号不能是“${wholeCode}”：它指整个体系`),
  parent: text.nullable(),
  title: text.nullable(),
  points: z.union([figure.refine((value) => value >= 0, '不能为负数'), z.literal('none'), z.null()], {
    error: '应是分值、none（不计分）或 null（未见）',
  }),
  reading: maybe(z.literal(true)),
  weight: maybe(positiveFigure.nullable()),
  placeholder: maybe(z.literal(true)),
  basis: maybe(text),
  evidence: maybe(text),
  responsible: maybe(text),
  unit: maybe(text),
  rater: maybe(text),
  rollUp: maybe(rollUp),
  photos: maybe(whole(1, 100)),
  generatedFrom: maybe(z.literal('earlier-findings')),
};

const rule = exactly({ code: text, text, when: text, lookBackYears: whole(1, 20), basis: maybe(text) });

/** The JSON of an edition, as kept in `reference/frameworks/` and as it travels. Its parts are compared with each other later. */
export const editionShape = exactly({
  key: text
    .max(frameworkKeyLength, `最多 ${frameworkKeyLength} 个字符`)
    .regex(frameworkKeyPattern, '只能用小写字母、数字和单个连字符，连字符不在首尾'),
  title: text,
  edition: text,
  authority: oneOf(authorities),
  completedBy: maybe(text),
  documents: list(exactly({ title: text, number: text.nullable(), issued: day.nullable() })),
  note: maybe(text),
  subject: oneOf(frameworkSubjects),
  applies: maybe(text),
  attributes: maybe(list(exactly({ name: text, values: maybe(some(text)) }))),
  facts: maybe(
    list(
      exactly({
        name: text,
        type: oneOf(['number', 'choice', 'truth']),
        unit: maybe(text),
        period: maybe(oneOf(factPeriods)),
      }),
    ),
  ),
  reads: maybe(exactly({ calendarYear: whole(-5, 5), schoolYear: whole(-5, 5) })),
  notApplicable: oneOf(['rebase', 'full', 'zero']),
  max: positiveFigure.nullable(),
  decimals: whole(0, 4),
  rollUp: maybe(rollUp),
  bonus: maybe(exactly({ cap: positiveFigure.nullable(), beyondMax: truth })),
  raters: maybe(byName(positiveFigure)),
  gradeConversion: maybe(byName(figure)),
  indicators: some(exactly(indicatorParts)),
  gaps: list(exactly({ under: text.nullable(), title: text, points: positiveFigure.nullable(), note: text })),
  preconditions: maybe(list(exactly({ text, when: text, otherwise: text }))),
  vetoes: list(rule),
  caps: list(rule),
  downgrades: list(rule),
  conclusions: list(
    exactly({
      name: text,
      // biome-ignore lint/suspicious/noThenProperty: the tables of published rules are read by this word; it is a text.
      rows: some(exactly({ when: list(text), then: text })),
      quota: maybe(
        exactly({
          grade: text,
          limit: share.nullable(),
          places: maybe(whole(1, 100_000)),
          by: list(text),
          ties: list(z.union([exactly({ rate: text }), exactly({ leaf: text })], { error: '应是 {rate} 或 {leaf}' })),
        }),
      ),
    }),
  ),
  actions: maybe(list(exactly({ when: text, does: text }))),
  after: maybe(byName(z.unknown())),
  relaxations: maybe(
    list(
      exactly({
        codes: some(text),
        when: text.nullable(),
        replace: exactly(relaxable),
        until: day.nullable(),
        basis: text,
        duty: text,
      }),
    ),
  ),
  flags: maybe(
    exactly({
      rank: maybe(truth),
      advisory: maybe(truth),
      reasonRequired: maybe(list(text)),
      minimumMonths: maybe(positiveFigure),
      urgentAction: maybe(truth),
      perVisit: maybe(truth),
      splitByTenure: maybe(truth),
    }),
  ),
}) satisfies z.ZodType<Edition>;
