import type { ArticleOf } from './articles.shape.ts';
import { dayNumber } from './day-number.ts';
import type { SubjectRecord } from './facts.ts';
import type { ClockInput, Findings } from './reading.ts';

/**
 * Asks that every school was visited so often in each term (《教育督导条例》 第十四条: 经常性督导 at least twice a term). Only terms that have ended,
 * that the school was open through whole, and whose visits are recorded whole; two visits on one day are one.
 */
export function termVisits(input: ClockInput, findings: Findings): void {
  const { articles, asOf, visitsFrom, visits } = input;
  const rules = articles.filter((article): article is ArticleOf<'term'> => article.rule === 'term');
  if (rules.length === 0) return;
  const terms = input.terms
    .filter(({ to }) => to <= asOf)
    .sort((left, right) => (left.from < right.from ? -1 : 1))
    .map((term) => ({ ...term, first: dayNumber(term.from), last: dayNumber(term.to) }));
  const counts = new Int32Array(terms.length);
  let next = 0;
  for (const subject of input.subjects) {
    if (subject.type !== 'school') continue;
    counts.fill(0);
    let [at, before] = [0, -1];
    for (; visits[next]?.schoolId === subject.id; next += 1) {
      const day = dayNumber(visits[next]!.on);
      if (day === before) continue;
      before = day;
      while (at < terms.length && terms[at]!.last < day) at += 1;
      if (at < terms.length && terms[at]!.first <= day) counts[at]! += 1;
    }
    for (const [turn, term] of terms.entries()) {
      if (!isOpenThrough(subject, term)) continue;
      for (const { key, least, from, until } of rules) {
        if (term.from < from || (until !== null && term.from >= until)) continue;
        if (visitsFrom === null || term.from < visitsFrom) findings.countOf(key).unknown += 1;
        else if (counts[turn]! >= least) findings.countOf(key).held += 1;
        else {
          findings.add({
            ...{ article: key, subjectId: subject.id, inspectionId: null, termId: term.id, state: 'missing' },
            ...{ dueOn: term.to, happenedOn: null, provisional: false },
          });
        }
      }
    }
  }
  if (next < visits.length) throw new TypeError('visits lie in the order of the schools');
}

const isOpenThrough = ({ open }: SubjectRecord, { from, to }: { readonly from: string; readonly to: string }) =>
  open.some((one) => one.from <= from && (one.to === null || one.to >= to));
