import type * as filings from '#contract/filings/filings.ts';
import type { RouteInput } from '#contract/route.ts';
import type { Context } from '#core/access/serve.ts';
import type { Advanced } from '#core/workflow/advance.act.ts';
import { type Undoing, undoAll } from '#core/workflow/undo.act.ts';
import { holds } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { filingActionTitles } from '#domain/filing/flow.ts';
import type { FilingState } from '#domain/filing/state.ts';
import { barredFilings } from '../filing.act.ts';
import { writeStandings } from '../filing.step.store.ts';
import { type FilingHandle, type FullFiling, recordOf } from '../filing.store.ts';
import { filingWorkflow, recompute } from './step.act.ts';

type Ctx = Context<FilingHandle>;
type Undone = RouteInput<typeof filings.undo>['body'];

/** Whoever takes an act back could do it now: a token that may only read cannot, and neither can whose right has ended. */
const needed: Readonly<Record<Undone['action'], Permission>> = {
  submit: 'filing.submit',
  withdraw: 'filing.submit',
  return: 'filing.return',
  check: 'filing.return',
  uncheck: 'filing.return',
  approve: 'filing.approve',
  accept: 'filing.accept',
  reopen: 'filing.reopen',
};

/**
 * Takes the last act on these filings back. A filing whose time has run out in between goes back all the same: it becomes
 * what it was a minute ago.
 */
export function undo(ctx: Ctx, { action, filingIds }: Undone): Promise<Advanced<FullFiling>> {
  ctx.authorize(holds(ctx.actor, needed[action]));
  const title = filingActionTitles[action];
  const moves = action !== 'check' && action !== 'uncheck';
  const undoing: Undoing<FullFiling, FilingState, Ctx> = {
    lock: filingWorkflow.lock,
    nameOf: ({ name }) => `“${name}”的填报`,
    barred: barredFilings,
    write: (_ctx, backs) => writeStandings(ctx.db, backs, moves ? ctx.now : null),
    record: (_ctx, { row, to, values }) =>
      recordOf(row, 'filing.undone', {
        fields: [moves ? 'state' : 'checkedBy'],
        before: moves ? { state: row.state } : { checkedBy: row.checkedBy },
        after: { ...(moves ? { state: to } : { checkedBy: values.checkedBy }), undone: title },
      }),
    follow: recompute,
  };
  return undoAll(ctx, undoing, filingIds, { action, title, notFound: '份填报' });
}
