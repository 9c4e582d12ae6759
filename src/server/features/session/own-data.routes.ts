import * as ownData from '#contract/session/own-data.ts';
import { personRevised } from '#core/access/account/account-changes.store.ts';
import {
  findOwnAccount,
  findOwnData,
  type OwnDataHandle,
  updateOwnPhone,
} from '#core/access/account/own-data.store.ts';
import { ownDataReply } from '#core/access/account/own-data.workbook.ts';
import { serving } from '#core/access/serve.ts';
import { changedMeanwhile } from '#core/audit/last-change.ts';
import { problem } from '#domain/kit/problem.ts';
import { recordOfOwn } from './session.act.ts';

const on = serving<OwnDataHandle>();

/** What is kept of the person who asks. */
export const ownDataRoutes = [
  on(ownData.readOwn, async (ctx) => {
    const { phone, revision } = found(await findOwnAccount(ctx.db, ctx.actor.userId));
    return { phone, revision };
  }),

  on(ownData.correctOwn, async (ctx, { body }) => {
    const { id, phone } = found(await findOwnAccount(ctx.db, ctx.actor.userId));
    const corrected = body.phone || null;
    if (!(await updateOwnPhone(ctx.db, id, { phone: corrected, revision: body.revision, now: ctx.now }))) {
      throw await changedMeanwhile(ctx, '这个账户', { id }, personRevised);
    }
    if (corrected === phone) throw problem('thing.nothingChanges', { what: '电话' });
    const changed = { before: { phone }, after: { phone: corrected } };
    await ctx.record(recordOfOwn(id, 'person.updated', changed));
    return { done: true as const };
  }),

  on(ownData.exportOwn, async (ctx) => {
    const data = found(await findOwnData(ctx.db, ctx.actor.userId));
    await ctx.record(recordOfOwn(data.account.id, 'person.dataExported'));
    return ownDataReply(data, ctx.now, ctx.actor.userId);
  }),
];

function found<Kept>(kept: Kept | undefined): Kept {
  if (kept === undefined) throw problem('thing.notFound', { what: '账户' });
  return kept;
}
