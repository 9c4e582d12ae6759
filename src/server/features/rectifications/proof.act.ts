import type { Holder } from '#core/access/holder.ts';
import type { Context } from '#core/access/serve.ts';
import { isOfOpener } from '#domain/rectification/flow.ts';
import { loadFinding, loadFindingFor } from './finding.act.ts';
import type { FindingHandle } from './finding.store.ts';

/**
 * 佐证材料: whoever may attach by the flow does, and whoever reads a finding opens what hangs there. What is open to those who
 * judge alone is open to the level that opened the finding and the one above: a county that is inspected checks findings too,
 * but not these.
 */
export const findingHolder: Holder = {
  read: 'rectification.read',
  attach: ['rectification.plan', 'rectification.enter', 'rectification.check'],
  judges: ['rectification.check', 'rectification.close', 'rectification.prove', 'rectification.manage'],
  async may(given, findingId, act) {
    // The core knows no feature's handle.
    const ctx = given as unknown as Context<FindingHandle>;
    const finding = await (act === 'attach'
      ? loadFindingFor(ctx, findingId, 'attach')
      : loadFinding(ctx, findingId, []));
    return { ...finding, judged: isOfOpener(finding, ctx.actor) };
  },
};
