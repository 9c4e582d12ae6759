import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { importSearch } from '#web/shared/import/import.search.ts';
import { figuresSearch, overviewSearch } from './tracking.search.ts';

const pages = [
  page({
    path: '/tracking',
    title: '均衡跟踪',
    terms: 'junhenggenzong jhgz niandugenzong zhenggai',
    permission: 'tracking.read',
    year: '所选学年的跟踪',
    needsYear: true,
    search: overviewSearch,
    load: () => import('./TrackOverview.tsx'),
  }),
  page({
    path: '/tracking/figures',
    title: '省公布数据',
    terms: 'shenggongbushuju sgbsj chayixishu',
    permission: 'tracking.read',
    year: '所选学年公布的数据',
    needsYear: true,
    search: figuresSearch,
    load: () => import('./figures/ProvinceFigures.tsx'),
  }),
  page({
    path: '/tracking/figures/import',
    title: '导入省公布数据',
    terms: 'daorushenggongbushuju drsgbsj dr',
    permission: 'tracking.manage',
    year: null,
    search: importSearch,
    load: () => import('./figures/FiguresImport.tsx'),
  }),
  page({
    path: '/tracking/$trackId',
    title: '年度跟踪',
    permission: 'tracking.read',
    year: null,
    load: () => import('./county/TrackPage.tsx'),
  }),
] as const;

export const balanceTrackingDesk: Desk<typeof pages> = {
  name: 'balance-tracking',
  pages,
  menu: { group: '监测', order: 20, label: '均衡监测' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/balance-tracking/audit.words.ts'),
};
