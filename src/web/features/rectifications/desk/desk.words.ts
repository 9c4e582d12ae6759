import { linkOptions } from '@tanstack/react-router';
import type { WaitingKind } from '#domain/rectification/waiting.ts';
import type { DeskWords, WorkWords } from '#web/shared/desk/desk.ts';
import { marksOf } from '#web/shared/desk/marks-of.ts';
import { since } from '#web/shared/desk/since.ts';
import { findingMarks } from './state-marks.ts';

const stateMarks = marksOf('rectifications', findingMarks);
type State = keyof typeof stateMarks;

const waiting = (kind: WaitingKind) => linkOptions({ to: '/findings', search: { waiting: kind } });
const finding = (findingId: string) => linkOptions({ to: '/findings/$findingId', params: { findingId } });

const line = (
  kind: WaitingKind,
  state: State,
  given: Pick<WorkWords, 'mark' | 'of' | 'verb'> & Partial<Pick<WorkWords, 'waited'>>,
): Readonly<Record<string, WorkWords<State>>> => ({
  [`rectifications.${kind}`]: { state, ...given, link: waiting(kind), open: finding },
});

export const words: DeskWords<State> = {
  stateMarks,
  actions: [
    {
      title: '录入问题',
      terms: 'luruwenti lrwt zhenggai zg',
      link: linkOptions({ to: '/findings', search: { entering: true } }),
      permission: 'rectification.enter',
    },
  ],
  fulfilLinks: {
    'rectifications.ledger': (unit, year) =>
      linkOptions({ to: '/findings', search: { unit, year, ofYear: true, standing: true } }),
  },
  finders: [{ permission: 'rectification.read', load: () => import('./finding-finder.ts') }],
  workWords: {
    ...line('urgent', 'rectifications.urgent', {
      ...{ mark: '紧急隐患', of: '处，等本级人员签收', waited: since('发现'), verb: '去签收' },
    }),
    ...line('raised', 'rectifications.late', {
      ...{ mark: '逾期升级', of: '个问题', waited: (days) => `最长逾期 ${days} 天`, verb: '去督办' },
    }),
    ...line('notice', 'rectifications.found', {
      ...{ mark: '待下发', of: '个问题', waited: since('发现'), verb: '去下发' },
    }),
    ...line('overdue', 'rectifications.late', {
      ...{ mark: '整改逾期', of: '个问题', waited: (days) => `最长逾期 ${days} 天`, verb: '去办理' },
    }),
    ...line('plan', 'rectifications.noticed', {
      ...{ mark: '待制定措施', of: '个问题', waited: since('下发'), verb: '去制定' },
    }),
    ...line('report', 'rectifications.planned', { mark: '整改中', of: '个问题，完成后请报告', verb: '去报告' }),
    ...line('decide', 'rectifications.asked', { mark: '申请延期', of: '份，等您审批', verb: '去审批' }),
    ...line('check', 'rectifications.done', {
      ...{ mark: '待核查', of: '个问题', waited: since('报告'), verb: '去核查' },
    }),
    ...line('close', 'rectifications.checked', {
      ...{ mark: '待销号', of: '个问题', waited: since('核查'), verb: '去销号' },
    }),
    ...line('prove', 'rectifications.toProve', { mark: '待复查', of: '个已销号的问题', verb: '去复查' }),
    'rectifications.toCheck': {
      ...{ state: 'rectifications.done', mark: '待核查', of: '个问题已报告，等核查', waited: since('报告') },
      ...{ verb: '查看', link: linkOptions({ to: '/findings', search: { state: 'done' } }) },
    },
  },
  deadlineWords: {
    'rectifications.due': {
      title: '整改到期',
      unit: '个',
      link: (unit) => linkOptions({ to: '/findings', search: { open: true, ...(unit === null ? {} : { unit }) } }),
    },
  },
  noticeWords: {
    'rectification.notice': '下发了整改问题',
    'rectification.notices': '下发了多个整改问题',
    'rectification.cancelled': '撤销了整改问题',
    'rectification.handedOver': '移交了整改问题',
    'rectification.extension': '答复了延期申请',
    'rectification.extensionWithdrawn': '撤回了延期申请',
    'rectification.drawCancelled': '撤销了复查抽取',
    'rectification.raised': '整改超期，已上报',
    'rectification.danger': '紧急隐患，须立即处置',
    'rectification.schoolEnded': '撤并学校有未办结的问题',
    'rectification.schoolEndedSeveral': '撤并学校有多个未办结的问题',
    'rectification.passed': '转入学校有未办结的问题',
    'rectification.dutyPassed': '更换了整改责任人',
    'rectification.dutiesPassed': '更换了整改责任人',
  },
  subjectLinks: { finding },
  noticeLinks: {
    'rectification.notice': finding,
    'rectification.notices': () => linkOptions({ to: '/findings', search: { state: 'noticed' } }),
    'rectification.cancelled': finding,
    'rectification.handedOver': finding,
    'rectification.extension': finding,
    'rectification.extensionWithdrawn': finding,
    'rectification.drawCancelled': (draw) => linkOptions({ to: '/findings/reproofs', search: { draw } }),
    'rectification.raised': finding,
    'rectification.danger': finding,
    'rectification.schoolEnded': finding,
    'rectification.schoolEndedSeveral': () => linkOptions({ to: '/findings', search: { open: true } }),
    // The copy of a finding that another county goes on with has no page of its own: it stands above the list.
    'rectification.passed': () => linkOptions({ to: '/findings', search: {} }),
    'rectification.dutyPassed': finding,
    'rectification.dutiesPassed': () => linkOptions({ to: '/findings', search: { open: true } }),
  },
  permissionWords: { rectification: '整改台账' },
  schoolPanels: [
    {
      permission: 'rectification.read',
      tab: { key: 'findings', label: '问题整改' },
      load: () => import('../panel/SchoolFindings.tsx'),
    },
  ],
  homePanels: [
    {
      shown: (figures) => (figures['rectifications.found'] ?? 0) > 0,
      load: () => import('../panel/LedgerStanding.tsx'),
    },
  ],
};
