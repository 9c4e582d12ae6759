import { signingRefusal } from '#domain/access/signing.ts';
import type { Next } from '#domain/flow/flow.ts';
import type { SubjectRef } from '#domain/flow/subject.ts';
import { isProblem, type Problem, problem } from '#domain/kit/problem.ts';
import type { Context } from '../access/serve.ts';
import type { AuditEntry } from '../audit/audit.store.ts';
import { findSignedSteps, type StepHandle, stepWrites } from './step.store.ts';

/** The act that a person wants to carry out on one subject, or on many. */
export interface StepRequest<Action extends string> {
  readonly action: Action;
  readonly reason?: string | undefined;
  /** A return opens only these parts. */
  readonly parts?: readonly string[] | undefined;
}

/** A row that a feature has locked. */
interface Moving<State extends string> extends SubjectRef {
  readonly state: State;
  /** Increases with every change; an act names the revision that its person has read. */
  readonly revision: number;
}

/** A row with its next state and the values that the act sets. */
export interface Move<Row, State extends string> {
  readonly row: Row;
  readonly to: State;
  readonly set: Partial<Row>;
}

/** What an act has changed of a row, as the database returns it. */
type Written<Row> = Partial<Row> & { readonly id: string };

/** The parts that a feature supplies, so that its rows move through a flow. `Ctx` is the context of its handlers. */
export interface Workflow<Row extends Moving<State>, State extends string, Action extends string, Ctx> {
  /** `份填报`: how a refusal names a row that does not exist. */
  readonly what: string;
  /** Rows of the person's place by their ids, locked until the transaction ends, always in the same order. */
  lock(ctx: Ctx, ids: readonly string[]): Promise<Row[]>;
  /** Asks the flow for the next state; `today` is the day that counts. */
  ask(ctx: Ctx, row: Row, action: Action): Next<State>;
  /** Reasons why rows may not be moved in any state, by id: something outside them has changed. */
  barred?(ctx: Ctx, rows: readonly Row[]): Promise<ReadonlyMap<string, Problem>>;
  /**
   * Acts that sign, that begin anew, and that judge other people's signatures: one person never signs the same subject
   * twice. Null where no act signs: a feature decides it and cannot forget it.
   */
  readonly signing: {
    readonly signs: readonly Action[];
    readonly returns: readonly Action[];
    readonly judging: readonly Action[];
  } | null;
  /** The message for a person whose act came after another change, of somebody else or of the own other window. */
  overtaken(row: Row, ctx: Ctx): Problem | Promise<Problem>;
  /** Whether an act does no harm to a row that has changed since the person read it. */
  harmless?(row: Row, request: StepRequest<Action>): boolean;
  /** New values that the act sets; the feature does not set state, revision and step. */
  apply(ctx: Ctx, row: Row, request: StepRequest<Action>, to: State): Partial<Row>;
  /**
   * Writes state and new values of locked rows and increases their revisions, by `ctx.along` where nothing is asked of the
   * database. Returns what it holds then.
   */
  write(ctx: Ctx, moves: readonly Move<Row, State>[]): Promise<readonly Written<Row>[]>;
  /** The values of a row that an act replaces, so that it can be taken back (`undoAll`); without it no act can be. */
  keep?(move: Move<Row, State>): Readonly<Record<string, unknown>>;
  /** One move as the audit records it. */
  record(ctx: Ctx, move: Move<Row, State>, request: StepRequest<Action>): AuditEntry;
  /** Follow-up work of the moves, such as jobs. */
  follow?(ctx: Ctx, moves: readonly Move<Row, State>[]): Promise<void>;
}

/** The parts of a handler's context that an act needs. */
type Acting = Pick<Context<unknown>, 'actor' | 'now' | 'authorize' | 'along' | 'recordAll'> & {
  readonly db: StepHandle;
};

/**
 * One act on one row: lock it, compare it with what the person read, ask the flow, write, add a step, record. When two
 * people decide at once, the second waits at the lock, finds the changed state and is refused. Returns the row as it is
 * now.
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
  const refusal = isProblem(decided) ? decided : undefined;
  ctx.authorize(refusal === undefined, refusal);
  const [moved] = await carryOut(ctx, workflow, [decided as Move<Row, State>], request);
  return moved!;
}

/** The result of an act on many rows: those that it moved, as they are now, and those that it did not. */
export interface Advanced<Row> {
  readonly done: readonly Row[];
  readonly refused: readonly { readonly row: Row; readonly refusal: Problem }[];
}

/**
 * One act on many locked rows, each of which is judged separately. Rows that cannot be moved are listed and stay
 * unchanged. The caller has authorised the act as such; `revisions` are those that the person read.
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
  const done = await carryOut(ctx, workflow, moves, request);
  const refused = decided.flatMap((each, index) => (isProblem(each) ? [{ row: rows[index]!, refusal: each }] : []));
  return { done, refused };
}

/** The change of each locked row, or the reason why the row may not be changed. */
async function decide<Row extends Moving<State>, State extends string, Action extends string, Ctx>(
  ctx: Ctx & Acting,
  workflow: Workflow<Row, State, Action, Ctx>,
  rows: readonly Row[],
  request: StepRequest<Action>,
  revisions: ReadonlyMap<string, number> | undefined,
): Promise<(Move<Row, State> | Problem)[]> {
  const { signing } = workflow;
  const barred = await workflow.barred?.(ctx, rows);
  const signed = signing?.judging.includes(request.action) ? await findSignedSteps(ctx.db, rows) : undefined;
  const isOvertaken = (row: Row) =>
    row.revision !== (revisions?.get(row.id) ?? row.revision) && !workflow.harmless?.(row, request);
  const overtaken = new Map<string, Problem>();
  for (const row of rows) {
    if (!barred?.has(row.id) && isOvertaken(row)) overtaken.set(row.id, await workflow.overtaken(row, ctx));
  }
  return rows.map((row) => {
    const bar = barred?.get(row.id) ?? overtaken.get(row.id);
    if (bar) return bar;
    const next = workflow.ask(ctx, row, request.action);
    if (!next.ok) return next.problem;
    // Last, so that whoever has done the act already reads that it is done.
    const sameHand =
      signing && signed ? signingRefusal(signed.get(row.id) ?? [], ctx.actor, request.action, signing) : null;
    return sameHand ?? { row, to: next.to, set: workflow.apply(ctx, row, request, next.to) };
  });
}

async function carryOut<Row extends Moving<State>, State extends string, Action extends string, Ctx>(
  ctx: Ctx & Acting,
  workflow: Workflow<Row, State, Action, Ctx>,
  moves: readonly Move<Row, State>[],
  request: StepRequest<Action>,
): Promise<Row[]> {
  if (moves.length === 0) return [];
  const written = new Map((await workflow.write(ctx, moves)).map((values) => [values.id, values]));
  const steps = moves.map((move) => {
    const { row, to } = move;
    const step = { subject: row, from: row.state, to };
    const values = workflow.keep?.(move);
    return values ? { ...step, kept: { revision: written.get(row.id)?.revision ?? row.revision, values } } : step;
  });
  for (const statement of stepWrites(ctx.db, steps, { ...request, actor: ctx.actor, at: ctx.now }))
    ctx.along(statement);
  await ctx.recordAll(moves.map((move) => workflow.record(ctx, move, request)));
  await workflow.follow?.(ctx, moves);
  return moves.map(({ row }) => ({ ...row, ...written.get(row.id) }));
}
