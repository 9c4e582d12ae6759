import { homeSearch } from '#web/features/home/home.search.ts';
import { signInSearch } from '#web/features/session/session.search.ts';
import { entrance, page } from './frame.routes.tsx';

/** Every page before the sign-in, once. */
export const entrances = [
  entrance({
    path: '/sign-in',
    search: signInSearch,
    load: () => import('#web/features/session/SignIn.tsx'),
  }),
] as const;

/** Every page of the desk, once: add a line. The first line of each menu entry is where the entry leads. */
export const pages = [
  page({
    path: '/',
    title: '首页',
    menu: 'home',
    search: homeSearch,
    load: () => import('#web/features/home/Home.tsx'),
  }),
] as const;
