import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import {
  filingGridSearch,
  filingHistorySearch,
  filingImportSearch,
  filingListSearch,
  filingReviewSearch,
  periodsSearch,
} from './filing.search.ts';

const pages = [
  page({
    path: '/filings',
    title: '数据填报',
    terms: 'shujutianbao sjtb ziyuan',
    permission: 'filing.read',
    year: '所选学年的填报',
    needsYear: true,
    search: filingListSearch,
    load: () => import('./period/FilingList.tsx'),
  }),
  page({
    path: '/filings/grid',
    title: '填报表格',
    terms: 'tianbaobiaoge tbbg',
    permission: 'filing.read',
    year: '所选学年的填报',
    needsYear: true,
    search: filingGridSearch,
    load: () => import('./grid/FilingGrid.tsx'),
  }),
  page({
    path: '/filings/review',
    title: '审核',
    terms: 'shenhe sh shtb tuihui pizhun',
    permission: ['filing.return', 'filing.approve', 'filing.accept'],
    year: '审核所选学年的填报',
    needsYear: true,
    search: filingReviewSearch,
    load: () => import('./review/FilingReview.tsx'),
  }),
  page({
    path: '/filings/import',
    title: '导入 Excel',
    terms: 'daoruexcel drexcel dr moban',
    permission: 'filing.fill',
    year: '导入所选学年的填报',
    needsYear: true,
    search: filingImportSearch,
    load: () => import('./import/FilingImport.tsx'),
  }),
  page({
    path: '/filings/periods',
    title: '填报周期',
    terms: 'tianbaozhouqi tbzq qixian',
    permission: 'filing.read',
    year: null,
    search: periodsSearch,
    load: () => import('./period/PeriodList.tsx'),
  }),
  page({
    path: '/filings/$filingId',
    title: '填报表',
    permission: 'filing.read',
    year: null,
    load: () => import('./fill/FilingForm.tsx'),
  }),
  page({
    path: '/filings/$filingId/history',
    title: '填报经过',
    permission: 'filing.read',
    year: null,
    search: filingHistorySearch,
    load: () => import('./review/FilingHistory.tsx'),
  }),
  page({
    path: '/filings/$filingId/print',
    title: '打印填报表',
    permission: 'filing.read',
    year: null,
    load: () => import('./print/FilingPrint.tsx'),
  }),
] as const;

export const filingsDesk: Desk<typeof pages> = {
  name: 'filings',
  pages,
  menu: { group: '数据', order: 10, label: '数据填报' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/filings/audit.words.ts'),
  drafts: {
    kind: 'filing',
    load: () => import('./filing-drafts.ts'),
    link: (filingId) => ({ to: '/filings/$filingId', params: { filingId } }),
  },
};
