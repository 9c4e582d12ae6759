import { type Problem, problem } from '../../kit/problem.ts';
import { layerTitles, selfStandingTitles } from '../kind.ts';
import type { JudgingLayer } from '../kind-definition.ts';
import type { EvaluationAction } from '../lists.ts';
import { isToWrite } from '../opinion.ts';
import { evaluationActionTitles } from './action-titles.ts';
import type { EvaluationSubject } from './subject.ts';

/** What bars an act with an evaluation, as problems; empty where nothing does. */
type Guard = (subject: EvaluationSubject) => Problem[];

/** All that several guards name. */
export const both =
  (...guards: readonly Guard[]): Guard =>
  (subject) =>
    guards.flatMap((guard) => guard(subject));

/** Every leaf is answered. */
export const complete: Guard = ({ incomplete }) =>
  incomplete.length === 0 ? [] : [problem('evaluation.leavesIncomplete', { codes: incomplete })];

/** 《教育督导条例》 (国务院令第 624 号) 第十七条: written notice comes first. An office that gave it otherwise says where. */
export const noticed: Guard = ({ noticeIssued, reasoned }) =>
  noticeIssued || reasoned ? [] : [problem('evaluation.noticeNotIssued')];

/** The leader of the subject has confirmed the self-evaluation. */
export const confirmed: Guard = ({ self }) =>
  self === 'confirmed' ? [] : [problem('evaluation.selfNotConfirmed', { state: selfStandingTitles[self] })];

/** The panel has whom its rules ask. */
export const manned: Guard = ({ panelLacks }) =>
  panelLacks.length === 0 ? [] : [problem('evaluation.panelLacks', { lacks: panelLacks })];

/** Every leaf has points of a layer, and no talk about one is open. */
export const settledIn =
  (layer: JudgingLayer): Guard =>
  ({ talks, unsettled }) => [
    ...(talks.length > 0 ? [problem('evaluation.talksOpen', { codes: talks })] : []),
    ...(unsettled.length > 0
      ? [problem('evaluation.notSettled', { layer: layerTitles[layer], codes: unsettled })]
      : []),
  ];

/** The opinion has what an act asks of it. */
export const opinionFor =
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
export const asFedBack: Guard = ({ conclusionMoved, state }) =>
  conclusionMoved.length === 0
    ? []
    : [problem('evaluation.conclusionMoved', { moved: conclusionMoved, isSubmitted: state === 'confirmation' })];

/** Something is concluded otherwise than it was fed back: else nothing is to be fed back anew. */
export const hasMoved: Guard = ({ conclusionMoved, state }) =>
  conclusionMoved.length > 0 ? [] : [problem('evaluation.conclusionStands', { isHeard: state === 'statement' })];

/** A place of a quota is given when nobody who is still heard can have a better claim to it. */
export const placed: Guard = ({ quotaWaits }) =>
  quotaWaits.length === 0 ? [] : [problem('evaluation.quotaWaits', { names: quotaWaits })];

/** Whoever sends back says why. */
export const reasonedReturn: Guard = ({ reasoned }) => (reasoned ? [] : [problem('evaluation.returnReason')]);

const isOver = ({ statements: { dueOn }, today }: EvaluationSubject) => dueOn !== null && today > dueOn;
/** The page of the opinion shows twenty with the waiver. */
const mostStatements = 19;

/** The subject may still state something: the days run, it has not waived, and the page has room. */
export const mayState: Guard = (subject) => {
  if (subject.statements.made >= mostStatements)
    return [problem('evaluation.statementsFull', { most: mostStatements })];
  if (subject.statements.waived) return [problem('evaluation.statementWaived')];
  return isOver(subject) ? [problem('evaluation.statementOver', { dueOn: subject.statements.dueOn! })] : [];
};

/** 《教育督导条例》 (国务院令第 624 号) 第二十条、第二十一条: the statement is heard and weighed before the opinion is issued. */
export const heard: Guard = (subject) => {
  const { waived, unanswered, dueOn } = subject.statements;
  return [
    ...(waived || isOver(subject) ? [] : [problem('evaluation.statementRunning', { dueOn })]),
    ...(unanswered > 0 ? [problem('evaluation.statementsUnanswered', { count: unanswered })] : []),
  ];
};

/** The opinion letter is issued. */
export const lettered: Guard = ({ opinionLetterIssued }) =>
  opinionLetterIssued ? [] : [problem('evaluation.letterNotIssued')];

/** The findings are settled in the ledger, or a reason says why it ends all the same. */
export const putRight: Guard = ({ ledger: { raised, settled }, reasoned }) =>
  settled >= raised || reasoned ? [] : [problem('evaluation.findingsOpen', { open: raised - settled })];

/** The evaluation raised no finding. */
export const withoutFindings: Guard = ({ ledger: { raised } }) =>
  raised === 0 ? [] : [problem('evaluation.hasFindings', { raised })];
