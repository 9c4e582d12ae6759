import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { deskWords } from '#web/shared/desk/registry.ts';
import { homeSearch } from './home.search.ts';

const pages = [
  page({
    path: '/',
    title: '首页',
    terms: 'shouye sy',
    year: '所选学年的待办、期限和进度',
    outlivesYear: true,
    search: homeSearch,
    load: () => import('./Home.tsx'),
    needs: deskWords,
  }),
] as const;

export const homeDesk: Desk<typeof pages> = {
  name: 'home',
  pages,
  menu: { group: null, order: 0, label: '首页' },
};
