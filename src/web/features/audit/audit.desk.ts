import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { auditWords } from '#web/shared/desk/registry.ts';
import { auditSearch } from './audit.search.ts';

const pages = [
  page({
    path: '/audit',
    title: '审计',
    terms: 'shenji sj sjjl',
    permission: 'audit.read',
    year: null,
    search: auditSearch,
    load: () => import('./AuditList.tsx'),
    needs: auditWords,
  }),
] as const;

export const auditDesk: Desk<typeof pages> = {
  name: 'audit',
  pages,
  menu: { group: '管理', order: 20, label: '审计' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/audit/audit.words.ts'),
};
