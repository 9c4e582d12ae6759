import type { EvaluationState, EvaluationStepAction } from '../lists.ts';

/**
 * The acts that lead evaluations on and ask no words of their own for each: they can be asked for on many at once. What is sent back,
 * stated, answered, or fed back anew has its reason or its text by subject, and stays single; out of some steps the campaign leads all
 * together (`moveOn`). In the order of the steps.
 */
export const actsOnMany = [
  'receive',
  'submit',
  'confirmSelf',
  'takeBack',
  'release',
  'issueOpinion',
  'waiveStatement',
  'submitResult',
  'confirmResult',
  'finish',
] as const satisfies readonly EvaluationStepAction[];
export type ActOnMany = (typeof actsOnMany)[number];

const steps: Readonly<Record<ActOnMany, readonly EvaluationState[]>> = {
  receive: ['selfEvaluation', 'countyReview'],
  submit: ['selfEvaluation'],
  confirmSelf: ['selfEvaluation'],
  takeBack: ['selfEvaluation'],
  release: ['preliminaryOpinion'],
  issueOpinion: ['statement'],
  waiveStatement: ['statement'],
  submitResult: ['opinionLetter'],
  confirmResult: ['confirmation'],
  finish: ['rectification'],
};

/** The steps at which the flow knows the act; a review of the county is ended by the same act that takes a self-evaluation in. */
export function stepsOfActOnMany(act: ActOnMany): readonly EvaluationState[] {
  return steps[act];
}
