import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';
import { marksOf } from '#web/shared/desk/marks-of.ts';
import { since } from '#web/shared/desk/since.ts';
import { filingMarks } from './state-marks.ts';

const stateMarks = marksOf('filings', filingMarks);

export const words: DeskWords<keyof typeof stateMarks> = {
  stateMarks,
  stepWords: {
    'filings.period': {
      title: '开启首个学年',
      made: (count) => `${count} 个学年`,
      acts: {
        'period.manage': { verb: '开启学年', link: linkOptions({ to: '/filings/periods', search: { opening: true } }) },
      },
    },
  },
  workWords: {
    'filings.returned': {
      state: 'filings.returned',
      mark: '退回给我',
      of: '项',
      waited: since('退回'),
      verb: '去修改',
      link: linkOptions({ to: '/filings', search: { mark: 'returned' } }),
      open: filing,
    },
    'filings.fill': {
      state: 'filings.draft',
      mark: '待填写',
      of: '份资源数据',
      verb: '去填写',
      link: linkOptions({ to: '/filings', search: { mark: 'to-fill' } }),
      open: filing,
    },
    'filings.submit': {
      state: 'filings.draft',
      mark: '待提交',
      of: '份已填完，等校长提交',
      verb: '去提交',
      link: linkOptions({ to: '/filings', search: { state: 'draft' } }),
      open: filing,
    },
    'filings.review': {
      state: 'filings.submitted',
      mark: '待审核',
      of: '所学校的资源数据',
      waited: since('提交'),
      verb: '去审核',
      link: linkOptions({ to: '/filings/review' }),
      open: filing,
    },
    'filings.approve': {
      state: 'filings.submitted',
      mark: '待批准',
      of: '所学校的资源数据',
      waited: since('提交'),
      verb: '去批准',
      link: linkOptions({ to: '/filings/review' }),
      open: filing,
    },
    'filings.accept': {
      state: 'filings.approved',
      mark: '待接收',
      of: '个单位的填报',
      waited: since('批准'),
      verb: '去接收',
      link: linkOptions({ to: '/filings' }),
      open: filing,
    },
    'filings.doubt': {
      state: 'filings.doubt',
      mark: '有疑点',
      of: '份待审核的填报',
      verb: '去查看',
      link: linkOptions({ to: '/filings/review', search: { doubts: true } }),
      open: filing,
    },
    'filings.unfiled': {
      state: 'filings.late',
      mark: '逾期未报',
      of: '所学校',
      waited: (count) => `最长逾期 ${count} 天`,
      verb: '去催报',
      link: linkOptions({ to: '/filings', search: { mark: 'overdue' } }),
      open: filing,
    },
  },
  deadlineWords: {
    'filings.filing': {
      title: '填报截止',
      unit: '校',
      link: (unit) => linkOptions({ to: '/filings', search: { mark: 'owed', ...(unit === null ? {} : { unit }) } }),
    },
    'filings.acceptance': {
      title: '市级接收',
      unit: '校',
      link: (unit) => linkOptions({ to: '/filings', search: unit === null ? {} : { unit } }),
    },
  },
  noticeWords: { 'filing.reminder': '已被催报' },
  permissionWords: { filing: '数据填报', period: '填报周期' },
  schoolPanels: [
    {
      permission: 'filing.read',
      tab: { key: 'years', label: '历年数据' },
      schoolsOnly: true,
      load: () => import('../panel/SchoolYears.tsx'),
    },
  ],
  homePanels: [
    {
      shown: (figures) => (figures['filings.owed'] ?? 0) > 0,
      load: () => import('../panel/YearProgress.tsx'),
    },
  ],
};

function filing(filingId: string) {
  return linkOptions({ to: '/filings/$filingId', params: { filingId } });
}
