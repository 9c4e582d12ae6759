import type { Reopening } from '../../flow/reopening.ts';
import type { Day } from '../../kit/school-year.ts';
import type { ManagingLevel } from '../../org/school-facts.ts';
import type { EvaluationAction, EvaluationKind, EvaluationState, SeatPart, SelfStanding } from '../lists.ts';
import type { OpinionLack } from '../opinion.ts';

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
const evaluationFacts = [
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
/** A fact that is looked up beside the evaluation for the acts that ask it. */
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
