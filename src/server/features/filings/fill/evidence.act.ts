import type { Holder } from '#core/access/holder.ts';
import type { Context } from '#core/access/serve.ts';
import { loadFiling, loadFilingFor } from '../filing.act.ts';
import type { FilingHandle } from '../filing.store.ts';

/** 佐证材料: whoever may fill a filing now attaches to it, and whoever reads it opens what hangs there. */
export const filingHolder: Holder = {
  read: 'filing.read',
  attach: ['filing.fill'],
  judges: ['filing.sign', 'filing.return', 'filing.approve', 'filing.accept'],
  async may(given, filingId, act) {
    // The core knows no feature's handle.
    const ctx = given as unknown as Context<FilingHandle>;
    return act === 'attach' ? loadFilingFor(ctx, filingId, 'fill') : loadFiling(ctx, filingId);
  },
};
