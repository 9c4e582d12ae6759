import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import {
  comparisonSearch,
  countySearch,
  overviewSearch,
  runsSearch,
  standardSearch,
  standardsSearch,
} from './balance.search.ts';

const pages = [
  page({
    path: '/balance',
    title: '均衡监测',
    terms: 'junhengjiance jhjc chayi xishu',
    permission: 'balance.read',
    year: '所选学年的测算',
    needsYear: true,
    search: overviewSearch,
    load: () => import('./overview/BalanceOverview.tsx'),
  }),
  page({
    path: '/balance/county',
    title: '均衡监测：单位',
    terms: 'junhengjiancedanwei jhjcdw jhjc',
    permission: 'balance.read',
    year: '所选学年的测算',
    needsYear: true,
    search: countySearch,
    load: () => import('./county/CountyBalance.tsx'),
  }),
  page({
    path: '/balance/runs',
    title: '测算存档',
    terms: 'cesuancundang cscd',
    permission: 'balance.read',
    year: '所选学年的测算存档',
    needsYear: true,
    search: runsSearch,
    load: () => import('./runs/BalanceRuns.tsx'),
  }),
  page({
    path: '/balance/comparison',
    title: '两次测算比较',
    terms: 'liangcicesuanbijiao lccsbj bijiao',
    permission: 'balance.read',
    year: null,
    search: comparisonSearch,
    load: () => import('./runs/RunComparison.tsx'),
  }),
  page({
    path: '/balance/standards',
    title: '均衡标准',
    terms: 'junhengbiaozhun jhbz',
    permission: 'balance.read',
    year: null,
    search: standardsSearch,
    load: () => import('./standards/Standards.tsx'),
  }),
  page({
    path: '/balance/standards/$key',
    title: '均衡标准',
    permission: 'balance.read',
    year: null,
    search: standardSearch,
    load: () => import('./standards/StandardPage.tsx'),
  }),
] as const;

export const balanceDesk: Desk<typeof pages> = {
  name: 'balance',
  pages,
  menu: { group: '监测', order: 10, label: '均衡监测' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/balance/audit.words.ts'),
};
