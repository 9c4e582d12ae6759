import type { Facts } from '../../framework/answer.ts';
import { askedFacts } from '../../framework/questions/asked-facts.ts';
import type { Prepared, PreparedLeaf } from '../../framework/result.ts';
import { add, divide, type Exact, exact, multiply, round, subtract, sum, zero } from '../../kit/decimal.ts';
import { isMissing } from '../../kit/value.ts';
import { leafOrigin } from '../leaf.ts';
import type { LeafWork, PanelRules } from './panel-rules.shape.ts';

/** What a leaf asks of a person: nothing where data fill it, a choice, a count, a figure, or a judgement in words. */
export function leafWork(leaf: PreparedLeaf): LeafWork {
  if (leafOrigin(leaf) === 'data') return 'data';
  switch (leaf.indicator.method?.kind) {
    case 'ladder':
    case 'choice':
    case 'yesNo':
      return 'choice';
    case 'elements':
    case 'deduction':
    case 'bonus':
      return 'count';
    case 'bands':
    case 'linear':
    case 'threshold':
    case 'relative':
    case 'years':
    case 'formula':
      return 'value';
    default:
      return 'judgement';
  }
}

/** How much work a campaign asks before it is opened, so that an office sees it while it can still change it. */
export interface Burden {
  readonly subjects: number;
  readonly leaves: number;
  /** Leaves that data fill. */
  readonly selfFilled: number;
  /** Leaves that people of the subject answer. */
  readonly byPeople: number;
  /**
   * Questions of one subject, each for each year of which it is asked, at leaves and in rules: those that are answered already,
   * and those that are left; the mean where subjects differ.
   */
  readonly known: number;
  readonly asked: number;
  /** Hours of one subject on the mean, and of the whole panel, with one decimal. */
  readonly subjectHours: string;
  readonly panelHours: string;
}

/**
 * The burden of a campaign: its leaves by what they ask, times editable minutes (`reference/evaluations/panel-rules.json`), and
 * the questions that nobody has answered. A question is answered once, whatever framework asks it.
 * @param facts of each subject; an empty list counts every question as asked
 * @param subjects how many there are, also where facts of some alone are given
 */
export function burdenOf(
  prepared: Prepared,
  { minutes, question }: Pick<PanelRules, 'minutes' | 'question'>,
  reviewersPerLeaf: number,
  subjects: number,
  facts: readonly Facts[],
): Burden {
  const minutesOf = (work: LeafWork) => minutes.find((one) => one.work === work)!;
  const works = prepared.leaves.map(leafWork);
  const questions = askedFacts(prepared).flatMap(({ name, years, byPanel }) =>
    Array.from({ length: byPanel ? 0 : years }, (_, yearsBack) => [name, yearsBack] as const),
  );
  const answered = facts.map((own) => questions.filter(([name, back]) => !isOpen(own.read(name, back))).length);
  const known = facts.length === 0 ? zero : divide(sum(answered.map((count) => exact(count))), exact(facts.length));
  const asked = subtract(exact(questions.length), known);
  const answering = exact(works.reduce((all, work) => all + minutesOf(work).answering, 0));
  const judging = works.reduce((all, work) => all + minutesOf(work).judging, 0);
  const selfFilled = works.filter((work) => work === 'data').length;
  return {
    ...{ subjects, leaves: works.length, selfFilled, byPeople: works.length - selfFilled },
    ...{ known: Number(round(known, 0)), asked: questions.length - Number(round(known, 0)) },
    subjectHours: hours(add(answering, multiply(asked, exact(question)))),
    panelHours: hours(exact(judging * reviewersPerLeaf * subjects)),
  };
}

const isOpen = (fact: ReturnType<Facts['read']>) => isMissing(fact) && fact.missing !== 'not-applicable';

const hours = (minutes: Exact) => round(divide(minutes, exact(60)), 1);
