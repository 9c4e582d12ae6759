import { z } from 'zod';
import { findingSeverities } from '../flow/finding.ts';
import { readDefinition } from '../kit/read-definition.shape.ts';
import { addDays, type Day, daysBetween, isDay, type SchoolYear } from '../kit/school-year.ts';
import { issueRules } from './issues.ts';
import { type TermState, termStates } from './state.ts';

const decimal = z.string().regex(/^\d{1,4}(\.\d{1,6})?$/, '应为小数');

const shape = z.strictObject({
  key: z.string(),
  edition: z.string(),
  standard: z.string(),
  sample: z.boolean(),
  source: z.string().min(2),
  terms: z.array(
    z.strictObject({
      state: z.enum(termStates),
      /** 0: the calendar year in which the school year begins, 1: the next. */
      year: z.int().min(0).max(2),
      day: z.string().regex(/^\d\d-\d\d$/),
      title: z.string().min(2),
    }),
  ),
  rules: z.array(
    z.strictObject({
      rule: z.enum(issueRules),
      kind: z.string(),
      severity: z.enum(findingSeverities),
      /** By how much a composite has to grow from one year to the next. */
      margin: decimal.optional(),
      lines: z.strictObject({ primary: decimal, junior: decimal }).optional(),
      source: z.string().min(2),
    }),
  ),
});

/** The yearly terms and the rules of the issue list, as an edition of the product or of a city gives them. */
export type TrackingRules = z.output<typeof shape>;

/**
 * Reads the rules of tracking.
 * @throws Problem `definition.invalid` with every fault
 */
export function readTrackingRules(json: unknown): TrackingRules {
  return readDefinition(shape, json, '均衡跟踪规则');
}

/** The days of a school year by which each state is to be left. */
export function termsOf(
  rules: TrackingRules,
  year: SchoolYear,
): readonly { readonly state: TermState; readonly dueOn: Day }[] {
  return rules.terms.map(({ state, year: later, day }) => {
    const dueOn = `${year + later}-${day}`;
    if (!isDay(dueOn)) throw new RangeError(`no such day: ${dueOn}`);
    return { state, dueOn };
  });
}

/**
 * The days of a year that is opened on `openedOn`. A year that is opened late is not late at once: a day that has passed then
 * is counted on from the day before it, with the distance that the rules leave between them (the first with the distance to
 * the second); the days that still lie ahead stay.
 */
export function termsFrom(rules: TrackingRules, year: SchoolYear, openedOn: Day): ReturnType<typeof termsOf> {
  const planned = termsOf(rules, year);
  let last = openedOn;
  return planned.map(({ state, dueOn }, at) => {
    const [from, to] = at === 0 ? [dueOn, planned[1]?.dueOn ?? dueOn] : [planned[at - 1]!.dueOn, dueOn];
    last = dueOn > last ? dueOn : addDays(last, Math.max(1, daysBetween(from, to)));
    return { state, dueOn: last };
  });
}
