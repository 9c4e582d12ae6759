import type { Holder } from '#core/access/holder.ts';
import type { Context } from '#core/access/serve.ts';
import { problem } from '#domain/kit/problem.ts';
import { loadLetter, loadLetterFor } from './letter.act.ts';
import type { LetterHandle } from './letter.store.ts';
import { loadReceipt } from './receipt/receipt.act.ts';

/** 附件, and the frozen files: whoever drafts brings the ones, the program the others; an issued letter is read only. */
export const letterHolder: Holder = {
  read: 'letter.read',
  attach: ['letter.draft'],
  judges: ['letter.check', 'letter.sign'],
  byFew: true,
  async may(given, letterId, act) {
    // The core knows no feature's handle.
    const ctx = given as unknown as Context<LetterHandle>;
    return act === 'attach' ? loadLetterFor(ctx, letterId, 'attach') : loadLetter(ctx, letterId);
  },
};

/** What came with a letter; nobody adds to it, and nobody who got it judges it: what is open to few is closed there. */
export const receiptHolder: Holder = {
  read: 'letter.receive',
  attach: ['letter.receive'],
  judges: [],
  byFew: true,
  async may(given, receiptId, act) {
    const ctx = given as unknown as Context<LetterHandle>;
    const receipt = await loadReceipt(ctx, receiptId);
    const notYours = { what: '份来文的附件', action: '增减', whose: '来文单位' };
    ctx.authorize(act === 'read', problem('flow.notYours', notYours));
    return receipt;
  },
};
