import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { importSearch } from '#web/shared/import/import.search.ts';
import { findingListSearch, kindSearch, reproofSearch } from './finding.search.ts';

const pages = [
  page({
    path: '/findings',
    title: '整改台账',
    terms: 'zhenggaitaizhang zgtz wenti wttz xiaohao',
    permission: 'rectification.read',
    year: '所选学年发现的问题（勾选“仅本学年”时）',
    outlivesYear: true,
    search: findingListSearch,
    load: () => import('./list/FindingList.tsx'),
  }),
  page({
    path: '/findings/board',
    title: '整改进度',
    terms: 'zhenggaijindu zgjd kanban',
    permission: 'rectification.read',
    year: '所选学年发现的问题',
    outlivesYear: true,
    load: () => import('./board/FindingBoard.tsx'),
  }),
  page({
    path: '/findings/reproofs',
    title: '销号复查',
    terms: 'xiaohaofucha xhfc choucha',
    permission: 'rectification.prove',
    year: null,
    search: reproofSearch,
    load: () => import('./reproof/ReproofDraws.tsx'),
  }),
  page({
    path: '/findings/kinds',
    title: '问题类别',
    terms: 'wentileibie wtlb qixian',
    permission: 'rectification.read',
    year: null,
    search: kindSearch,
    load: () => import('./kinds/FindingKinds.tsx'),
  }),
  page({
    path: '/findings/import',
    title: '导入整改台账',
    terms: 'daoruzhenggaitaizhang drzgtz dr',
    permission: 'rectification.enter',
    year: null,
    search: importSearch,
    load: () => import('./import/LedgerImport.tsx'),
  }),
  page({
    path: '/findings/$findingId',
    title: '问题',
    permission: 'rectification.read',
    year: null,
    load: () => import('./finding/FindingPage.tsx'),
  }),
] as const;

export const rectificationsDesk: Desk<typeof pages> = {
  name: 'rectifications',
  pages,
  menu: { group: '督政', order: 30, label: '整改台账' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/rectifications/audit.words.ts'),
};
