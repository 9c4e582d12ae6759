import type { FilingDetail } from '../filing-drafts.ts';

/**
 * Whether a decision stands that no post can answer with a return: it was accepted, or the whole of it is with the
 * school again. What a reviewer wrote for a return is then of no use. A filing that the school took back by itself
 * comes again.
 */
export function isDecided({ state, returned, steps }: Pick<FilingDetail, 'state' | 'returned' | 'steps'>): boolean {
  if (state === 'accepted') return true;
  const sentBack = steps.findLast(({ action }) => action === 'return' || action === 'reopen');
  return state === 'draft' && returned && sentBack?.fields === null;
}
