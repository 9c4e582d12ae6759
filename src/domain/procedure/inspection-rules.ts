import type { WorkingCalendar } from '#domain/calendar/working-days.ts';
import type { Article, ArticleOf } from './articles.shape.ts';
import { type DayNumber, dayNumber, dayOfNumber, lastDayOf } from './day-number.ts';
import { countedFacts, type InspectionFact, type InspectionRecord, inspectionFacts, plannedFacts } from './facts.ts';
import type { ClockInput, Findings, OfficeDays } from './reading.ts';

/** Nothing records the fact here. */
const unknown = -2;
/** It is recorded, and has not happened. */
const none = -1;

const places = new Map(inspectionFacts.map((fact, at) => [fact, at]));
const placeOf = (fact: InspectionFact): number => places.get(fact)!;
const placesOf = (facts: readonly InspectionFact[]) => facts.map(placeOf);
const isCounted = inspectionFacts.map((fact) => countedFacts.has(fact));
const isPlanned = inspectionFacts.map((fact) => plannedFacts.has(fact));

/** The facts of one inspection as numbers, in the order of `inspectionFacts`. */
type Values = Int32Array;

/** Reads the facts of an inspection; what happened after `asOf` has not happened. */
function readFacts({ facts }: InspectionRecord, asOf: DayNumber, values: Values): void {
  for (let at = 0; at < inspectionFacts.length; at += 1) {
    const value = facts[inspectionFacts[at]!];
    if (value === undefined) values[at] = unknown;
    else if (value === null) values[at] = none;
    else if (typeof value === 'number') values[at] = value;
    else {
      const day = dayNumber(value);
      values[at] = day > asOf && !isPlanned[at] ? none : day;
    }
  }
}

/** The earliest of some days; unknown where none is there and one is not recorded. */
function earliest(values: Values, at: readonly number[], afterPlanned: boolean): number {
  let found = none;
  for (const place of at) {
    const value = values[place]!;
    if (value === unknown) {
      if (found === none) found = unknown;
      continue;
    }
    if (value === none) continue;
    const day = afterPlanned && isPlanned[place] ? value + 1 : value;
    if (found < 0 || day < found) found = day;
  }
  return found;
}

/** The latest of some days; unknown where one is not recorded, none where one has not happened. */
function latest(values: Values, at: readonly number[]): number {
  let found = none;
  for (const place of at) {
    const value = values[place]!;
    if (value < 0) return value;
    if (value > found) found = value;
  }
  return found;
}

/** Asks one rule about the facts that were read. */
type Rule = (record: InspectionRecord, values: Values) => void;

/** The rules about single inspections, each with its places found once. Returns what asks them all about an inspection. */
export function inspectionRules(input: ClockInput, findings: Findings): (record: InspectionRecord) => void {
  const asOf = dayNumber(input.asOf);
  const values = new Int32Array(inspectionFacts.length);
  const rules = input.articles.flatMap((article): Rule[] => {
    if (article.rule === 'least') return [asked(article, least(article, findings))];
    if (article.rule === 'before') return [asked(article, before(article, findings))];
    if (article.rule === 'within') return [asked(article, within(article, input, asOf, findings))];
    return [];
  });

  /** Asks the rule only where its condition has happened. */
  function asked(article: Article, rule: Rule): Rule {
    if (article.when === null) return rule;
    const [condition, count] = [placeOf(article.when), findings.countOf(article.key)];
    return (record, read) => {
      const value = read[condition]!;
      if (value === unknown) count.unknown += 1;
      else if (isCounted[condition] ? value > 0 : value !== none) rule(record, read);
    };
  }

  return (record) => {
    if (record.cancelledOn !== null && dayNumber(record.cancelledOn) <= asOf) return;
    readFacts(record, asOf, values);
    for (const rule of rules) rule(record, values);
  };
}

/** Whether an article binds on a day. */
function bindsOn({ from, until }: Pick<Article, 'from' | 'until'>): (day: DayNumber) => boolean {
  const [first, end] = [dayNumber(from), until === null ? Number.POSITIVE_INFINITY : dayNumber(until)];
  return (day) => day >= first && day < end;
}

function least(article: ArticleOf<'least'>, findings: Findings): Rule {
  const [marks, place, binds] = [placesOf(article.mark), placeOf(article.fact), bindsOn(article)];
  const count = findings.countOf(article.key);
  return (record, values) => {
    const mark = earliest(values, marks, false);
    if (mark === none) return;
    const value = values[place]!;
    if (mark === unknown || value === unknown) count.unknown += 1;
    else if (!binds(mark)) return;
    else if (value >= article.least) count.held += 1;
    else add(findings, article, record, { state: 'missing', due: mark });
  };
}

function before(article: ArticleOf<'before'>, findings: Findings): Rule {
  const [marks, facts, binds] = [placesOf(article.mark), placesOf(article.fact), bindsOn(article)];
  const { order } = article;
  const count = findings.countOf(article.key);
  return (record, values) => {
    const mark = earliest(values, marks, false);
    if (mark === none) return;
    const happened = earliest(values, facts, order !== 'set');
    if (mark === unknown || happened === unknown) {
      count.unknown += 1;
      return;
    }
    if (!binds(mark)) return;
    const due = order === 'earlier' ? mark - 1 : mark;
    if (happened === none) add(findings, article, record, { state: 'missing', due });
    else if (order !== 'set' && happened > due) add(findings, article, record, { state: 'late', due, happened });
    else count.held += 1;
  };
}

function within(article: ArticleOf<'within'>, input: ClockInput, asOf: DayNumber, findings: Findings): Rule {
  const [after, place, binds] = [placesOf(article.after), placeOf(article.fact), bindsOn(article)];
  const count = findings.countOf(article.key);
  const limits = input.officeDays
    .filter(({ rule }) => rule === article.key)
    .map((limit) => limitOf(limit, input.calendar));
  return (record, values) => {
    const start = latest(values, after);
    if (start === none) return;
    const happened = values[place]!;
    if (start === unknown || happened === unknown) {
      count.unknown += 1;
      return;
    }
    const limit = limits.find((one) => (one.form === null || one.form === record.form) && one.bindsOn(start));
    if (limit === undefined || !binds(start)) return;
    // Whatever comes within as many calendar days is in time by any count.
    if (happened !== none && happened <= start + limit.days) {
      count.held += 1;
      return;
    }
    const { day, provisional } = limit.lastDay(start);
    const [due, end] = [dayNumber(day), happened === none ? asOf : happened];
    if (end > due && !provisional) {
      add(findings, article, record, { state: happened === none ? 'missing' : 'late', due, happened });
    } else if (happened === none) add(findings, article, record, { state: 'owed', due, provisional });
    else count.held += 1;
  };
}

/** Days of an office, with the last day of each beginning that was asked before. */
function limitOf(limit: OfficeDays, calendar: WorkingCalendar) {
  const known = new Map<DayNumber, ReturnType<typeof lastDayOf>>();
  const lastDay = (start: DayNumber) => {
    let found = known.get(start);
    if (found === undefined) {
      found = lastDayOf(calendar, dayOfNumber(start), limit);
      known.set(start, found);
    }
    return found;
  };
  return { form: limit.form, days: limit.days, bindsOn: bindsOn(limit), lastDay };
}

function add(
  findings: Findings,
  { key }: Article,
  { id, subjectId }: InspectionRecord,
  {
    state,
    due,
    happened = none,
    provisional = false,
  }: {
    readonly state: 'owed' | 'late' | 'missing';
    readonly due: DayNumber;
    readonly happened?: DayNumber;
    readonly provisional?: boolean;
  },
): void {
  findings.add({
    ...{ article: key, subjectId, inspectionId: id, termId: null, state, provisional },
    dueOn: dayOfNumber(due),
    happenedOn: happened < 0 ? null : dayOfNumber(happened),
  });
}
