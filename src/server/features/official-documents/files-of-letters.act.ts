import { holder } from '#core/access/holder.ts';
import { problem } from '#domain/kit/problem.ts';
import { loadLetter, loadLetterFor } from './letter.act.ts';
import type { LetterHandle } from './letter.store.ts';
import { loadReceipt } from './receipt/receipt.act.ts';

/** 附件, and the frozen files: whoever drafts brings the ones, the program the others; an issued letter is read only. */
export const letterHolder = holder<LetterHandle>({
  read: 'letter.read',
  attach: ['letter.draft'],
  judges: ['letter.check', 'letter.sign'],
  byFew: true,
  async may(ctx, letterId, act) {
    return act === 'attach' ? loadLetterFor(ctx, letterId, 'attach') : loadLetter(ctx, letterId);
  },
});

/** What came with a letter; nobody adds to it, and nobody who got it judges it: what is open to few is closed there. */
export const receiptHolder = holder<LetterHandle>({
  read: 'letter.receive',
  attach: ['letter.receive'],
  judges: [],
  byFew: true,
  async may(ctx, receiptId, act) {
    const receipt = await loadReceipt(ctx, receiptId);
    const notYours = { what: '份来文的附件', action: '增减', whose: '来文单位' };
    ctx.authorize(act === 'read', problem('flow.notYours', notYours));
    return receipt;
  },
});
