import type { Context } from '#core/access/serve.ts';
import { findSignedSteps, writeSteps } from '#core/workflow/step.store.ts';
import { type Actor, signatureOf } from '#domain/access/actor.ts';
import { type SignedStep, signingRefusal } from '#domain/access/signing.ts';
import type { Problem } from '#domain/kit/problem.ts';
import { lockFilingFor, overtaken } from '../filing.act.ts';
import { keptOf, writeCheck } from '../filing.step.store.ts';
import { type FilingHandle, type FullFiling, recordOf } from '../filing.store.ts';
import { filingSigning } from './step.act.ts';

type Ctx = Context<FilingHandle>;

/**
 * Why this person may not check although the post may, or null: whoever submitted the filing is no second pair of eyes.
 * A check signs nothing, so the person who checked may still approve in the absence of the director.
 */
export function checkRefusal(steps: readonly SignedStep[], actor: Actor): Problem | null {
  const signs = [...filingSigning.signs, 'check'];
  const signed = steps.filter(({ action }) => action !== 'check');
  return signingRefusal(signed, actor, 'check', { returns: filingSigning.returns, signs });
}

/**
 * 核过: leaves a step and moves nothing. The revision stays, so that the director who has the filing open approves what
 * he reads.
 */
export async function check(ctx: Ctx, id: string, revision: number, note: string | null): Promise<FullFiling> {
  const filing = await lockFilingFor(ctx, id, 'check');
  if (filing.revision !== revision) throw await overtaken(filing, ctx);
  const steps = await findSignedSteps(ctx.db, [filing]);
  const refusal = checkRefusal(steps.get(id) ?? [], ctx.actor);
  ctx.authorize(refusal === null, refusal ?? undefined);
  return write(ctx, filing, { action: 'check', at: ctx.now, by: signatureOf(ctx.actor), note });
}

/** Takes the check away: the filing waits for the reviewers again. */
export async function uncheck(ctx: Ctx, id: string): Promise<FullFiling> {
  return write(ctx, await lockFilingFor(ctx, id, 'uncheck'), { action: 'uncheck' });
}

type Checking =
  | { readonly action: 'check'; readonly at: Date; readonly by: string; readonly note: string | null }
  | { readonly action: 'uncheck' };

async function write(ctx: Ctx, filing: FullFiling, checking: Checking): Promise<FullFiling> {
  const given = checking.action === 'check';
  const { state } = filing;
  const written = await writeCheck(ctx.db, filing, given ? checking : null);
  const reason = given && checking.note !== null ? checking.note : undefined;
  const act = { action: checking.action, actor: ctx.actor, at: ctx.now, reason };
  const kept = { revision: written.revision, values: keptOf(filing, {}) };
  await writeSteps(ctx.db, [{ subject: filing, from: state, to: state, kept }], act);
  await ctx.record(
    recordOf(filing, given ? 'filing.checked' : 'filing.unchecked', {
      fields: ['checkedBy'],
      before: { checkedBy: filing.checkedBy },
      after: { checkedBy: written.checkedBy, ...(reason === undefined ? {} : { reason }) },
    }),
  );
  return { ...filing, ...written };
}
