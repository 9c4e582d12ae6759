import { type FeatureJob, type Following, following } from '#core/access/feature.ts';
import { type PassesWork, workPassed } from '#core/access/pass-work.ts';
import { passing } from '#core/workflow/pass-work.act.ts';
import { recordOf } from './campaign.act.ts';
import type { CampaignHandle } from './campaign.store.ts';
import { passCampaigns } from './campaigns.jobs.ts';
import { openCampaigns, organisedKind, type PassedCampaign, writePassedCampaigns } from './pass-work.store.ts';

/** What of a person passes to another: the campaigns that the person organises. A seat is the person's own and passes to nobody. */
export const campaignPasses: PassesWork = {
  kinds: {
    [organisedKind]: {
      title: '经办的督导评估项目（没有结束的）',
      fits: ({ reach, permissions }) => reach === 'city' && permissions.includes('campaign.manage'),
    },
  },
  of: openCampaigns,
};

export const passJobs: readonly FeatureJob[] = [
  passing<PassedCampaign, CampaignHandle>(passCampaigns, {
    ...{ kind: organisedKind, as: '经办人', notices: { one: 'campaign.passed', several: 'campaign.severalPassed' } },
    write: async (db, handed, now) => (handed.schoolId === null ? await writePassedCampaigns(db, handed, now) : []),
    record: (campaign, { from, to }) =>
      recordOf(campaign, 'workPassed', { before: { organiser: from }, after: { organiser: to } }),
  }),
];

export const passFollows: readonly Following[] = [following(workPassed, passCampaigns)];
