import * as ownData from '#contract/session/own-data.ts';
import { personRevised, updateMobileAsked } from '#core/access/account/account-changes.store.ts';
import { findPerson } from '#core/access/account/accounts.store.ts';
import {
  findOwnAccount,
  findOwnData,
  type OwnDataHandle,
  updateOwnPhone,
} from '#core/access/account/own-data.store.ts';
import { ownDataReply } from '#core/access/account/own-data.workbook.ts';
import { assertOwnPassword, signedPerson } from '#core/access/password/own-password.ts';
import { serveRaw, serving } from '#core/access/serve.ts';
import { sourceOf, writing } from '#core/access/sign-in/proof.ts';
import { recordAudit } from '#core/audit/audit.store.ts';
import { changedMeanwhile } from '#core/audit/last-change.ts';
import { maskedMobile } from '#domain/access/mobile.ts';
import { problem } from '#domain/kit/problem.ts';
import { proofRequestOf, recordOfOwn } from './session.act.ts';

const on = serving<OwnDataHandle>();

/** What is kept of the person who asks. */
export const ownDataRoutes = [
  on(ownData.readOwn, async (ctx) => {
    const { phone, mobile, mobileAsked, revision } = found(await findOwnAccount(ctx.db, ctx.actor.userId));
    const masked = (number: string | null) => (number === null ? null : maskedMobile(number));
    return { phone, mobile: masked(mobile), mobileAsked: masked(mobileAsked), revision };
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

  // The answer is the same whether the number is free or not: whose it is, only the 安全管理员 learns.
  serveRaw(ownData.askMobile, async (raw, { body: { mobile, password } }) => {
    const request = proofRequestOf(raw);
    const signed = signedPerson(raw.signed);
    const { userId } = signed.actor;
    await assertOwnPassword(request, signed, password);
    await writing(request, async (db) => {
      const person = found(await findPerson(db, userId, true));
      const stands = mobile === null ? person.mobile === null && person.mobileAsked === null : person.mobile === mobile;
      if (stands || (mobile !== null && person.mobileAsked === mobile)) {
        throw problem('thing.nothingChanges', { what: '手机号' });
      }
      await updateMobileAsked(db, userId, mobile, raw.now);
      await recordAudit(
        db,
        sourceOf(request, signed.actor),
        recordOfOwn(userId, 'person.mobileAsked', {
          before: { mobileAsked: person.mobileAsked && maskedMobile(person.mobileAsked) },
          after: { mobileAsked: mobile && maskedMobile(mobile) },
        }),
      );
    });
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
