import type { Context } from '#core/access/serve.ts';
import type { Move, StepRequest, Workflow } from '#core/workflow/advance.act.ts';
import { type FilingStepAction, nextFilingState } from '#domain/filing/flow.ts';
import type { FilingState } from '#domain/filing/state.ts';
import { reopen, widens } from '#domain/flow/reopening.ts';
import { barredFilings, overtaken, recomputeBalance } from '../filing.act.ts';
import { contentHash, examine, subjectOf, valuesToApprove } from '../filing.shape.ts';
import { type FilingChange, keptOf, writeMoves } from '../filing.step.store.ts';
import { type FilingHandle, type FullFiling, lockFilings, recordOf } from '../filing.store.ts';

type Ctx = Context<FilingHandle>;
type Request = StepRequest<FilingStepAction>;

/** The names of the acts for audit and subscribers. */
const events: Readonly<Record<FilingStepAction, string>> = {
  submit: 'filing.submitted',
  withdraw: 'filing.withdrawn',
  return: 'filing.returned',
  approve: 'filing.approved',
  accept: 'filing.accepted',
  reopen: 'filing.reopened',
};

/** The states whose filings count for balance. */
const counted: ReadonlySet<FilingState> = new Set(['approved', 'accepted']);

/** Which acts on a filing sign it, begin it anew, and judge what others signed. */
export const filingSigning = {
  returns: ['return', 'reopen', 'withdraw'],
  signs: ['submit', 'approve', 'accept'],
  judging: ['return', 'approve', 'accept', 'reopen'],
} as const satisfies Workflow<FullFiling, FilingState, FilingStepAction, Ctx>['signing'];

/** How a filing moves: what each act gives it, and what follows. */
export const filingWorkflow: Workflow<FullFiling, FilingState, FilingStepAction, Ctx> = {
  what: '份填报',
  lock: (ctx, ids) => lockFilings(ctx.db, ctx.scope, ids),
  ask(ctx, filing, action) {
    const counts = action === 'submit' ? examine(filing).counts : undefined;
    return nextFilingState(action, subjectOf(filing, ctx.today, counts), ctx.actor);
  },
  barred: barredFilings,
  signing: filingSigning,
  overtaken,
  harmless: (filing, { action }) => widens({ open: filing.state === 'draft', openParts: filing.openFields }, action),
  apply: changesOf,
  write: (ctx, moves) => writeMoves(ctx.db, moves, ctx.now),
  keep: ({ row, set }) => keptOf(row, set),
  record: (_ctx, { row, to }, { action, reason, parts }) =>
    recordOf(row, events[action], {
      fields: [...(parts ?? ['state'])],
      before: { state: row.state },
      after: { state: to, ...(reason === undefined ? {} : { reason }) },
    }),
  follow: recompute,
};

function changesOf(ctx: Ctx, filing: FullFiling, request: Request, to: FilingState): FilingChange {
  switch (request.action) {
    case 'submit': {
      // Only the first submission can be late; a correction after a return does not make the filing late.
      const firstSubmittedOn = filing.submittedAt === null ? ctx.today : filing.firstSubmittedOn;
      return { submittedAt: ctx.now, firstSubmittedOn, contentHash: contentHash(filing) };
    }
    case 'withdraw':
      // A correction that is taken back is still that correction. Anything else was never submitted: otherwise a
      // submission that is taken back at once would hold the deadline open for ever.
      return {
        contentHash: null,
        ...(filing.returnedAt === null ? { submittedAt: null, firstSubmittedOn: null } : {}),
      };
    case 'return':
    case 'reopen': {
      // If a filing is sent back again while the school works on it, the open fields stay open.
      const { openParts, reason } = reopen(request, filing.state === 'draft' ? filing.openFields : null);
      const returned = { openFields: openParts && [...openParts], returnReason: reason, returnedAt: ctx.now };
      return { contentHash: null, ...returned, approvedAt: null, acceptedAt: null };
    }
    case 'approve': {
      const whole = { openFields: null, returnReason: null, returnedAt: null };
      const approved = { approvedAt: ctx.now, approved: valuesToApprove(filing), changedFields: 0 };
      return { ...approved, ...whole, ...(to === 'accepted' ? { acceptedAt: ctx.now } : {}) };
    }
    case 'accept':
      return { acceptedAt: ctx.now };
  }
}

/** A county is computed again when a filing begins or ceases to count; one job for each county, however many filings. */
export async function recompute(
  ctx: Ctx,
  moves: readonly Pick<Move<FullFiling, FilingState>, 'row' | 'to'>[],
): Promise<void> {
  const touched = new Map<string, { countyId: number; periodId: number }>();
  for (const { row, to } of moves) {
    if (counted.has(row.state) === counted.has(to)) continue;
    touched.set(`${row.placeId} ${row.periodId}`, { countyId: row.placeId, periodId: row.periodId });
  }
  for (const { countyId, periodId } of touched.values()) {
    await ctx.enqueue(recomputeBalance, { places: [countyId], countyId, periodId });
  }
}
