import { addDays, type Day, daysBetween } from '../kit/school-year.ts';
import { readDayText } from '../text/day-text.ts';
import type { InspectorKind } from './inspector.ts';
import { holding, type InspectorRules, periodsOn, type TermRule } from './inspector-rules.shape.ts';

/** A term of office; `to` is null where it has no end, as with a full-time inspector. */
export interface Term {
  readonly from: Day;
  readonly to: Day | null;
  /** The day on which it ended early. */
  readonly endedOn?: Day | null;
}

/** What a letter of appointment is called, so that ten of them can be told apart. */
export const appointmentTitle = (name: string): string => `聘书（${name}）`;

/**
 * The term whose letter of appointment is wanted: the first that runs or comes and has none, otherwise the newest.
 * @param terms in the order of their first days
 */
export function letteredTerm<One extends Term & { readonly letterId: string | null }>(
  terms: readonly One[],
  today: Day,
): One | undefined {
  const lacks = ({ letterId, endedOn = null, to }: One) =>
    letterId === null && endedOn === null && !isTermOver(to, today);
  return terms.find(lacks) ?? terms.at(-1);
}

/** The rule on terms for this kind of inspector on a day; undefined where the kind has none. */
export function termRuleOf(kind: InspectorKind, rules: InspectorRules, on: Day): TermRule | undefined {
  return holding(rules.terms, kind, on)[0];
}

/**
 * The last day of a term that begins on a day, or null where the kind has no terms (《教育督导条例》, 国务院令第624号, 第六条:
 * a part-time inspector serves three years).
 */
export function termEnd(kind: InspectorKind, from: Day, rules: InspectorRules): Day | null {
  const rule = termRuleOf(kind, rules, from);
  return rule === undefined ? null : addDays(yearsLater(from, rule.years), -1);
}

/** The same day some years later; the last of February stays the last of February. */
export function yearsLater(day: Day, years: number): Day {
  const [year, rest] = [Number(day.slice(0, 4)) + years, day.slice(4)];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${year}${rest === '-02-29' && !leap ? '-02-28' : rest}`;
}

/**
 * How many of these terms follow one another up to the last, the last included.
 * @param terms in the order of their first days
 * @param on the day whose rules say how late a term may follow the one before
 */
export function termsInARow(terms: readonly Term[], rules: Pick<InspectorRules, 'periods'>, on: Day): number {
  const { longestGap } = periodsOn(rules, on);
  let count = 0;
  for (let at = terms.length - 1; at >= 0; at -= 1) {
    const later = terms[at + 1];
    const { to, endedOn } = terms[at]!;
    const end = endedOn ?? to;
    if (later !== undefined && (end === null || daysBetween(end, later.from) > longestGap)) break;
    count += 1;
  }
  return count;
}

/** What is to be said before a term: nothing, or a sentence with the rule. */
export interface TermWarning {
  readonly code: 'over' | 'last' | 'expired' | 'expiring';
  readonly sentence: string;
}

/** The last day of a term of which the office is told today: it ends on it or before. */
export function lastTermDayTold(rules: InspectorRules, today: Day): Day {
  return addDays(today, periodsOn(rules, today).termToldBefore);
}

/**
 * What is to be said of the terms of an inspector today: that one more in a row would be beyond the rule, that this is
 * the last, or that the term ends soon (《教育督导条例》第六条: at most three terms in a row).
 * @param terms in the order of their first days
 */
export function termWarnings(
  terms: readonly Term[],
  kind: InspectorKind,
  rules: InspectorRules,
  today: Day,
): TermWarning[] {
  const last = terms.at(-1);
  const rule = termRuleOf(kind, rules, today);
  if (last === undefined || rule === undefined) return [];
  const said: TermWarning[] = [];
  const row = termsInARow(terms, rules, today);
  const source = `${rule.document}${rule.article ?? ''}`;
  if (rule.most !== null && row > rule.most) {
    said.push({ code: 'over', sentence: `已连续任职 ${row} 个任期，超过 ${rule.most} 个任期（${source}）。` });
  } else if (rule.most !== null && row === rule.most) {
    said.push({ code: 'last', sentence: `这是连续第 ${row} 个任期，期满后不再续聘（${source}）。` });
  }
  if (last.to !== null && !last.endedOn) {
    const left = daysBetween(today, last.to);
    if (left < 0) said.push({ code: 'expired', sentence: `任期已于 ${last.to} 届满，请续聘或办理离任。` });
    else if (last.to <= lastTermDayTold(rules, today)) {
      said.push({ code: 'expiring', sentence: `任期于 ${last.to} 届满，还有 ${left} 天。` });
    }
  }
  return said;
}

/** The most earlier terms of one person: a working life of terms. */
export const mostEarlierTerms = 20;

/** A term that lies wholly in the past, as an office writes it down. */
export interface EarlierTerm {
  readonly from: Day;
  readonly to: Day;
}

/**
 * Earlier terms as an office writes them in one cell: `2018-09-01 至 2021-08-31；2021-09-01 至 2024-08-31`.
 * @returns them in the order of their days; the first part that is no term, as it was written, otherwise
 */
export function readTermsText(text: string): EarlierTerm[] | { readonly wrong: string } {
  const terms: EarlierTerm[] = [];
  for (const part of text.split(/[；;、，,\n]/).map((one) => one.trim())) {
    if (part === '') continue;
    const [from, to, more] = part.split(/\s*(?:至|到|—+|–|~|～)\s*/).map(readDayText);
    if (!from || !to || more !== undefined || to < from) return { wrong: part };
    terms.push({ from, to });
  }
  return terms.sort((one, other) => (one.from < other.from ? -1 : 1));
}

/** Earlier terms in one line, as `readTermsText` reads them; empty where there are none. */
export const termsText = (terms: readonly EarlierTerm[]): string =>
  terms.map(({ from, to }) => `${from} 至 ${to}`).join('；');

/**
 * What is wrong with earlier terms, in one sentence without a full stop; null where nothing is: they follow one another, and
 * the last of them ended before the present term began, or before today where there is none.
 * @param terms in the order of their days
 */
export function earlierTermsFault(terms: readonly EarlierTerm[], present: Day | null, today: Day): string | null {
  const overlapping = terms.find(({ from }, at) => at > 0 && from <= terms[at - 1]!.to);
  if (overlapping !== undefined) return `自 ${overlapping.from} 起的任期与前一个重叠`;
  const last = terms.at(-1);
  if (last === undefined || last.to < (present ?? today)) return null;
  return present === null ? `到 ${last.to} 的任期还没有届满` : `到 ${last.to} 的任期没有在现任期开始之前届满`;
}

/** Whether a term is over on a day: its last day still counts, and one without an end (null) never is. */
export function isTermOver(to: Day | null, on: Day): boolean {
  return to !== null && to < on;
}

/** Whether one more term in a row, beginning on a day, would be beyond the rule. */
export function isBeyondTerms(
  terms: readonly Term[],
  from: Day,
  kind: InspectorKind,
  rules: InspectorRules,
): TermRule | undefined {
  const rule = termRuleOf(kind, rules, from);
  if (rule === undefined || rule.most === null) return undefined;
  return termsInARow([...terms, { from, to: null }], rules, from) > rule.most ? rule : undefined;
}
