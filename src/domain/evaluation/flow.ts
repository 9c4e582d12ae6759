import { type Actor, holds } from '../access/actor.ts';
import type { Permission } from '../access/permissions.ts';
import { type Flow, type Next, next, obstacles, permitted, type Transition } from '../flow/flow.ts';
import { type Reopening, reopen } from '../flow/reopening.ts';
import { undoAction } from '../flow/undo.ts';
import { type Problem, problem } from '../kit/problem.ts';
import type { Day } from '../kit/school-year.ts';
import type { ManagingLevel } from '../org/school-facts.ts';
import { layerTitles, stateAfter, stepOf, stepsFor, stepText } from './kind.ts';
import type { JudgingLayer } from './kind-definition.ts';
import {
  type EvaluationAction,
  type EvaluationKind,
  type EvaluationState,
  type EvaluationStep,
  type EvaluationStepAction,
  evaluationActions,
  evaluationKinds,
  type SeatPart,
} from './lists.ts';
import { isToWrite, type OpinionLack } from './opinion.ts';

export const evaluationActionTitles: Readonly<Record<EvaluationAction, string>> = {
  answer: '填写自评',
  submit: '提交自评',
  confirmSelf: '确认自评',
  takeBack: '撤回自评',
  return: '退回补充',
  receive: '接收自评',
  moveOn: '转入下一步',
  score: '评分',
  openTalk: '公开评分并合议',
  settle: '合议定分',
  conclude: '拟写评估意见',
  release: '反馈初步意见',
  releaseAgain: '重新反馈',
  state: '提出申辩',
  waiveStatement: '表示没有申辩意见',
  answerStatement: '答复申辩',
  issueOpinion: '出具督导意见书',
  submitResult: '提请确认结果',
  confirmResult: '确认结果',
  returnResult: '退回结果',
  finish: '整改办结',
  close: '办结（没有问题）',
  cancel: '取消评估',
};

const storedTitles: Readonly<Record<string, string>> = {
  ...evaluationActionTitles,
  [undoAction]: '撤销',
  opened: '开启',
  extended: '延期',
  reminded: '提醒',
  workPassed: '移交',
};

/** The title of a step by the act that it holds; an act that is not known any more is shown by its stored name. */
export function evaluationStepTitle(action: string): string {
  return storedTitles[action] ?? action;
}

/** How far the self-evaluation is: people fill it, it was submitted, its leader has confirmed it. */
export const selfStandings = ['open', 'submitted', 'confirmed'] as const;
export type SelfStanding = (typeof selfStandings)[number];

export const selfStandingTitles: Readonly<Record<SelfStanding, string>> = {
  open: '还没有提交',
  submitted: '已提交，待负责人确认',
  confirmed: '已由负责人确认',
};

/** An evaluation as the flow sees it. Facts that are not its own are looked up for the acts that ask them (`evaluationFactsFor`). */
export interface EvaluationSubject {
  readonly kind: EvaluationKind;
  readonly state: EvaluationState;
  /** The county of the subject. */
  readonly placeId: number;
  /** Null where a county is evaluated. */
  readonly schoolId: number | null;
  /** Who runs the school; of a county `county`. */
  readonly managedBy: ManagingLevel;
  readonly self: SelfStanding;
  /** What was sent back and not handed in again; null where nothing is. */
  readonly returned: Reopening | null;
  /**
   * Whether somebody of the school can sign in who answers leaves beside its leader, and somebody who confirms. The level
   * that runs the school acts where nobody does. Of a county both are true.
   */
  readonly accounts: { readonly answers: boolean; readonly confirms: boolean };
  /** Codes of leaves that lack an answer, a figure or a note. */
  readonly incomplete: readonly string[];
  /** Codes of leaves without settled points in the layer that judges now. */
  readonly unsettled: readonly string[];
  /** Codes of leaves in this layer at which a talk is open. */
  readonly talks: readonly string[];
  /** What the panel lacks, in sentences without a full stop. */
  readonly panelLacks: readonly string[];
  /** The seat of whoever acts, where he has one in force for this evaluation. */
  readonly seat: SeatPart | null;
  /** Whether whoever acts belongs to the subject, or has signed for it: he judges it in no post. */
  readonly ownSide: boolean;
  /** What the opinion lacks for this act. */
  readonly opinionLacks: readonly OpinionLack[];
  /** What is concluded otherwise than it was fed back, in sentences without a full stop. */
  readonly conclusionMoved: readonly string[];
  /** Other subjects of the campaign that may still take the place by which this one has its grade. */
  readonly quotaWaits: readonly string[];
  readonly statements: {
    readonly dueOn: Day | null;
    readonly waived: boolean;
    readonly made: number;
    readonly unanswered: number;
  };
  readonly noticeIssued: boolean;
  readonly opinionLetterIssued: boolean;
  /** The findings that it raised, and those of them that are closed or cancelled in the ledger. */
  readonly ledger: { readonly raised: number; readonly settled: number };
  /** Whether the person gives a reason with the act. */
  readonly reasoned: boolean;
  readonly today: Day;
}

/** Facts of a subject that are looked up beside the evaluation, each with a question of its own. */
export const evaluationFacts = [
  'accounts',
  'incomplete',
  'unsettled',
  'talks',
  'panelLacks',
  'seat',
  'opinionLacks',
  'conclusionMoved',
  'quotaWaits',
  'statements',
  'noticeIssued',
  'opinionLetterIssued',
  'ledger',
] as const;
export type EvaluationFact = (typeof evaluationFacts)[number];

const ofSubjectFacts = ['accounts'] as const;
const factsAsked: Readonly<Record<EvaluationAction, readonly EvaluationFact[]>> = {
  answer: ofSubjectFacts,
  submit: [...ofSubjectFacts, 'incomplete'],
  confirmSelf: [...ofSubjectFacts, 'incomplete'],
  takeBack: ofSubjectFacts,
  return: ['seat'],
  receive: [],
  moveOn: ['noticeIssued', 'panelLacks', 'unsettled', 'talks'],
  score: ['seat'],
  openTalk: ['seat'],
  settle: ['seat'],
  conclude: [],
  release: ['unsettled', 'talks', 'opinionLacks'],
  releaseAgain: ['opinionLacks', 'conclusionMoved'],
  state: [...ofSubjectFacts, 'statements'],
  waiveStatement: [...ofSubjectFacts, 'statements'],
  answerStatement: ['statements'],
  issueOpinion: ['statements', 'opinionLacks', 'conclusionMoved'],
  submitResult: ['opinionLetterIssued', 'opinionLacks', 'conclusionMoved'],
  confirmResult: ['opinionLacks', 'conclusionMoved', 'quotaWaits'],
  returnResult: [],
  finish: ['ledger'],
  close: ['ledger'],
  cancel: [],
};

/** The facts beside an evaluation that the flow asks to judge this act, whoever wants to do it. */
export function evaluationFactsFor(action: EvaluationAction): readonly EvaluationFact[] {
  return factsAsked[action];
}

type Line = Transition<EvaluationState, EvaluationAction, EvaluationSubject, Actor>;
type By = Line['by'];
type Guard = (subject: EvaluationSubject) => Problem[];

const ofCity: By = (_subject, actor) => actor.level === 'city';
const ofCounty: By = ({ placeId }, actor) => actor.level === 'county' && actor.unitId === placeId;

/** Whoever acts for the subject: the county itself, or the people of the school. */
const ofSubject: By = (subject, actor) =>
  subject.schoolId === null
    ? ofCounty(subject, actor)
    : actor.level === 'school' && actor.schoolId === subject.schoolId;

/** The level that runs a school acts for it where nobody of it can. */
const standsInFor =
  (what: keyof EvaluationSubject['accounts']): By =>
  (subject, actor) =>
    subject.schoolId !== null &&
    !subject.accounts[what] &&
    (subject.managedBy === 'city' ? ofCity : ofCounty)(subject, actor);

const all =
  (permission: Permission, relation: By): By =>
  (subject, actor) =>
    holds(actor, permission) && relation(subject, actor);
const either =
  (...relations: readonly By[]): By =>
  (subject, actor) =>
    relations.some((relation) => relation(subject, actor));

/** The level that stands in has no right to answer for itself; it holds that of judging. Only whoever decides there confirms. */
const answers = either(all('evaluation.answer', ofSubject), all('evaluation.judge', standsInFor('answers')));
const confirms = either(
  all('evaluation.confirm', either(ofSubject, standsInFor('confirms'))),
  all('evaluation.conclude', standsInFor('confirms')),
);
const answersOrConfirms = either(answers, confirms);
const manages = all('campaign.manage', ofCity);
/** Nobody judges on one side what he has done on the other. */
const apart =
  (relation: By): By =>
  (subject, actor) =>
    !subject.ownSide && relation(subject, actor);
const concludes = apart(all('evaluation.conclude', ofCity));

/** A member of the panel, with a place of his own or from outside: his seat says that he judges this evaluation. */
const seated: By = apart(({ seat }, actor) => seat !== null && (actor.level === 'city' || actor.level === 'campaign'));
const leads: By = (subject, actor) => subject.seat === 'leader' && seated(subject, actor);
const judgesFor: Readonly<Record<JudgingLayer, By>> = {
  county: apart(all('evaluation.judge', ofCounty)),
  city: all('evaluation.judge', seated),
};
/** Who opens and settles a talk: the leader of the panel, and the office; in the county's own layer the county. */
const talksFor: Readonly<Record<JudgingLayer, By>> = {
  county: judgesFor.county,
  city: either(all('evaluation.judge', leads), concludes),
};
/** Who sends back, or takes a self-evaluation in: the office that judges in that step, or the leader of its panel. */
const reviewsFor: Readonly<Record<JudgingLayer, By>> = {
  county: either(judgesFor.county, concludes),
  city: talksFor.city,
};

const complete: Guard = ({ incomplete }) =>
  incomplete.length === 0 ? [] : [problem('evaluation.leavesIncomplete', { codes: incomplete })];
/** 《教育督导条例》 (国务院令第 624 号) 第十七条: written notice comes first. An office that gave it otherwise says where. */
const noticed: Guard = ({ noticeIssued, reasoned }) =>
  noticeIssued || reasoned ? [] : [problem('evaluation.noticeNotIssued')];
const confirmed: Guard = ({ self }) =>
  self === 'confirmed' ? [] : [problem('evaluation.selfNotConfirmed', { state: selfStandingTitles[self] })];
const manned: Guard = ({ panelLacks }) =>
  panelLacks.length === 0 ? [] : [problem('evaluation.panelLacks', { lacks: panelLacks })];
const settledIn =
  (layer: JudgingLayer): Guard =>
  ({ talks, unsettled }) => [
    ...(talks.length > 0 ? [problem('evaluation.talksOpen', { codes: talks })] : []),
    ...(unsettled.length > 0
      ? [problem('evaluation.notSettled', { layer: layerTitles[layer], codes: unsettled })]
      : []),
  ];
const opinionFor =
  (action: EvaluationAction): Guard =>
  ({ opinionLacks }) =>
    opinionLacks.length === 0
      ? []
      : [
          problem('evaluation.opinionLacks', {
            act: evaluationActionTitles[action],
            lacks: opinionLacks.map(({ sentence }) => sentence),
            toWrite: opinionLacks.some(isToWrite),
          }),
        ];
/** 《教育督导条例》 (国务院令第 624 号) 第二十条: what is concluded the subject has read, and could state something against it. */
const asFedBack: Guard = ({ conclusionMoved, state }) =>
  conclusionMoved.length === 0
    ? []
    : [problem('evaluation.conclusionMoved', { moved: conclusionMoved, isSubmitted: state === 'confirmation' })];
const hasMoved: Guard = ({ conclusionMoved, state }) =>
  conclusionMoved.length > 0 ? [] : [problem('evaluation.conclusionStands', { isHeard: state === 'statement' })];
/** A place of a quota is given when nobody who is still heard can have a better claim to it. */
const placed: Guard = ({ quotaWaits }) =>
  quotaWaits.length === 0 ? [] : [problem('evaluation.quotaWaits', { names: quotaWaits })];
const reasonedReturn: Guard = ({ reasoned }) => (reasoned ? [] : [problem('evaluation.returnReason')]);
const both =
  (...guards: readonly Guard[]): Guard =>
  (subject) =>
    guards.flatMap((guard) => guard(subject));

const isOver = ({ statements: { dueOn }, today }: EvaluationSubject) => dueOn !== null && today > dueOn;
/** The page of the opinion shows twenty with the waiver. */
const mostStatements = 19;
const mayState: Guard = (subject) => {
  if (subject.statements.made >= mostStatements)
    return [problem('evaluation.statementsFull', { most: mostStatements })];
  if (subject.statements.waived) return [problem('evaluation.statementWaived')];
  return isOver(subject) ? [problem('evaluation.statementOver', { dueOn: subject.statements.dueOn! })] : [];
};
/** 《教育督导条例》 (国务院令第 624 号) 第二十条、第二十一条: the statement is heard and weighed before the opinion is issued. */
const heard: Guard = (subject) => {
  const { waived, unanswered, dueOn } = subject.statements;
  return [
    ...(waived || isOver(subject) ? [] : [problem('evaluation.statementRunning', { dueOn })]),
    ...(unanswered > 0 ? [problem('evaluation.statementsUnanswered', { count: unanswered })] : []),
  ];
};
const lettered: Guard = ({ opinionLetterIssued }) =>
  opinionLetterIssued ? [] : [problem('evaluation.letterNotIssued')];
const putRight: Guard = ({ ledger: { raised, settled }, reasoned }) =>
  settled >= raised || reasoned ? [] : [problem('evaluation.findingsOpen', { open: raised - settled })];
const withoutFindings: Guard = ({ ledger: { raised } }) =>
  raised === 0 ? [] : [problem('evaluation.hasFindings', { raised })];

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

/** The people who may do an act, in words, so that a refusal names whom to ask. */
function whose(action: EvaluationAction, { schoolId, state }: EvaluationSubject): string {
  switch (action) {
    case 'answer':
    case 'submit':
    case 'state':
      return schoolId === null
        ? '本县（市、区）填写自评的人员'
        : '本校填写自评的人员（学校没有账户的，由其主管督导机构代办）';
    case 'confirmSelf':
    case 'waiveStatement':
    case 'takeBack':
      return schoolId === null
        ? '本县（市、区）督导机构负责人'
        : '本校负责人（学校没有负责人账户的，由其主管督导机构代办）';
    case 'score':
      return state === 'countyReview' ? '所在县（市、区）督导机构' : '已列入督导组、负责这份评估的成员';
    case 'openTalk':
    case 'settle':
      return state === 'countyReview' ? '所在县（市、区）督导机构' : '督导组组长或市级督导机构';
    case 'return':
    case 'receive':
      return state === 'countyReview' ? '县级或市级督导机构' : '审核自评的督导机构或督导组组长';
    case 'moveOn':
      return state === 'countyReview' ? '县级督导机构或市级督导机构' : '市级督导机构的项目组织者';
    case 'cancel':
      return '市级督导机构的项目组织者';
    default:
      return '市级督导机构有评估结论权限的人员';
  }
}

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

/**
 * Which acts sign: whoever submitted a self-evaluation neither confirms nor receives it, and whoever submitted a result
 * does not confirm it. What goes back or is taken back begins a new round.
 * @param action the act that is about to be done
 * @returns null where the act does not judge a signature of somebody else
 */
export function evaluationSigning(action: EvaluationStepAction): {
  readonly signs: readonly EvaluationStepAction[];
  readonly returns: readonly EvaluationStepAction[];
  readonly judging: readonly EvaluationStepAction[];
} | null {
  if (action === 'confirmSelf' || action === 'receive') {
    const signs: readonly EvaluationStepAction[] = ['submit', 'confirmSelf', action];
    return { signs, returns: ['return', 'takeBack'], judging: [action] };
  }
  if (action === 'confirmResult') {
    return { signs: ['submitResult', 'confirmResult'], returns: ['returnResult'], judging: ['confirmResult'] };
  }
  return null;
}

/**
 * What is open for supplement after an act. A return of some leaves adds to those that are still being worked on; one that follows a
 * submission begins anew. What was sent back stays so until a level takes the self-evaluation in: otherwise taking it back
 * would open what was locked.
 * @param codes of the leaves that a return names; null returns the whole
 */
export function returnedAfter(
  action: EvaluationAction,
  { state, self, returned }: Pick<EvaluationSubject, 'state' | 'self' | 'returned'>,
  { codes, reason }: { readonly codes: readonly string[] | null; readonly reason: string } = {
    codes: null,
    reason: '',
  },
): Reopening | null {
  if (action === 'return') {
    const working = state === 'selfEvaluation' && self === 'open';
    return reopen({ reason, ...(codes === null ? {} : { parts: codes }) }, working ? returned?.openParts : null);
  }
  return action === 'receive' || (action === 'moveOn' && state === 'selfEvaluation') ? null : returned;
}
