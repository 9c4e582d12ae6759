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

/** The pages come together: each file is one more name in the doors, and they share nearly all of it. */
const loadPage = async (
  name: 'BalanceOverview' | 'BalanceRuns' | 'CountyBalance' | 'RunComparison' | 'StandardPage' | 'Standards',
) => ({ default: (await import('./pages.ts'))[name] });

const pages = [
  page({
    path: '/balance',
    title: '均衡监测',
    terms: 'junhengjiance jhjc chayi xishu',
    permission: 'balance.read',
    year: '所选学年的测算',
    needsYear: true,
    search: overviewSearch,
    load: () => loadPage('BalanceOverview'),
  }),
  page({
    path: '/balance/county',
    title: '均衡监测：单位',
    terms: 'junhengjiancedanwei jhjcdw jhjc',
    permission: 'balance.read',
    year: '所选学年的测算',
    needsYear: true,
    search: countySearch,
    load: () => loadPage('CountyBalance'),
  }),
  page({
    path: '/balance/runs',
    title: '测算存档',
    terms: 'cesuancundang cscd',
    permission: 'balance.read',
    year: '所选学年的测算存档',
    needsYear: true,
    search: runsSearch,
    load: () => loadPage('BalanceRuns'),
  }),
  page({
    path: '/balance/comparison',
    title: '两次测算比较',
    terms: 'liangcicesuanbijiao lccsbj bijiao',
    permission: 'balance.read',
    year: null,
    search: comparisonSearch,
    load: () => loadPage('RunComparison'),
  }),
  page({
    path: '/balance/standards',
    title: '均衡标准',
    terms: 'junhengbiaozhun jhbz',
    permission: 'balance.read',
    year: null,
    search: standardsSearch,
    load: () => loadPage('Standards'),
  }),
  page({
    path: '/balance/standards/$key',
    title: '均衡标准',
    permission: 'balance.read',
    year: null,
    search: standardSearch,
    load: () => loadPage('StandardPage'),
  }),
] as const;

export const balanceDesk: Desk<typeof pages> = {
  name: 'balance',
  pages,
  menu: { group: '监测', order: 10, label: '均衡监测' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/balance/audit.words.ts'),
};
