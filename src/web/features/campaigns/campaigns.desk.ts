import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { campaignListSearch, campaignSearch, newCampaignSearch } from './campaign.search.ts';

const pages = [
  page({
    path: '/campaigns',
    title: '评估项目',
    terms: 'pingguxiangmu pgxm dudaopinggu ddpg duixiandudao dxdd',
    permission: 'campaign.read',
    year: null,
    search: campaignListSearch,
    load: () => import('./list/CampaignList.tsx'),
  }),
  page({
    path: '/campaigns/new',
    title: '新建评估项目',
    terms: 'xinjianpingguxiangmu xjpgxm',
    permission: 'campaign.manage',
    year: null,
    search: newCampaignSearch,
    load: () => import('./draft/NewCampaign.tsx'),
  }),
  page({
    path: '/campaigns/$campaignId',
    title: '评估项目',
    permission: 'campaign.read',
    year: null,
    search: campaignSearch,
    load: () => import('./page/CampaignPage.tsx'),
  }),
] as const;

export const campaignsDesk: Desk<typeof pages> = {
  name: 'campaigns',
  pages,
  menu: { group: '督政', order: 20, label: '督导评估' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/campaigns/audit.words.ts'),
};
