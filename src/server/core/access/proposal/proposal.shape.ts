import type { ProposalRow } from './proposal.store.ts';

/** Who proposed and who decided, as the contract says it (`proposal.shape.ts`). */
export function presentProposal(row: ProposalRow) {
  return {
    proposedBy: row.proposerName,
    proposedAt: row.proposedAt.toISOString(),
    decidedBy: row.deciderName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    reason: row.reason,
  };
}
