import type { Context } from '#core/access/serve.ts';
import { problem } from '#domain/kit/problem.ts';
import type { LetterHandle } from '../letter.store.ts';
import { findReceipt } from './receipt.store.ts';

/** The receipt, or a refusal that reveals nothing that came to others. */
export async function loadReceipt(ctx: Pick<Context<LetterHandle>, 'db' | 'actor' | 'scope'>, id: string) {
  const receipt = await findReceipt(ctx.db, ctx, id);
  if (!receipt) throw problem('thing.notFound', { what: '份来文' });
  return receipt;
}
