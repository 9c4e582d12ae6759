import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { importSearch } from '#web/shared/import/import.search.ts';
import { findingListSearch, kindSearch, reproofSearch } from './finding.search.ts';

/** The pages come together: each file is one more name in the doors, and they share nearly all of it. */
const loadPage = async (
  name: 'FindingBoard' | 'FindingKinds' | 'FindingList' | 'FindingPage' | 'LedgerImport' | 'ReproofDraws',
) => ({ default: (await import('./pages.ts'))[name] });

const pages = [
  page({
    path: '/findings',
    title: '整改台账',
    terms: 'zhenggaitaizhang zgtz wenti wttz xiaohao',
    permission: 'rectification.read',
    year: '所选学年发现的问题（勾选“仅本学年”时）',
    search: findingListSearch,
    load: () => loadPage('FindingList'),
  }),
  page({
    path: '/findings/board',
    title: '整改进度',
    terms: 'zhenggaijindu zgjd kanban',
    permission: 'rectification.read',
    year: '所选学年发现的问题',
    load: () => loadPage('FindingBoard'),
  }),
  page({
    path: '/findings/reproofs',
    title: '销号复查',
    terms: 'xiaohaofucha xhfc choucha',
    permission: 'rectification.prove',
    year: null,
    search: reproofSearch,
    load: () => loadPage('ReproofDraws'),
  }),
  page({
    path: '/findings/kinds',
    title: '问题类别',
    terms: 'wentileibie wtlb qixian',
    permission: 'rectification.read',
    year: null,
    search: kindSearch,
    load: () => loadPage('FindingKinds'),
  }),
  page({
    path: '/findings/import',
    title: '导入整改台账',
    terms: 'daoruzhenggaitaizhang drzgtz dr',
    permission: 'rectification.enter',
    year: null,
    search: importSearch,
    load: () => loadPage('LedgerImport'),
  }),
  page({
    path: '/findings/$findingId',
    title: '问题',
    permission: 'rectification.read',
    year: null,
    load: () => loadPage('FindingPage'),
  }),
] as const;

export const rectificationsDesk: Desk<typeof pages> = {
  name: 'rectifications',
  pages,
  menu: { group: '督政', order: 30, label: '整改台账' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/rectifications/audit.words.ts'),
};
