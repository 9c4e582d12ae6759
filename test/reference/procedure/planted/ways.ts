import type { Generator } from '#domain/kit/generator.ts';
import { addDays, daysBetween } from '#domain/kit/school-year.ts';
import type { InspectionFact } from '#domain/procedure/facts.ts';
import { type Draft, dayOf, type Facts, opinionDays } from './lawful.ts';
import { asOf, clearance, lateBy } from './span.ts';

export const inspectionBreaches = [
  'group-too-small',
  'no-notice',
  'self-evaluation-not-reviewed',
  'no-site-visit',
  'not-heard',
  'no-statement-window',
  'opinion-late',
  'no-rectification-date',
  'no-recheck',
  'not-reported',
] as const;
export type InspectionBreach = (typeof inspectionBreaches)[number];

/** A way to break a rule: the lawful inspections in which it breaks this rule alone, and the change to their facts. */
interface Way {
  readonly fits: (draft: Draft) => boolean;
  readonly apply: (facts: Facts, random: Generator) => void;
}

const always = () => true;
const hasFindings = ({ facts }: Draft) => Number(facts.findings) > 0;

/** Its cycle bears that the inspection counts some weeks later. */
const bearsDelay = ({ facts, dueOn }: Draft) => dueOn === null || daysBetween(dayOf(facts, 'visitTo'), dueOn) > 60;

/** Clears facts: they are recorded and have not happened. */
function without(...facts: readonly InspectionFact[]): Way['apply'] {
  return (of) => {
    for (const fact of facts) of[fact] = null;
  };
}

/** A few days after another fact, past the margin. */
function shortlyAfter(facts: Facts, fact: InspectionFact, random: Generator): string {
  return addDays(dayOf(facts, fact), random.integer(clearance, 8));
}

const afterLetter = [
  'findings',
  'rectifyBy',
  'rectifiedOn',
  'checkedOn',
  'reportedOn',
  'filedOn',
  'publishedOn',
] as const;
const heard = ['publicHeardOn', 'pupilsHeardOn', 'parentsHeardOn', 'teachersHeardOn'] as const;
const statement = ['statementFrom', 'statementDue', 'waivedOn', 'lastStatedOn', 'allAnsweredOn'] as const;

/** Every rule with the ways in which it is broken. */
export const waysToBreak: { readonly [Kind in InspectionBreach]: readonly Way[] } = {
  'group-too-small': [
    {
      fits: always,
      apply: (facts, random) => {
        facts.groupSize = random.integer(1, 2);
      },
    },
  ],
  'no-notice': [
    { fits: always, apply: without('noticeIssuedOn') },
    // It came when the visit had begun.
    {
      fits: always,
      apply: (facts, random) => {
        facts.noticeIssuedOn = shortlyAfter(facts, 'visitFrom', random);
      },
    },
  ],
  'self-evaluation-not-reviewed': [
    {
      fits: ({ facts }) => typeof facts.selfAskedOn === 'string',
      apply: without('selfReviewedOn'),
    },
    // It was read when the opinion was made.
    {
      fits: ({ facts }) => typeof facts.selfAskedOn === 'string',
      apply: (facts, random) => {
        facts.selfReviewedOn = shortlyAfter(facts, 'preliminaryOn', random);
      },
    },
  ],
  'no-site-visit': [
    { fits: bearsDelay, apply: without('visitFrom', 'visitTo') },
    // The group came only after it had fed back its opinion. The letter is no later than it may be.
    {
      fits: (draft) =>
        bearsDelay(draft) &&
        daysBetween(dayOf(draft.facts, 'preliminaryOn'), dayOf(draft.facts, 'opinionOn')) > 2 * clearance + 1,
      apply: (facts) => {
        facts.visitFrom = addDays(dayOf(facts, 'preliminaryOn'), clearance);
        facts.visitTo = addDays(facts.visitFrom, 1);
      },
    },
  ],
  'not-heard': [
    ...heard.map((fact): Way => ({ fits: always, apply: without(fact) })),
    { fits: always, apply: without(...heard) },
    ...(['parentsHeardOn', 'publicHeardOn'] as const).map(
      (fact): Way => ({
        fits: always,
        apply: (facts, random) => {
          facts[fact] = shortlyAfter(facts, 'preliminaryOn', random);
        },
      }),
    ),
  ],
  'no-statement-window': [
    { fits: always, apply: without(...statement) },
    // The letter did not wait for the end, and nobody had waived or stated anything.
    {
      fits: always,
      apply: (facts, random) => {
        without('waivedOn', 'lastStatedOn', 'allAnsweredOn')(facts, random);
        facts.statementDue = shortlyAfter(facts, 'opinionOn', random);
      },
    },
    // The subject was asked only after the letter.
    {
      fits: always,
      apply: (facts, random) => {
        without('waivedOn', 'lastStatedOn', 'allAnsweredOn')(facts, random);
        facts.statementFrom = shortlyAfter(facts, 'opinionOn', random);
        facts.statementDue = shortlyAfter(facts, 'statementFrom', random);
      },
    },
  ],
  'opinion-late': [
    // The letter and all that follows come later.
    {
      fits: always,
      apply: (facts, random) => {
        const latest = addDays(dayOf(facts, 'visitTo'), opinionDays);
        const late = daysBetween(dayOf(facts, 'opinionOn'), latest) + random.integer(lateBy, 60);
        for (const fact of [...afterLetter, 'opinionOn', 'closedOn'] as const) {
          const day = facts[fact];
          if (typeof day === 'string') facts[fact] = addDays(day, late);
        }
      },
    },
    // It has not come at all, long after its day.
    {
      fits: ({ facts }) => daysBetween(dayOf(facts, 'visitTo'), asOf) > opinionDays + lateBy,
      apply: without('opinionOn', ...afterLetter, 'closedOn'),
    },
  ],
  'no-rectification-date': [{ fits: hasFindings, apply: without('rectifyBy') }],
  // The report of the subject stands: without it the subject breaks the same article as well.
  'no-recheck': [{ fits: hasFindings, apply: without('checkedOn') }],
  'not-reported': [
    { fits: always, apply: without('reportedOn') },
    { fits: always, apply: without('filedOn') },
    { fits: always, apply: without('publishedOn') },
    { fits: always, apply: without('filedOn', 'publishedOn') },
    { fits: always, apply: without('reportedOn', 'filedOn', 'publishedOn') },
  ],
};
