import type { SubjectRef } from '#domain/flow/subject.ts';
import { undoAction, undoRefusal } from '#domain/flow/undo.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import type { Context } from '../access/serve.ts';
import type { AuditEntry } from '../audit/audit.store.ts';
import type { Advanced } from './advance.act.ts';
import { findLastSteps, type StepHandle, stepWrites } from './step.store.ts';

/** A locked row that goes back to what it was before the last act. */
export interface Back<Row, State extends string> {
  readonly row: Row;
  readonly to: State;
  /** The values that the act replaced, as its step kept them. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** The parts that a feature supplies, so that the last act on its rows can be taken back. */
export interface Undoing<Row, State extends string, Ctx> {
  /** Rows of the person's place by their ids, locked until the transaction ends, always in the same order. */
  lock(ctx: Ctx, ids: readonly string[]): Promise<Row[]>;
  /** How a refusal names a row: `“第一小学”的填报`. */
  nameOf(row: Row): string;
  /** Reasons why rows may not be changed in any state, by id. */
  barred?(ctx: Ctx, rows: readonly Row[]): Promise<ReadonlyMap<string, Problem>>;
  /** Writes the values of locked rows back. Returns what the database holds then. */
  write(ctx: Ctx, backs: readonly Back<Row, State>[]): Promise<readonly (Partial<Row> & { readonly id: string })[]>;
  /** One act taken back as the audit records it. */
  record(ctx: Ctx, back: Back<Row, State>): AuditEntry;
  /** Follow-up work, such as jobs. */
  follow?(ctx: Ctx, backs: readonly Back<Row, State>[]): Promise<void>;
}

type Acting = Pick<Context<unknown>, 'actor' | 'now' | 'authorize' | 'along' | 'recordAll'> & {
  readonly db: StepHandle;
};

/**
 * Takes one act back on many rows, each of which is judged separately: own act, within a minute, nothing after it
 * (`undoRefusal`). The row becomes what it was, the step stays and a further one says that it was taken back. Where no
 * row can go back, the first reason is thrown.
 * @throws Problem where the ids lead to nothing in this person's place, or nothing can be taken back
 */
export async function undoAll<
  Row extends SubjectRef & { readonly state: State; readonly revision: number },
  State extends string,
  Ctx,
>(
  ctx: Ctx & Acting,
  undoing: Undoing<Row, State, Ctx>,
  ids: readonly string[],
  act: { readonly action: string; readonly title: string; readonly notFound: string },
): Promise<Advanced<Row>> {
  const rows = await undoing.lock(ctx, ids);
  if (rows.length === 0) throw problem('thing.notFound', { what: act.notFound });
  const steps = await findLastSteps(ctx.db, rows);
  const barred = await undoing.barred?.(ctx, rows);
  const judged = rows.map((row) => {
    const last = steps.get(row.id);
    const asked = { ...act, what: undoing.nameOf(row), last, revision: row.revision };
    return { row, last, refusal: barred?.get(row.id) ?? undoRefusal(asked, ctx.actor, ctx.now) };
  });
  const refused = judged.flatMap(({ row, refusal }) => (refusal ? [{ row, refusal }] : []));
  ctx.authorize(
    judged.some(({ refusal }) => refusal === null),
    refused[0]?.refusal,
  );
  const backs = judged.flatMap(({ row, last, refusal }) =>
    refusal === null ? [{ row, to: last!.from as State, values: last!.kept!.values }] : [],
  );
  const written = new Map((await undoing.write(ctx, backs)).map((values) => [values.id, values]));
  const taken = backs.map(({ row, to }) => ({ subject: row, from: row.state, to }));
  const step = { action: undoAction, actor: ctx.actor, at: ctx.now };
  for (const statement of stepWrites(ctx.db, taken, step)) ctx.along(statement);
  await ctx.recordAll(backs.map((back) => undoing.record(ctx, back)));
  await undoing.follow?.(ctx, backs);
  return { done: backs.map(({ row }) => ({ ...row, ...written.get(row.id) })), refused };
}
