import { z } from 'zod';
import { day, list, oneOf, parts, text, whole } from '../kit/definition.shape.ts';
import { readDefinition } from '../kit/read-definition.shape.ts';
import { isDay } from '../kit/school-year.ts';
import { degrees, halves, inspectorKinds, paperKinds } from './inspector.ts';

/** The days on which a rule holds, and where it stands. */
const dated = { kinds: list(oneOf(inspectorKinds)), from: day, until: day.nullable(), document: text };

const eligibility = z.discriminatedUnion('by', [
  parts({ ...dated, key: text, title: text, article: text.nullable(), by: z.literal('statement') }),
  parts({ ...dated, key: text, title: text, article: text.nullable(), by: z.literal('degree'), least: oneOf(degrees) }),
  parts({ ...dated, key: text, title: text, article: text.nullable(), by: z.literal('years'), least: whole(0, 60) }),
]);

/** Periods that no regulation sets, in days; each city sets its own. */
const periods = parts({
  ...{ from: day, until: day.nullable(), document: text },
  /** Between two terms that still follow one another: a new letter may come some months late. */
  longestGap: whole(0, 366),
  /** Before the end of a term, from when the office is told of it. */
  termToldBefore: whole(0, 366),
  /** Before the day of a paper, from when it is asked for. */
  paperAskedBefore: whole(0, 366),
  /** After the day of a paper, as long as it is still owed. */
  paperOwedAfter: whole(0, 366),
  /** That a public notice lasts, its first and its last day included. */
  publicNotice: whole(1, 366),
});

const shape = parts({
  key: text,
  edition: text,
  eligibility: list(eligibility),
  terms: list(
    parts({ ...dated, article: text.nullable(), years: whole(1, 10), most: whole(1, 20).nullable(), note: text }),
  ),
  avoidance: parts({ yearsAfterLeaving: whole(0, 20), from: day, until: day.nullable(), document: text }),
  papers: list(
    parts({ ...dated, paper: oneOf(paperKinds), half: oneOf(halves), month: whole(1, 12), day: whole(1, 31) }).refine(
      // 29 February comes in some years only.
      ({ month, day: date }) => isDay(`2025-${twoDigits(month)}-${twoDigits(date)}`),
      '这个月没有这一天',
    ),
  ),
  periods: list(periods).min(1, '应至少有一项'),
});

const twoDigits = (number: number) => String(number).padStart(2, '0');

/** The rules by which inspectors are appointed, avoid subjects and write their papers, as an edition gives them. */
export type InspectorRules = z.output<typeof shape>;
export type EligibilityRule = InspectorRules['eligibility'][number];
export type TermRule = InspectorRules['terms'][number];
export type Periods = InspectorRules['periods'][number];

/**
 * Reads the rules for inspectors.
 * @throws Problem `definition.invalid` with every fault
 */
export function readInspectorRules(json: unknown): InspectorRules {
  return readDefinition(shape, json, '督学规则');
}

/** The periods that hold on a day; before the first of them came into force, those of the first. */
export function periodsOn({ periods: [first, ...later] }: Pick<InspectorRules, 'periods'>, on: string): Periods {
  return later.findLast(({ from, until }) => from <= on && (until === null || on <= until)) ?? first!;
}

/** The rules of a list that hold for a kind of inspector on a day. */
export function holding<
  Rule extends { readonly kinds: readonly string[]; readonly from: string; readonly until: string | null },
>(rules: readonly Rule[], kind: string, on: string): Rule[] {
  return rules.filter(
    ({ kinds, from, until }) => kinds.includes(kind) && from <= on && (until === null || on <= until),
  );
}
