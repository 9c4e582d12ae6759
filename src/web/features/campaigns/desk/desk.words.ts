import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';
import { marksOf } from '#web/shared/desk/marks-of.ts';
import { since } from '#web/shared/desk/since.ts';
import { campaignMarks } from './state-marks.ts';

const stateMarks = marksOf('campaigns', campaignMarks);
type State = keyof typeof stateMarks;

const campaign = (campaignId: string) => linkOptions({ to: '/campaigns/$campaignId', params: { campaignId } });
/** The late evaluations of one campaign in its matrix, where they are reminded. */
const lateOf = (campaignId: string) =>
  linkOptions({ to: '/campaigns/$campaignId', params: { campaignId }, search: { late: true } });
/** Whoever has a seat reads evaluations, and seldom the campaign itself. */
const evaluationsOf = (campaignId: string) => linkOptions({ to: '/evaluations', search: { campaign: campaignId } });

export const words: DeskWords<State> = {
  stateMarks,
  actions: [
    {
      title: '新建督导评估项目',
      terms: 'xinjiandudaopingguxiangmu xjddpgxm xjpg kaiqi duixiandudao',
      link: linkOptions({ to: '/campaigns/new', search: {} }),
      permission: 'campaign.manage',
    },
  ],
  finders: [{ permission: 'campaign.read', load: () => import('./campaign-finder.ts') }],
  workWords: {
    'campaigns.late': {
      ...{ state: 'campaigns.late', mark: '评估逾期', of: '个评估对象没有按时办完当前步骤' },
      ...{ waited: (days) => `最长逾期 ${days} 天`, verb: '查看逾期' },
      ...{ link: linkOptions({ to: '/evaluations', search: { late: true } }), open: lateOf },
    },
    'campaigns.draft': {
      ...{ state: 'campaigns.draft', mark: '草稿', of: '个评估项目还没有开启', waited: since('新建'), verb: '去开启' },
      ...{ link: linkOptions({ to: '/campaigns', search: { state: 'draft' } }), open: campaign },
    },
    'campaigns.ended': {
      ...{ state: 'campaigns.ended', mark: '待结束', of: '个评估项目的对象都已办结', verb: '去结束' },
      ...{ link: linkOptions({ to: '/campaigns', search: { ended: true } }), open: campaign },
    },
  },
  deadlineWords: {
    'campaigns.step': {
      title: '项目步骤到期',
      unit: '步',
      of: '个项目',
      link: () => linkOptions({ to: '/campaigns', search: { state: 'open' } }),
    },
  },
  fulfilLinks: {
    'campaigns.county-inspection': (unit, year) =>
      linkOptions({ to: '/evaluations', search: { unit, year, ofYear: true, kind: 'county-inspection' } }),
    'campaigns.school-evaluation': (unit, year) =>
      linkOptions({ to: '/evaluations', search: { unit, year, ofYear: true, kind: 'school-evaluation' } }),
  },
  noticeWords: {
    'campaign.seatGiven': '安排您进入督导组',
    'campaign.seatChanged': '调整了您在督导组的分工',
    'campaign.seatEnded': '结束了您在督导组的工作',
    'campaign.opened': '督导评估项目已开启',
    'campaign.cancelled': '取消了督导评估项目',
    'campaign.passed': '更换了督导评估项目的经办人',
    'campaign.severalPassed': '更换了督导评估项目的经办人',
  },
  noticeLinks: {
    'campaign.seatGiven': evaluationsOf,
    'campaign.seatChanged': evaluationsOf,
    'campaign.seatEnded': evaluationsOf,
    'campaign.opened': evaluationsOf,
    'campaign.cancelled': evaluationsOf,
  },
  subjectLinks: { campaign },
  permissionWords: { campaign: '评估项目' },
  homePanels: [
    {
      shown: (figures) => (figures['campaigns.open'] ?? 0) + (figures['campaigns.confirmed'] ?? 0) > 0,
      load: () => import('../panel/CampaignStanding.tsx'),
    },
  ],
};
