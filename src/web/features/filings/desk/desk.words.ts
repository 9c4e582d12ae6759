import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';
import { marksOf } from '#web/shared/desk/marks-of.ts';
import { since } from '#web/shared/desk/since.ts';
import { filingMarks } from './state-marks.ts';

const stateMarks = marksOf('filings', filingMarks);

export const words: DeskWords<keyof typeof stateMarks> = {
  stateMarks,
  actions: [
    {
      title: '催报',
      terms: 'cuibao cb tixing',
      link: linkOptions({ to: '/filings', search: { mark: 'owed' } }),
      ofUnit: true,
      permission: 'filing.remind',
    },
    {
      title: '开启学年',
      terms: 'kaiqixuenian kqxn tianbaozhouqi',
      link: linkOptions({ to: '/filings/periods', search: { opening: true } }),
      permission: 'period.manage',
    },
  ],
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
      link: linkOptions({ to: '/filings', search: { situation: 'returned' } }),
      open: filing,
    },
    'filings.fill': {
      state: 'filings.draft',
      mark: '待填写',
      of: '份资源数据',
      verb: '去填写',
      link: linkOptions({ to: '/filings', search: { mark: 'owed' } }),
      open: filing,
      second: { verb: '导入 Excel', permission: 'filing.fill', link: linkOptions({ to: '/filings/import' }) },
    },
    'filings.submit': {
      state: 'filings.draft',
      mark: '待提交',
      of: '份已填齐，可以提交',
      verb: '去提交',
      link: linkOptions({ to: '/filings', search: { situation: 'draft' } }),
      open: filing,
    },
    'filings.review': {
      state: 'filings.submitted',
      mark: '待审核',
      of: '所学校的资源数据',
      waited: since('提交'),
      verb: '去审核',
      link: linkOptions({ to: '/filings/review', search: { checked: 'no' } }),
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
    'filings.checked': {
      state: 'filings.checked',
      mark: '已核过',
      of: '所，等您批准',
      part: (count) => `其中已核过 ${count} 所`,
      waited: since('核过'),
      verb: '去批准',
      link: linkOptions({ to: '/filings/review', search: { checked: 'yes' } }),
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
      of: '份待审核的填报，还没有人核过',
      part: (count) => `其中有疑点、尚未核过 ${count} 所`,
      verb: '去查看',
      link: linkOptions({ to: '/filings/review', search: { doubts: true, checked: 'no' } }),
      open: filing,
    },
    'filings.unfiled': {
      state: 'filings.overdue',
      mark: '逾期未报',
      of: '所学校',
      waited: (count) => `最长逾期 ${count} 天`,
      verb: '去催报',
      link: linkOptions({ to: '/filings', search: { mark: 'to-remind' } }),
      open: filing,
    },
    'filings.comments': {
      state: 'filings.comment',
      mark: '有批注',
      of: '份填报的批注等您答复',
      waited: since('写下'),
      verb: '去查看',
      link: linkOptions({ to: '/filings', search: { mark: 'comments' } }),
      open: filing,
    },
    'filings.toSubmit': {
      state: 'filings.draft',
      mark: '待提交',
      of: '份已填齐，请校长提交',
      verb: '查看',
      link: linkOptions({ to: '/filings' }),
      open: filing,
    },
    'filings.toExtend': {
      state: 'filings.overdue',
      mark: '待延期',
      of: '份已填齐，但已过期限，请审核单位延期',
      verb: '查看',
      link: linkOptions({ to: '/filings' }),
      open: filing,
    },
    'filings.toReview': {
      state: 'filings.submitted',
      mark: '待审核',
      of: '份已提交，等审核单位办理',
      waited: since('提交'),
      verb: '查看',
      link: linkOptions({ to: '/filings' }),
      open: filing,
    },
    'filings.toApprove': {
      state: 'filings.checked',
      mark: '待批准',
      of: '所已核过，等批准',
      waited: since('核过'),
      verb: '查看',
      link: linkOptions({ to: '/filings/review', search: { checked: 'yes' } }),
      open: filing,
    },
    'filings.toAccept': {
      state: 'filings.approved',
      mark: '待接收',
      of: '所已批准，等市级接收',
      waited: since('批准'),
      verb: '查看',
      link: linkOptions({ to: '/filings', search: { situation: 'approved' } }),
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
      title: '县级报送截止',
      unit: '校',
      link: (unit) => linkOptions({ to: '/filings', search: unit === null ? {} : { unit } }),
    },
  },
  fulfilLinks: {
    // The county's part: 市直 schools at its place are reviewed by the city.
    'filings.collection': (unit, year) => linkOptions({ to: '/filings', search: { unit, year, managedBy: 'county' } }),
  },
  noticeWords: {
    'filing.reminder': '已被催报',
    'filing.opened': '开启了数据填报',
    'filing.withdrawn': '撤销了数据填报',
    'filing.yearArchived': '归档了学年',
    'filing.yearUnarchived': '解除了学年归档',
  },
  noticeLinks: {
    'filing.reminder': filing,
    'filing.opened': () => linkOptions({ to: '/filings' }),
    'filing.yearUnarchived': () => linkOptions({ to: '/filings' }),
  },
  subjectLinks: { filing },
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
