import { type Problem, problem } from '#domain/kit/problem.ts';
import { type Actor, signature } from './actor.ts';

/** An act on a subject that signs it, as its record keeps it. */
export interface SignedStep {
  readonly action: string;
  /** Null where the program itself acted. */
  readonly personId: string | null;
  readonly personName: string;
  /** Whose post it was, where a colleague stood in. */
  readonly principalId: string | null;
  readonly principalName: string | null;
  /** Null for records from before posts had numbers; then posts are distinguished by role. */
  readonly postId: string | null;
  readonly role: string | null;
}

/**
 * Why this person may not do this act, or null: one person never signs twice in the same round, whatever the post. The
 * check compares persons and those for whom they stand in, over the signing steps of the subject since it was last sent
 * back. An act that does not sign, such as a return, is refused only in another post than the one that signed: whoever
 * submitted in the same post takes back a step of his own.
 * @param steps in the order in which they were made
 * @param action the act that the person wants to do
 * @param returns the actions that begin a new round: signatures before them do not count
 * @param signs the actions that sign
 */
export function signingRefusal(
  steps: readonly SignedStep[],
  actor: Pick<Actor, 'userId' | 'role' | 'post' | 'principal'>,
  action: string,
  { returns, signs }: { readonly returns: readonly string[]; readonly signs: readonly string[] },
): Problem | null {
  const since = steps.findLastIndex((step) => returns.includes(step.action)) + 1;
  const hands = ownHands(actor);
  for (const step of steps.slice(since)) {
    if (!signs.includes(step.action)) continue;
    if (!signs.includes(action) && isSamePost(step, actor)) continue;
    if (!handsOf(step.personId, step.principalId).some((hand) => hands.includes(hand))) continue;
    return problem('access.sameHand', { name: signature(step.personName, step.principalName) });
  }
  return null;
}

/** Whether two people, with those for whom they act, have nobody in common. */
export function areApart(
  one: { readonly personId: string; readonly principalId: string | null },
  other: { readonly personId: string; readonly principalId: string | null },
): boolean {
  const hands = handsOf(one.personId, one.principalId);
  return !handsOf(other.personId, other.principalId).some((hand) => hands.includes(hand));
}

/** The hands of a person at work: the own one, and that of the colleague for whom the person stands in. */
export function ownHands({ userId, principal }: Pick<Actor, 'userId' | 'principal'>): string[] {
  return handsOf(userId, principal?.id ?? null);
}

function handsOf(personId: string | null, principalId: string | null): string[] {
  return [personId, principalId].filter((one) => one !== null);
}

function isSamePost(step: SignedStep, actor: Pick<Actor, 'role' | 'post'>): boolean {
  return step.postId === null ? step.role === actor.role : step.postId === (actor.post?.grantId ?? null);
}
