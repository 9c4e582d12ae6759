import type { Actor } from '../access/actor.ts';
import { type Flow, type Next, next, obstacles, permitted, type Transition } from '../flow/flow.ts';
import { problem } from '../kit/problem.ts';
import type { ManagingLevel } from '../org/school-facts.ts';
import { evaluationActionTitles } from './flow/action-titles.ts';
import {
  asFedBack,
  both,
  complete,
  confirmed,
  hasMoved,
  heard,
  lettered,
  manned,
  mayState,
  noticed,
  opinionFor,
  placed,
  putRight,
  reasonedReturn,
  settledIn,
  withoutFindings,
} from './flow/guards.ts';
import {
  answers,
  answersOrConfirms,
  type By,
  concludes,
  confirms,
  either,
  judgesFor,
  manages,
  reviewsFor,
  talksFor,
  whose,
} from './flow/hands.ts';
import type { EvaluationSubject } from './flow/subject.ts';
import { selfStandingTitles, stateAfter, stepOf, stepsFor, stepText } from './kind.ts';
import {
  type EvaluationAction,
  type EvaluationKind,
  type EvaluationState,
  type EvaluationStep,
  evaluationActions,
  evaluationKinds,
} from './lists.ts';

type Line = Transition<EvaluationState, EvaluationAction, EvaluationSubject, Actor>;

type Rest = Pick<Line, 'when' | 'guard'>;
const line = (from: EvaluationState, action: EvaluationAction, to: EvaluationState, by: By, rest: Rest = {}): Line => ({
  ...{ from, action, to, by },
  ...rest,
});

const isOpen = ({ self }: EvaluationSubject) => self === 'open';
const isSubmitted = ({ self }: EvaluationSubject) => self === 'submitted';
const isConfirmed = ({ self }: EvaluationSubject) => self === 'confirmed';
const partlyOpen = (subject: EvaluationSubject) => isOpen(subject) && (subject.returned?.openParts ?? null) !== null;

/** Lines that all kinds share. */
const shared: readonly Line[] = [
  line('selfEvaluation', 'answer', 'selfEvaluation', answers, { when: isOpen }),
  line('selfEvaluation', 'submit', 'selfEvaluation', answers, { when: isOpen, guard: complete }),
  line('selfEvaluation', 'confirmSelf', 'selfEvaluation', confirms, { when: isSubmitted, guard: complete }),
  line('selfEvaluation', 'takeBack', 'selfEvaluation', answersOrConfirms, { when: isSubmitted }),
  line('selfEvaluation', 'takeBack', 'selfEvaluation', confirms, { when: isConfirmed }),
  line('preliminaryOpinion', 'release', 'statement', concludes, {
    guard: both(settledIn('city'), opinionFor('release')),
  }),
  // What the opinion letter says has been heard by the subject: from then on its words stand.
  ...(['materialReview', 'siteVisit', 'preliminaryOpinion', 'statement'] as const).map((step) =>
    line(step, 'conclude', step, concludes),
  ),
  // A statement that is accepted changes points; the office says so with minutes, as in a talk.
  line('statement', 'settle', 'statement', talksFor.city),
  line('statement', 'state', 'statement', answersOrConfirms, { guard: mayState }),
  line('statement', 'waiveStatement', 'statement', confirms, { when: ({ statements }) => !statements.waived }),
  line('statement', 'answerStatement', 'statement', concludes, { when: ({ statements }) => statements.unanswered > 0 }),
  line('statement', 'issueOpinion', 'opinionLetter', concludes, {
    guard: both(heard, opinionFor('issueOpinion'), asFedBack),
  }),
  line('opinionLetter', 'submitResult', 'confirmation', concludes, {
    guard: both(lettered, opinionFor('submitResult'), asFedBack),
  }),
  line('confirmation', 'confirmResult', 'rectification', concludes, {
    guard: both(opinionFor('confirmResult'), asFedBack, placed),
  }),
  // What has moved is fed back and heard anew, also after its letter.
  ...(['statement', 'opinionLetter'] as const).map((step) =>
    line(step, 'releaseAgain', 'statement', concludes, { guard: both(hasMoved, opinionFor('releaseAgain')) }),
  ),
  line('confirmation', 'returnResult', 'opinionLetter', concludes, { guard: reasonedReturn }),
  line('rectification', 'finish', 'closed', concludes, { guard: putRight }),
  line('rectification', 'close', 'closed', concludes, { guard: withoutFindings }),
];

/** The lines of one kind for the subjects that pass the same steps. */
function linesOf(kind: EvaluationKind, managedBy: ManagingLevel): Line[] {
  const mine = (subject: EvaluationSubject) => subject.kind === kind && subject.managedBy === managedBy;
  const own = (from: EvaluationState, action: EvaluationAction, to: EvaluationState, by: By, rest: Rest = {}): Line =>
    line(from, action, to, by, { ...rest, when: (subject) => mine(subject) && (rest.when?.(subject) ?? true) });
  return stepsFor(kind, managedBy).flatMap(({ step, judges }) => {
    const to = stateAfter(kind, step, managedBy);
    const lines: Line[] = [];
    // A result that is confirmed stands: what is found wrong afterwards is a matter of the ledger and of a new decision.
    if (step !== 'rectification') lines.push(own(step, 'cancel', 'cancelled', manages));
    if (judges !== null) {
      lines.push(
        own(step, 'score', step, judgesFor[judges]),
        own(step, 'openTalk', step, talksFor[judges]),
        own(step, 'settle', step, talksFor[judges]),
      );
      if (step !== 'preliminaryOpinion') {
        lines.push(own(step, 'return', 'selfEvaluation', reviewsFor[judges], { guard: reasonedReturn }));
      }
    }
    lines.push(...movesOn(step, to, own, kind));
    return lines;
  });
}

/** How a step is left by the office alone. */
function movesOn(
  step: EvaluationStep,
  to: EvaluationState,
  own: (from: EvaluationState, action: EvaluationAction, to: EvaluationState, by: By, rest?: Rest) => Line,
  kind: EvaluationKind,
): Line[] {
  switch (step) {
    case 'notice':
      return [own(step, 'moveOn', to, manages, { guard: noticed })];
    case 'selfEvaluation': {
      const reviews = reviewsFor[stepOf(kind, to)?.judges ?? 'city'];
      return [
        own(step, 'receive', to, reviews, { when: isConfirmed }),
        own(step, 'moveOn', to, manages, { guard: confirmed }),
        own(step, 'return', step, reviews, { when: isConfirmed, guard: reasonedReturn }),
        own(step, 'return', step, reviews, { when: partlyOpen, guard: reasonedReturn }),
      ];
    }
    case 'countyReview':
      return [own(step, 'moveOn', to, either(judgesFor.county, manages), { guard: settledIn('county') })];
    case 'materialReview':
      return [own(step, 'moveOn', to, manages, { guard: manned })];
    case 'siteVisit':
      return [own(step, 'moveOn', to, manages, { guard: both(manned, settledIn('city')) })];
    default:
      return [];
  }
}

/**
 * 督导评估 by 《教育督导条例》 (国务院令第 624 号), 第十六条 to 第二十三条: notice → self-evaluation, which its leader confirms by name → reviews
 * and visit → preliminary opinion → statement → opinion letter → confirmed result → rectification → closed. What a review
 * sends back, whole or leaf by leaf and always with a reason, is filled, submitted and confirmed again; the rest stays
 * locked and keeps its scores. Where the county does not review, its step is left out.
 */
export const evaluationFlow: Flow<EvaluationState, EvaluationAction, EvaluationSubject, Actor> = {
  actions: evaluationActions,
  transitions: [
    ...shared,
    ...evaluationKinds.flatMap((kind) => [...linesOf(kind, 'county'), ...linesOf(kind, 'city')]),
  ],
  refuse(action, subject, actor, reason) {
    const what = '份评估';
    const title = evaluationActionTitles[action];
    if (reason === 'actor' && subject.ownSide) {
      const other = next(evaluationFlow, action, { ...subject, ownSide: false }, actor);
      if (other.ok || other.problem.code !== 'flow.notYours') return problem('evaluation.ownSide', { action: title });
    }
    if (reason === 'actor') return problem('flow.notYours', { what, action: title, whose: whose(action, subject) });
    const ofSelf = subject.state === 'selfEvaluation' && (selfActions as readonly string[]).includes(action);
    if (ofSelf) return problem('evaluation.selfWaits', { action: title, state: selfStandingTitles[subject.self] });
    return problem('flow.notInState', { what, action: title, state: stepText(subject.kind, subject.state) });
  },
};

const selfActions = ['answer', 'submit', 'confirmSelf', 'takeBack', 'receive', 'return'] as const;

/** The state to which the act of this person leads, or why it is refused. */
export function nextEvaluationState(
  action: EvaluationAction,
  subject: EvaluationSubject,
  actor: Actor,
): Next<EvaluationState> {
  return next(evaluationFlow, action, subject, actor);
}

/** Acts whose button is shown although something is missing: it says what. */
const shown = [
  'submit',
  'confirmSelf',
  'moveOn',
  'return',
  'release',
  'issueOpinion',
  'submitResult',
  'confirmResult',
  'returnResult',
  'finish',
] as const satisfies readonly EvaluationAction[];

/** What this person may do now. Acts whose guard names what is missing are shown and say so. */
export function permittedEvaluationActs(subject: EvaluationSubject, actor: Actor): Record<EvaluationAction, boolean> {
  return permitted(evaluationFlow, subject, actor, shown);
}

/** Why an act that this person may do would be refused now: sentences for its button, all of them. */
export function evaluationObstacles(action: EvaluationAction, subject: EvaluationSubject, actor: Actor): string[] {
  return obstacles(evaluationFlow, action, subject, actor).map(({ message }) => message);
}
