import { remind } from '#contract/campaigns/campaigns.ts';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import type { Campaign, MatrixRow } from '../campaign-reply.ts';
import { useCampaignAct } from '../useCampaignAct.ts';

/** Reminds the chosen subjects, or all, after it was asked once more. */
export function useRemind({ id, revision, subjects }: Campaign) {
  const reminding = useCampaignAct(remind, { done: '已发出提醒' });
  return {
    busy: reminding.busy,
    act: async (chosen: readonly MatrixRow[] | null) => {
      const yes = await confirm({
        title: chosen === null ? '提醒没有办完当前步骤的对象？' : `提醒选定的 ${chosen.length} 个对象？`,
        text: `站内通知发给${chosen === null ? `${subjects} 个对象中没有办完的` : '其中没有办完当前步骤的'}，已办完的不打扰。`,
        verb: '发出提醒',
      });
      if (!yes) return undefined;
      const evaluationIds = chosen?.map(({ evaluationId }) => evaluationId) ?? null;
      return reminding.act({ params: { campaignId: id }, body: { revision, evaluationIds } });
    },
  };
}
