import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { deskWords } from '#web/shared/desk/registry.ts';
import { meetingListSearch, planListSearch, planSearch } from './work-plans.search.ts';

/** The pages come together: each file is one more name in the doors, and they share nearly all of it. */
const loadPage = async (name: 'PlanList' | 'PlanPage' | 'Meetings') => ({
  default: (await import('./pages.ts'))[name],
});

const pages = [
  page({
    path: '/work-plans',
    title: '工作计划',
    terms: 'gongzuojihua gzjh yaodian',
    permission: 'work-plan.read',
    year: null,
    search: planListSearch,
    load: () => loadPage('PlanList'),
  }),
  page({
    path: '/work-plans/$planId',
    title: '计划与进度',
    permission: 'work-plan.read',
    year: null,
    search: planSearch,
    needs: deskWords,
    load: () => loadPage('PlanPage'),
  }),
  page({
    path: '/meetings',
    title: '会议',
    terms: 'huiyi hy',
    permission: 'work-plan.read',
    year: null,
    search: meetingListSearch,
    load: () => loadPage('Meetings'),
  }),
] as const;

export const workPlansDesk: Desk<typeof pages> = {
  name: 'work-plans',
  pages,
  menu: { group: '督政', order: 10, label: '工作计划' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/work-plans/audit.words.ts'),
};
