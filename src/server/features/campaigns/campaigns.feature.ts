import type { Feature } from '#core/access/feature.ts';
import { evaluationFulfilmentTitles } from '#domain/evaluation/campaign/fulfilment.ts';
import { campaignNoticeTitles } from '#domain/evaluation/notice.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { campaignProblems } from '#domain/kit/problems/evaluation.ts';
import { campaignRevised } from './campaign.act.ts';
import { campaignQuotes } from './campaign.quote.store.ts';
import { campaignRoutes } from './campaign.routes.ts';
import {
  campaignDeadlines,
  campaignFigures,
  campaignFulfilment,
  campaignWork,
  campaignWorkKinds,
} from './campaign.work.store.ts';
import { campaignPasses, passFollows, passJobs } from './pass-work.job.ts';
import { seatRevised } from './seat.act.ts';
import { seatRoutes } from './seat.routes.ts';
import { campaignStepRoutes } from './step.routes.ts';

/** 督导评估项目: see README.md beside. */
export const campaignsFeature: Feature = {
  name: 'campaigns',
  auditWords: () => import('#contract/campaigns/audit.words.ts'),
  routes: [...campaignRoutes, ...campaignStepRoutes, ...seatRoutes],
  jobs: passJobs,
  follows: passFollows,
  passesWork: campaignPasses,
  tables: ['campaigns', 'campaign_steps', 'campaign_subjects', 'campaign_seats', 'campaign_avoidances'],
  views: ['campaign_days', 'campaign_slots', 'campaign_panel'],
  revised: [campaignRevised, seatRevised],
  work: { kinds: campaignWorkKinds, of: campaignWork },
  deadlines: { kinds: ['campaigns.step'], of: campaignDeadlines },
  figures: { kinds: ['campaigns.open', 'campaigns.confirmed'], of: campaignFigures },
  fulfils: { kinds: evaluationFulfilmentTitles, of: campaignFulfilment },
  problems: problemCodes(campaignProblems),
  notices: campaignNoticeTitles,
  quotes: campaignQuotes,
  sample: () => import('#sample/campaigns/campaigns.sample.ts'),
};
