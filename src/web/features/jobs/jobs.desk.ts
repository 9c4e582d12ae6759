import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { jobsSearch } from './jobs.search.ts';

const pages = [
  page({
    path: '/jobs',
    title: '后台任务',
    terms: 'houtairenwu htrw sbrw rw',
    permission: 'setting.manage',
    year: null,
    search: jobsSearch,
    load: () => import('./JobList.tsx'),
  }),
] as const;

export const jobsDesk: Desk<typeof pages> = {
  name: 'jobs',
  pages,
  menu: { group: '管理', order: 40, label: '后台任务' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/jobs/audit.words.ts'),
};
