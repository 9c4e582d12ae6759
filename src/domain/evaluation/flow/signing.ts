import type { EvaluationStepAction } from '../lists.ts';

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
