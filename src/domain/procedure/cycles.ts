import type { Day } from '#domain/kit/school-year.ts';
import type { ArticleOf } from './articles.shape.ts';
import { yearsLater } from './day-number.ts';
import type { InspectionRecord, SubjectRecord } from './facts.ts';
import type { ClockInput, Findings } from './reading.ts';

/** An inspection as a cycle counts it. */
interface Counted {
  readonly id: string;
  readonly on: Day;
  /** The first day of its visit: a visit that runs on the last day of a cycle is not late yet. */
  readonly from: Day;
}

/** The days of an inspection for a cycle: the end of the visit, without one the opinion letter; undefined where there is none yet. */
function countedOf({ id, facts, cancelledOn }: InspectionRecord, asOf: Day): Counted | undefined {
  if (cancelledOn !== null && cancelledOn <= asOf) return undefined;
  const [from, to, opinion] = [dayIn(facts.visitFrom), dayIn(facts.visitTo), dayIn(facts.opinionOn)];
  const on = to ?? (from === null ? opinion : asOf);
  return on === null || on > asOf ? undefined : { id, on, from: from ?? on };
}

const byDay = (left: Counted, right: Counted) => (left.on < right.on ? -1 : 1);

const dayIn = (value: Day | number | null | undefined): Day | null => (typeof value === 'string' ? value : null);

/**
 * Asks that every subject is inspected once in so many years (《教育督导条例》 第十四条). The count begins with the inspection before the records,
 * with the opening of a subject that opened since they begin, else with the first inspection that is recorded: until then nothing
 * is known. Each gap is one due, whether the next inspection came late or has not come. A subject that closes in time owes nothing.
 */
export function cyclesOf(input: ClockInput, findings: Findings) {
  const rules = input.articles.filter((article): article is ArticleOf<'cycle'> => article.rule === 'cycle');
  return (subject: SubjectRecord, inspections: readonly InspectionRecord[], begin: number, end: number): void => {
    for (const article of rules) {
      if (article.subject !== subject.type) continue;
      const counted: Counted[] = [];
      for (let at = begin; at < end; at += 1) {
        const inspection = inspections[at]!;
        if (!article.counts.includes(inspection.form)) continue;
        const found = countedOf(inspection, input.asOf);
        if (found) counted.push(found);
      }
      if (counted.length > 1) counted.sort(byDay);
      for (let turn = 0; turn < subject.open.length; turn += 1) {
        if (subject.open[turn]!.from <= input.asOf) cycle(article, subject, turn, counted, input, findings);
      }
    }
  };
}

function cycle(
  article: ArticleOf<'cycle'>,
  subject: SubjectRecord,
  turn: number,
  counted: readonly Counted[],
  { asOf, recordsFrom }: ClockInput,
  findings: Findings,
): void {
  const open = subject.open[turn]!;
  const begun = open.from >= recordsFrom ? open.from : null;
  const before = turn === 0 && subject.lastBefore !== null ? subject.lastBefore : begun;
  const count = findings.countOf(article.key);
  // The rule binds from its own day on.
  let start = before === null || before >= article.from ? before : article.from;
  for (const one of counted) {
    if (one.on < open.from || (open.to !== null && one.on > open.to)) continue;
    // What lies before the beginning of the count is known already.
    if (start !== null && one.on <= start) continue;
    if (start !== null) {
      const due = yearsLater(start, article.years);
      if (one.on > due && one.from > due) add(findings, article, subject, 'late', due, one);
      else count.held += 1;
    }
    start = one.on;
  }
  if (start === null) {
    count.unknown += 1;
    return;
  }
  const due = yearsLater(start, article.years);
  const isClosed = open.to !== null && open.to <= asOf;
  if (isClosed && open.to! <= due) return;
  add(findings, article, subject, isClosed || asOf > due ? 'missing' : 'owed', due, null);
}

function add(
  findings: Findings,
  { key }: ArticleOf<'cycle'>,
  { id }: SubjectRecord,
  state: 'owed' | 'late' | 'missing',
  dueOn: Day,
  inspection: Counted | null,
): void {
  findings.add({
    ...{ article: key, subjectId: id, termId: null, state, dueOn, provisional: false },
    ...{ inspectionId: inspection?.id ?? null, happenedOn: inspection?.on ?? null },
  });
}
