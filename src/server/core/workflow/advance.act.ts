import { signingRefusal } from '#domain/access/signing.ts';
import type { Next } from '#domain/flow/flow.ts';
import type { SubjectRef } from '#domain/flow/subject.ts';
import { isProblem, type Problem, problem } from '#domain/kit/problem.ts';
import type { Context } from '../access/serve.ts';
import { type StepHandle, signedSteps, writeSteps } from './step.store.ts';

/** What somebody wants to do with a subject, or with many. */
export interface StepRequest<Action extends string> {
  readonly action: Action;
  readonly reason?: string | undefined;
  /** A return opens these parts alone. */
  readonly parts?: readonly string[] | undefined;
}

/** A row that a feature has locked. */
interface Moving<State extends string> extends SubjectRef {
  readonly state: State;
  /** Grows with every change; whoever acts names the one that he has read. */
  readonly revision: number;
}

/** A row with the state it goes to and the values that the act gives it. */
export interface Move<Row, State extends string> {
  readonly row: Row;
  readonly to: State;
  readonly set: Partial<Row>;
}

/** What a feature gives, so that its rows move through a flow. `Ctx` is the context of its handlers. */
export interface Workflow<Row extends Moving<State>, State extends string, Action extends string, Ctx> {
  /** `份填报`: how a refusal names a row that is not there. */
  readonly what: string;
  /** Rows of the person's place by their ids, locked until the transaction ends, always in the same order. */
  lock(ctx: Ctx, ids: readonly string[]): Promise<Row[]>;
  /** Asks the flow where the act leads; `today` is the day that counts. */
  ask(ctx: Ctx, row: Row, action: Action): Next<State>;
  /** Why rows may not be moved whatever their state, by id: something outside them has changed. */
  barred?(ctx: Ctx, rows: readonly Row[]): Promise<ReadonlyMap<string, Problem>>;
  /** Acts that sign, that begin anew, and that judge what others signed: two posts of one person never sign the same. */
  readonly signing?: {
    readonly signs: readonly Action[];
    readonly returns: readonly Action[];
    readonly judging: readonly Action[];
  };
  /** What is said to somebody who was overtaken. */
  overtaken(row: Row): Problem;
  /** Whether an act does no harm to a row that has changed since the person read it. */
  harmless?(row: Row, request: StepRequest<Action>): boolean;
  /** New values by the act; the state, the revision and the step are not the feature's matter. */
  apply(ctx: Ctx, row: Row, request: StepRequest<Action>, to: State): Partial<Row>;
  /** Writes state and new values of locked rows and counts their revisions up. */
  write(ctx: Ctx, moves: readonly Move<Row, State>[]): Promise<void>;
  /** Records one move in the audit. */
  record(ctx: Ctx, move: Move<Row, State>, request: StepRequest<Action>): Promise<void>;
  /** What follows from the moves, such as jobs. */
  follow?(ctx: Ctx, moves: readonly Move<Row, State>[]): Promise<void>;
}

/** What an act needs of a handler's context. */
type Acting = Pick<Context<unknown>, 'actor' | 'now' | 'authorize'> & { readonly db: StepHandle };

/**
 * One act on one row: lock, compare with what the person read, ask the flow, write, leave a step, record. Of two people
 * who decide at once the second waits at the lock, then finds another state and is told. Returns the row as it is now.
 */
export async function advance<Row extends Moving<State>, State extends string, Action extends string, Ctx>(
  ctx: Ctx & Acting,
  workflow: Workflow<Row, State, Action, Ctx>,
  id: string,
  revision: number,
  request: StepRequest<Action>,
): Promise<Row> {
  const [row] = await workflow.lock(ctx, [id]);
  if (!row) throw problem('thing.notFound', { what: workflow.what });
  const [decided] = await decide(ctx, workflow, [row], request, new Map([[id, revision]]));
  if (isProblem(decided)) ctx.authorize(false, decided);
  ctx.authorize(true);
  const move = decided as Move<Row, State>;
  await carryOut(ctx, workflow, [move], request);
  return { ...row, ...move.set, state: move.to, revision: row.revision + 1 };
}

/** What became of an act on many rows. */
export interface Advanced<Row> {
  readonly done: readonly Row[];
  readonly refused: readonly { readonly row: Row; readonly refusal: Problem }[];
}

/**
 * One act on many locked rows, each of which is judged for itself: those that cannot be moved are named and stay. The
 * caller has authorised the act as such; `revisions` are those that the person read.
 */
export async function advanceAll<Row extends Moving<State>, State extends string, Action extends string, Ctx>(
  ctx: Ctx & Acting,
  workflow: Workflow<Row, State, Action, Ctx>,
  rows: readonly Row[],
  request: StepRequest<Action>,
  revisions?: ReadonlyMap<string, number>,
): Promise<Advanced<Row>> {
  const decided = await decide(ctx, workflow, rows, request, revisions);
  const moves = decided.flatMap((each) => (isProblem(each) ? [] : [each]));
  await carryOut(ctx, workflow, moves, request);
  const refused = decided.flatMap((each, index) => (isProblem(each) ? [{ row: rows[index]!, refusal: each }] : []));
  return { done: moves.map(({ row }) => row), refused };
}

/** What the act would change of each locked row, or why it may not be. */
async function decide<Row extends Moving<State>, State extends string, Action extends string, Ctx>(
  ctx: Ctx & Acting,
  workflow: Workflow<Row, State, Action, Ctx>,
  rows: readonly Row[],
  request: StepRequest<Action>,
  revisions: ReadonlyMap<string, number> | undefined,
): Promise<(Move<Row, State> | Problem)[]> {
  const { signing } = workflow;
  const barred = await workflow.barred?.(ctx, rows);
  const signed = signing?.judging.includes(request.action) ? await signedSteps(ctx.db, rows) : undefined;
  return rows.map((row) => {
    const sameHand = signing && signed ? signingRefusal(signed.get(row.id) ?? [], ctx.actor, signing) : null;
    if (sameHand) return sameHand;
    const bar = barred?.get(row.id);
    if (bar) return bar;
    const read = revisions?.get(row.id) ?? row.revision;
    if (row.revision !== read && !workflow.harmless?.(row, request)) return workflow.overtaken(row);
    const next = workflow.ask(ctx, row, request.action);
    return next.ok ? { row, to: next.to, set: workflow.apply(ctx, row, request, next.to) } : next.problem;
  });
}

async function carryOut<Row extends Moving<State>, State extends string, Action extends string, Ctx>(
  ctx: Ctx & Acting,
  workflow: Workflow<Row, State, Action, Ctx>,
  moves: readonly Move<Row, State>[],
  request: StepRequest<Action>,
): Promise<void> {
  if (moves.length === 0) return;
  await workflow.write(ctx, moves);
  const steps = moves.map(({ row, to }) => ({ subject: row, from: row.state, to }));
  await writeSteps(ctx.db, steps, { ...request, actor: ctx.actor, at: ctx.now });
  for (const move of moves) await workflow.record(ctx, move, request);
  await workflow.follow?.(ctx, moves);
}
