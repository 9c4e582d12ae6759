import { holder } from '#core/access/holder.ts';
import { isOfOpener } from '#domain/rectification/flow.ts';
import { loadFinding, loadFindingFor } from './finding.act.ts';
import type { FindingHandle } from './finding.store.ts';

/**
 * 佐证材料: whoever may attach by the flow does, and whoever reads a finding opens what hangs there. What is open to those who
 * judge alone is open to the level that opened the finding and the one above: a county that is inspected checks findings too,
 * but not these.
 */
export const findingHolder = holder<FindingHandle>({
  read: 'rectification.read',
  attach: ['rectification.plan', 'rectification.enter', 'rectification.check'],
  judges: ['rectification.check', 'rectification.close', 'rectification.prove', 'rectification.manage'],
  async may(ctx, findingId, act) {
    const finding = await (act === 'attach'
      ? loadFindingFor(ctx, findingId, 'attach')
      : loadFinding(ctx, findingId, []));
    return { ...finding, judged: isOfOpener(finding, ctx.actor) };
  },
});
