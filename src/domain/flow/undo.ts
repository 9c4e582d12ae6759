import { type Problem, problem } from '#domain/kit/problem.ts';
import type { Actor } from '../access/actor.ts';

/** The name under which a step keeps that the act before it was taken back. */
export const undoAction = 'undo';

/**
 * How long an act can be taken back, in milliseconds. The desk offers it for ten seconds; the rest is for a slow line and
 * for whoever was called away. Later the act counts as meant, and has its own way back with a reason.
 */
const undoableFor = 60_000;

/** An act as its record keeps it. */
export interface UndoableStep {
  readonly action: string;
  readonly at: Date;
  readonly personId: string | null;
  /** The post in which it was done; null where the record knows none. */
  readonly postId: string | null;
  /** The revision that the act left; null where the act kept nothing to go back to. */
  readonly revision: number | null;
}

/** What is to be taken back, and how it stands now. */
interface Undone {
  /** For the sentence: `“第一小学”的填报`. */
  readonly what: string;
  /** The act that the person wants to take back. */
  readonly action: string;
  /** The act for the sentence: `批准`. */
  readonly title: string;
  /** The last step of the subject; undefined where it has none. */
  readonly last: UndoableStep | undefined;
  /** The revision of the subject now. */
  readonly revision: number;
}

/**
 * Why this person may not take the act back, or null. Only the own act, in the post in which it was done, within a
 * minute, and only while nothing came after it: it must be the last step, and the subject must stand at the revision
 * that the step left.
 */
export function undoRefusal(
  { what, action, title, last, revision }: Undone,
  actor: Pick<Actor, 'userId' | 'post'>,
  now: Date,
): Problem | null {
  const isLast = last?.action === action && last.revision === revision;
  if (last === undefined || !isLast) return problem('undo.overtaken', { what, title });
  const isOwn = last.personId === actor.userId && last.postId === (actor.post?.grantId ?? null);
  if (!isOwn) return problem('undo.notYours', { what, title });
  return now.getTime() - last.at.getTime() > undoableFor ? problem('undo.tooLate', { what, title }) : null;
}

/** The titles of steps in their order; one that takes the step before it back says which. */
export function stepTitles(actions: readonly string[], title: (action: string) => string): string[] {
  const standing: string[] = [];
  return actions.map((action) => {
    if (action === undoAction) return `${title(action)}“${title(standing.pop() ?? '')}”`;
    standing.push(action);
    return title(action);
  });
}

/** The steps that count: an act that was taken back is none, and neither is the step that says so. */
export function withoutUndone<Step extends { readonly action: string }>(steps: readonly Step[]): Step[] {
  const standing: Step[] = [];
  for (const step of steps) {
    if (step.action === undoAction) standing.pop();
    else standing.push(step);
  }
  return standing;
}
