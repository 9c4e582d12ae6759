import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { deskWords } from '#web/shared/desk/registry.ts';
import { meetingListSearch, planListSearch, planSearch } from './work-plans.search.ts';

const pages = [
  page({
    path: '/work-plans',
    title: '工作计划',
    terms: 'gongzuojihua gzjh yaodian',
    permission: 'work-plan.read',
    year: null,
    search: planListSearch,
    load: () => import('./PlanList.tsx'),
  }),
  page({
    path: '/work-plans/$planId',
    title: '计划与进度',
    permission: 'work-plan.read',
    year: null,
    search: planSearch,
    needs: deskWords,
    load: () => import('./plan/PlanPage.tsx'),
  }),
  page({
    path: '/meetings',
    title: '会议',
    terms: 'huiyi hy',
    permission: 'work-plan.read',
    year: null,
    search: meetingListSearch,
    load: () => import('./meetings/MeetingList.tsx'),
  }),
] as const;

export const workPlansDesk: Desk<typeof pages> = {
  name: 'work-plans',
  pages,
  menu: { group: '督政', order: 10, label: '工作计划' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/work-plans/audit.words.ts'),
};
