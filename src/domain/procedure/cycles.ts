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
      counted.sort((left, right) => (left.on < right.on ? -1 : 1));
      for (const [turn, open] of subject.open.entries()) {
        if (open.from <= input.asOf) cycle(article, subject, open, turn, counted, input, findings);
      }
    }
  };
}

function cycle(
  article: ArticleOf<'cycle'>,
  subject: SubjectRecord,
  open: SubjectRecord['open'][number],
  turn: number,
  counted: readonly Counted[],
  { asOf, recordsFrom }: ClockInput,
  findings: Findings,
): void {
  const begun = open.from >= recordsFrom ? open.from : null;
  const before = turn === 0 && subject.lastBefore !== null ? subject.lastBefore : begun;
  // The rule binds from its own day on.
  let start = before === null || before >= article.from ? before : article.from;
  const add = (state: 'owed' | 'late' | 'missing', dueOn: Day, inspection: Counted | null) =>
    findings.add({
      ...{ article: article.key, subjectId: subject.id, termId: null, state, dueOn, provisional: false },
      ...{ inspectionId: inspection?.id ?? null, happenedOn: inspection?.on ?? null },
    });
  for (const one of counted) {
    if (one.on < open.from || (open.to !== null && one.on > open.to)) continue;
    // What lies before the beginning of the count is known already.
    if (start !== null && one.on <= start) continue;
    if (start !== null) {
      const due = yearsLater(start, article.years);
      if (one.on > due && one.from > due) add('late', due, one);
      else findings.count(article.key, 'held');
    }
    start = one.on;
  }
  if (start === null) {
    findings.count(article.key, 'unknown');
    return;
  }
  const due = yearsLater(start, article.years);
  const isClosed = open.to !== null && open.to <= asOf;
  if (isClosed && open.to! <= due) return;
  if (isClosed || asOf > due) add('missing', due, null);
  else add('owed', due, null);
}
