import { linkOptions } from '@tanstack/react-router';
import type { TrackStanding } from '#domain/balance-tracking/state.ts';
import type { DeskWords, WorkWords } from '#web/shared/desk/desk.ts';
import { marksOf } from '#web/shared/desk/marks-of.ts';
import { since } from '#web/shared/desk/since.ts';
import { trackMarks } from './state-marks.ts';

const stateMarks = marksOf('balance-tracking', trackMarks);
type State = keyof typeof stateMarks;

const overview = (standing?: TrackStanding) =>
  linkOptions({ to: '/tracking', search: standing === undefined ? {} : { standing } });
const track = (trackId: string) => linkOptions({ to: '/tracking/$trackId', params: { trackId } });

const line = (
  kind: string,
  standing: TrackStanding,
  given: Pick<WorkWords, 'mark' | 'of' | 'verb'>,
): Readonly<Record<string, WorkWords<State>>> => ({
  [`balance-tracking.${kind}`]: {
    ...{ state: `balance-tracking.${standing}`, ...given, waited: since('进入本环节') },
    ...{ link: overview(standing), open: track },
  },
});

export const words: DeskWords<State> = {
  stateMarks,
  actions: [
    {
      title: '录入省公布数据',
      terms: 'lurushenggongbushuju lrsgbsj',
      link: linkOptions({ to: '/tracking/figures' }),
      permission: 'tracking.manage',
    },
  ],
  fulfilLinks: {
    'balance-tracking.year': (unit, year) => linkOptions({ to: '/tracking', search: { unit, year } }),
  },
  workWords: {
    ...line('figures', 'opened', { mark: '省公布数据', of: '个县（市、区）待录入', verb: '去录入' }),
    ...line('request', 'data-received', { mark: '县级自评', of: '个县（市、区）待布置', verb: '去布置' }),
    ...line('review', 'submitted', { mark: '自评报告', of: '份待复核', verb: '去复核' }),
    ...line('list', 'city-reviewed', { mark: '问题清单', of: '个县（市、区）待列出', verb: '去列出' }),
    ...line('confirm', 'rectified', { mark: '整改完成', of: '个县（市、区）待确认', verb: '去确认' }),
    ...line('close', 'rectified-confirmed', { mark: '年度跟踪', of: '个县（市、区）待办结', verb: '去办结' }),
    ...line('report', 'self-report-due', { mark: '均衡自评', of: '份报告待填写', verb: '去填写' }),
    ...line('revise', 'returned', { mark: '均衡自评', of: '份报告待修改', verb: '去修改' }),
    ...line('submit', 'prepared', { mark: '均衡自评', of: '份报告待提交', verb: '去审核' }),
  },
  deadlineWords: {
    'balance-tracking.due': {
      title: '均衡跟踪时限',
      unit: '个',
      link: (_unit, year) => linkOptions({ to: '/tracking', search: year === null ? {} : { year } }),
    },
    'balance-tracking.planned': { title: '优质均衡计划年度', unit: '个', link: () => overview() },
  },
  noticeWords: {
    'balance-tracking.requested': '布置了均衡自评',
    'balance-tracking.revised': '更正了省公布数据',
    'balance-tracking.returned': '退回了均衡自评报告',
    'balance-tracking.accepted': '复核通过了均衡自评报告',
    'balance-tracking.reconsidered': '撤回了均衡自评报告的复核',
    'balance-tracking.listed': '列出了均衡问题清单',
    'balance-tracking.confirmed': '确认了均衡问题整改',
    'balance-tracking.closed': '办结了年度均衡跟踪',
    'balance-tracking.cancelled': '取消了年度均衡跟踪',
    'balance-tracking.undone': '撤销了均衡跟踪的办理',
    'balance-tracking.planned': '登记了优质均衡计划年度',
  },
  noticeLinks: {
    'balance-tracking.requested': track,
    'balance-tracking.revised': track,
    'balance-tracking.returned': track,
    'balance-tracking.accepted': track,
    'balance-tracking.reconsidered': track,
    'balance-tracking.listed': track,
    'balance-tracking.confirmed': track,
    'balance-tracking.closed': track,
    'balance-tracking.cancelled': track,
    'balance-tracking.undone': track,
    // Its subject is the planned year, which has no page of its own.
    'balance-tracking.planned': () => overview(),
  },
  permissionWords: { tracking: '均衡跟踪' },
  homePanels: [
    {
      shown: (figures) => (figures['balance-tracking.tracked'] ?? 0) > 0,
      load: () => import('../panel/TrackingStanding.tsx'),
    },
  ],
};
