import type { Generator } from '#domain/kit/generator.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import {
  countedFacts,
  type InspectionFact,
  type InspectionForm,
  inspectionFacts,
  plannedFacts,
} from '#domain/procedure/facts.ts';
import { clearance, dayBetween, later } from './span.ts';

export type Facts = { -readonly [Fact in InspectionFact]?: Day | number | null };

/** An inspection that is still being made up. */
export interface Draft {
  readonly id: string;
  readonly subjectId: string;
  readonly form: InspectionForm;
  facts: Facts;
  cancelledOn: Day | null;
  /** The day by which its cycle wants it; null where no cycle waits for it. */
  readonly dueOn: Day | null;
}

/** The office's calendar days for the opinion letter, counted from the end of the visit. */
export const opinionDays = 30;

/** A day that is recorded. Throws where the fact is unknown, has not happened, or is a count. */
export function dayOf(facts: Facts, fact: InspectionFact): Day {
  const value = facts[fact];
  if (typeof value !== 'string') throw new Error(`${fact} is no day`);
  return value;
}

/** All facts of an inspection that breaks nothing, as its file looks years later. `endsOn` is the last day of the visit. */
export function lawfulFacts(random: Generator, endsOn: Day, lasts: number): Facts {
  const visitFrom = addDays(endsOn, 1 - lasts);
  const noticeIssuedOn = addDays(visitFrom, -random.integer(clearance + 1, 20));
  const preliminaryOn = addDays(endsOn, random.integer(clearance, 6));
  const asked = random.chance(0.6);
  const statement = statementFacts(random, preliminaryOn, endsOn);
  return {
    groupSize: random.chance(0.4) ? 3 : random.integer(4, 9),
    noticeIssuedOn,
    visitFrom,
    visitTo: endsOn,
    selfAskedOn: asked ? dayBetween(random, noticeIssuedOn, addDays(visitFrom, -2)) : null,
    selfReviewedOn: asked ? dayBetween(random, visitFrom, addDays(preliminaryOn, -clearance)) : null,
    publicHeardOn: dayBetween(random, addDays(visitFrom, -clearance), endsOn),
    pupilsHeardOn: dayBetween(random, visitFrom, endsOn),
    parentsHeardOn: dayBetween(random, visitFrom, endsOn),
    teachersHeardOn: dayBetween(random, visitFrom, endsOn),
    preliminaryOn,
    ...statement,
    ...closingFacts(random, dayOf(statement, 'opinionOn')),
  };
}

/** The statement window and the opinion letter after it. A subject that waives its right need not wait for the end. */
function statementFacts(random: Generator, preliminaryOn: Day, endsOn: Day): Facts {
  const statementFrom = addDays(preliminaryOn, random.integer(0, 1));
  const course = random.pick(['lapsed', 'stated', 'waived', 'waivedBeforeTheEnd']);
  const none = { waivedOn: null, lastStatedOn: null, allAnsweredOn: null };
  if (course === 'waivedBeforeTheEnd') {
    const waivedOn = addDays(statementFrom, random.integer(1, 4));
    const opinionOn = addDays(waivedOn, random.integer(clearance, 8));
    return { ...none, statementFrom, statementDue: addDays(statementFrom, 18), waivedOn, opinionOn };
  }
  const statementDue = addDays(statementFrom, random.integer(5, 9));
  const latest = addDays(endsOn, opinionDays - clearance);
  const opinionOn = random.chance(0.2) ? latest : dayBetween(random, addDays(statementDue, clearance), latest);
  const window = { ...none, statementFrom, statementDue, opinionOn };
  if (course === 'waived') {
    return { ...window, waivedOn: dayBetween(random, statementFrom, addDays(statementDue, -clearance)) };
  }
  if (course === 'lapsed') return window;
  const lastStatedOn = dayBetween(random, addDays(statementFrom, 1), addDays(statementDue, -clearance));
  return { ...window, lastStatedOn, allAnsweredOn: dayBetween(random, lastStatedOn, addDays(opinionOn, -clearance)) };
}

/** What follows the opinion letter. Without findings nothing is put right and nothing is checked. */
function closingFacts(random: Generator, opinionOn: Day): Facts {
  const findings = random.chance(0.25) ? 0 : random.integer(1, 9);
  const told = () => addDays(opinionOn, random.integer(5, 40));
  const [reportedOn, filedOn, publishedOn] = [told(), told(), told()];
  const rectifyBy = addDays(opinionOn, random.integer(30, 60));
  const rectifiedOn = dayBetween(random, addDays(opinionOn, 10), addDays(rectifyBy, -clearance));
  const checkedOn = addDays(rectifiedOn, random.integer(clearance, 20));
  const last = [reportedOn, filedOn, publishedOn].reduce(later, findings > 0 ? checkedOn : opinionOn);
  return {
    findings,
    ...(findings > 0 ? { rectifyBy, rectifiedOn, checkedOn } : { rectifyBy: null, rectifiedOn: null, checkedOn: null }),
    reportedOn,
    filedOn,
    publishedOn,
    closedOn: addDays(last, random.integer(clearance, 20)),
  };
}

/** The file as it looks on that day: what lies ahead has not happened, and nothing is set that nobody has set yet. */
export function factsAsOf(facts: Facts, on: Day): Facts {
  const result: Facts = { ...facts };
  for (const fact of inspectionFacts) {
    const value = facts[fact];
    if (plannedFacts.has(fact) || countedFacts.has(fact)) continue;
    if (typeof value === 'string' && value > on) result[fact] = null;
  }
  if (result.statementFrom === null) result.statementDue = null;
  if (result.opinionOn === null) {
    result.rectifyBy = null;
    result.findings = null;
  }
  return result;
}

/** A file of the time before the records were kept in full: it knows the visit and nothing else. */
export function backFacts(endsOn: Day, lasts: number): Facts {
  return { visitFrom: addDays(endsOn, 1 - lasts), visitTo: endsOn };
}

/** Gives up an inspection on its way, and leaves in it what would break the law had it gone on. */
export function cancel(random: Generator, draft: Pick<Draft, 'facts' | 'cancelledOn'>): void {
  const { noticeIssuedOn, visitTo } = draft.facts;
  if (typeof noticeIssuedOn !== 'string' || typeof visitTo !== 'string') throw new Error('cannot be cancelled');
  draft.cancelledOn = dayBetween(random, addDays(noticeIssuedOn, 1), addDays(visitTo, 10));
  draft.facts = factsAsOf(draft.facts, draft.cancelledOn);
  const trap = random.integer(0, 3);
  if (trap === 0) draft.facts.groupSize = random.integer(1, 2);
  if (trap === 1) draft.facts.noticeIssuedOn = null;
  if (trap === 2) {
    draft.facts.publicHeardOn = null;
    draft.facts.parentsHeardOn = null;
  }
}

const forgettable: readonly (readonly InspectionFact[])[] = [
  ['groupSize'],
  ['noticeIssuedOn'],
  ['visitFrom'],
  ['selfAskedOn', 'selfReviewedOn'],
  ['publicHeardOn'],
  ['pupilsHeardOn', 'parentsHeardOn', 'teachersHeardOn'],
  ['preliminaryOn'],
  ['statementFrom', 'statementDue', 'waivedOn', 'lastStatedOn', 'allAnsweredOn'],
  ['findings'],
  ['rectifyBy', 'rectifiedOn'],
  ['checkedOn'],
  ['reportedOn', 'filedOn'],
  ['publishedOn'],
];

/** Makes some facts of a lawful inspection unknown, so that nothing can be said of them. */
export function forget(random: Generator, facts: Facts): void {
  for (const group of random.shuffle(forgettable).slice(0, random.integer(1, 4))) {
    for (const fact of group) delete facts[fact];
  }
}

/** Lawful changes that come near a breach: what the rule depends on is open, unknown, or was not asked. */
export const nearMisses: readonly ((facts: Facts) => void)[] = [
  // Not closed: whatever follows the letter may still come.
  (facts) => Object.assign(facts, { closedOn: null, checkedOn: null, rectifiedOn: null }),
  (facts) => Object.assign(facts, { closedOn: null, reportedOn: null, filedOn: null, publishedOn: null }),
  (facts) => Object.assign(facts, { closedOn: null, rectifiedOn: null, checkedOn: null, publishedOn: null }),
  // Unknown whether it was closed.
  (facts) => {
    delete facts.closedOn;
    Object.assign(facts, { publishedOn: null, checkedOn: null });
  },
  // Unknown whether there was anything to put right.
  (facts) => {
    delete facts.findings;
    Object.assign(facts, { rectifyBy: null, rectifiedOn: null, checkedOn: null });
  },
  // Unknown whether a self-evaluation was asked.
  (facts) => {
    delete facts.selfAskedOn;
    facts.selfReviewedOn = null;
  },
];
