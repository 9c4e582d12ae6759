import type { Problem } from '#domain/kit/problem.ts';

/**
 * One line of a flow: in `from`, the act `action` leads to `to`, if `by` allows this actor and no `guard` refuses. An
 * act that moves nothing (typing, commenting) has `from` equal to `to`; `when` narrows `from` to some of the subjects
 * in that state.
 */
export interface Transition<State extends string, Action extends string, Subject, Actor> {
  readonly from: State;
  readonly when?: (subject: Subject) => boolean;
  readonly action: Action;
  readonly to: State;
  /** Checks relation and right of the actor. Several lines of the same act may belong to different people. */
  readonly by: (subject: Subject, actor: Actor) => boolean;
  /** The obstacles although the actor may do the act: each as a problem, all of them at once. */
  readonly guard?: (subject: Subject, actor: Actor) => Problem[];
}

/** A state machine as a table. `refuse` words the refusal when no line fits. */
export interface Flow<State extends string, Action extends string, Subject extends { readonly state: State }, Actor> {
  readonly actions: readonly Action[];
  readonly transitions: readonly Transition<State, Action, Subject, Actor>[];
  readonly refuse: (action: Action, subject: Subject, actor: Actor, reason: 'state' | 'actor') => Problem;
}

export type Next<State extends string> =
  | { readonly ok: true; readonly to: State }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Returns the state to which the act leads, or why it is refused. The state is checked first, then the person, then the
 * guards. Never throws.
 */
export function next<State extends string, Action extends string, Subject extends { readonly state: State }, Actor>(
  flow: Flow<State, Action, Subject, Actor>,
  action: Action,
  subject: Subject,
  actor: Actor,
): Next<State> {
  const fromHere = linesFrom(flow, subject).filter((line) => line.action === action);
  if (fromHere.length === 0) return { ok: false, problem: flow.refuse(action, subject, actor, 'state') };
  const mine = fromHere.find((line) => line.by(subject, actor));
  if (!mine) return { ok: false, problem: flow.refuse(action, subject, actor, 'actor') };
  const obstacle = mine.guard?.(subject, actor)[0];
  return obstacle ? { ok: false, problem: obstacle } : { ok: true, to: mine.to };
}

/** All obstacles to an act that the actor may do in this state; empty if the act would succeed. */
export function obstacles<
  State extends string,
  Action extends string,
  Subject extends { readonly state: State },
  Actor,
>(flow: Flow<State, Action, Subject, Actor>, action: Action, subject: Subject, actor: Actor): Problem[] {
  const mine = linesFrom(flow, subject).find((line) => line.action === action && line.by(subject, actor));
  return mine?.guard?.(subject, actor) ?? [];
}

/**
 * For every act, whether this person may do it in this state and no guard refuses. For acts that are `shown` the guards
 * are not asked: the button appears even if missing values would refuse it, and says what is missing.
 */
export function permitted<
  State extends string,
  Action extends string,
  Subject extends { readonly state: State },
  Actor,
>(
  flow: Flow<State, Action, Subject, Actor>,
  subject: Subject,
  actor: Actor,
  shown: readonly Action[] = [],
): Record<Action, boolean> {
  const can = Object.fromEntries(flow.actions.map((action) => [action, false])) as Record<Action, boolean>;
  for (const line of linesFrom(flow, subject)) {
    if (can[line.action] || !line.by(subject, actor)) continue;
    can[line.action] = shown.includes(line.action) || (line.guard?.(subject, actor) ?? []).length === 0;
  }
  return can;
}

/** The lines that begin in the subject's state. */
function linesFrom<State extends string, Action extends string, Subject extends { readonly state: State }, Actor>(
  flow: Flow<State, Action, Subject, Actor>,
  subject: Subject,
) {
  return flow.transitions.filter((line) => line.from === subject.state && (line.when?.(subject) ?? true));
}
