import { holder } from '#core/access/holder.ts';
import { loadFiling, loadFilingFor } from '../filing.act.ts';
import type { FilingHandle } from '../filing.store.ts';

/** 佐证材料: whoever may fill a filing now attaches to it, and whoever reads it opens what hangs there. */
export const filingHolder = holder<FilingHandle>({
  read: 'filing.read',
  attach: ['filing.fill'],
  judges: ['filing.sign', 'filing.return', 'filing.approve', 'filing.accept'],
  async may(ctx, filingId, act) {
    return act === 'attach' ? loadFilingFor(ctx, filingId, 'fill') : loadFiling(ctx, filingId);
  },
});
