import type { Holder } from '#core/access/holder.ts';
import type { Context } from '#core/access/serve.ts';
import { loadFinding, loadFindingFor } from './finding.act.ts';
import type { FindingHandle } from './finding.store.ts';

/** 佐证材料: whoever may attach by the flow does, and whoever reads a finding opens what hangs there. */
export const findingHolder: Holder = {
  read: 'rectification.read',
  attach: ['rectification.plan', 'rectification.enter', 'rectification.check'],
  judges: ['rectification.check', 'rectification.close', 'rectification.prove', 'rectification.manage'],
  async may(given, findingId, act) {
    // The core knows no feature's handle.
    const ctx = given as unknown as Context<FindingHandle>;
    return act === 'attach' ? loadFindingFor(ctx, findingId, 'attach') : loadFinding(ctx, findingId);
  },
};
