import { advance, type Workflow } from '#core/workflow/advance.act.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { type CampaignStepAction, nextCampaignState } from '#domain/evaluation/campaign/campaign-flow.ts';
import type { CampaignState } from '#domain/evaluation/lists.ts';
import {
  type CampaignContext,
  campaignWord,
  lacksOf,
  loadCampaign,
  lockedCampaign,
  overtaken,
  recordOf,
  stateWords,
  stepEvents,
  subjectOf,
} from './campaign.act.ts';
import { type Campaign, type CampaignChange, listDays, updateCampaign } from './campaign.store.ts';

/** The acts that lead to another state. */
export type CampaignMove = Extract<CampaignStepAction, 'open' | 'close' | 'cancel'>;

/** How a campaign opens and ends. Nobody judges another's signature: it is an act of the office. */
function workflowOf(
  brought: CampaignChange,
  facts: Pick<Awaited<ReturnType<typeof subjectOf>>, 'lacks' | 'openEvaluations'>,
): Workflow<Campaign, CampaignState, CampaignMove, CampaignContext> {
  return {
    what: campaignWord,
    signing: null,
    async lock(ctx, [id]) {
      return [await lockedCampaign(ctx, id ?? '')];
    },
    ask: (ctx, { state, placeId }, action) => nextCampaignState(action, { state, placeId, ...facts }, ctx.actor),
    overtaken,
    apply: (_ctx, _row, { reason }, to) => (to === 'cancelled' ? { reason: reason ?? null } : {}),
    async write(ctx, moves) {
      const [move] = moves;
      if (!move) return [];
      const ends = move.to === 'closed' || move.to === 'cancelled' ? { closedAt: ctx.now } : {};
      const { reason } = move.set;
      const change: CampaignChange = { ...brought, ...ends, state: move.to, ...(reason ? { reason } : {}) };
      const revision = await updateCampaign(ctx.db, move.row, change, ctx.now);
      return [{ id: move.row.id, state: move.to, revision, ...(reason ? { reason } : {}) }];
    },
    record: (_ctx, { row, to }, { action, reason }) =>
      recordOf(row, stepEvents[action], {
        before: stateWords(row.state),
        after: { ...stateWords(to), ...(reason === undefined ? {} : { reason }) },
      }),
  };
}

/** One step of a campaign to another state. */
export async function step(
  ctx: CampaignContext,
  id: string,
  request: { readonly revision: number; readonly action: CampaignMove; readonly reason?: string },
  brought: CampaignChange = {},
): Promise<Campaign> {
  const { revision, action, reason } = request;
  const campaign = await loadCampaign(ctx, id);
  const { openEvaluations } = await subjectOf(ctx, campaign, { open: action === 'close' });
  const lacks = action === 'open' ? await lacksOf(ctx, campaign, await listDays(ctx.db, campaign)) : [];
  return advance(ctx, workflowOf(brought, { lacks, openEvaluations }), id, revision, {
    action,
    ...(reason === undefined ? {} : { reason }),
  });
}

/** A step that leaves the state as it is: extending, moving evaluations on, reminding. */
export async function note(
  ctx: CampaignContext,
  campaign: Campaign,
  done: { readonly action: Exclude<CampaignStepAction, CampaignMove>; readonly reason?: string },
  after: Record<string, unknown>,
  set: CampaignChange = {},
): Promise<{ id: string; state: CampaignState; revision: number }> {
  const revision = await updateCampaign(ctx.db, campaign, set, ctx.now);
  const { state } = campaign;
  await writeSteps(ctx.db, [{ subject: campaign, from: state, to: state }], {
    ...{ action: done.action, actor: ctx.actor, at: ctx.now },
    ...(done.reason === undefined ? {} : { reason: done.reason }),
  });
  await ctx.record(recordOf(campaign, stepEvents[done.action], { after }));
  return { id: campaign.id, state, revision };
}
