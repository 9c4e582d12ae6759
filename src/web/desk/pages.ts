import { homeSearch } from '#web/features/home/home.search.ts';
import { accountSearch, signInSearch } from '#web/features/session/session.search.ts';
import { entrance, page } from './frame.routes.tsx';

/** Every page before the sign-in, once. */
export const entrances = [
  entrance({
    path: '/sign-in',
    search: signInSearch,
    load: () => import('#web/features/session/SignIn.tsx'),
  }),
  entrance({ path: '/set-up', load: () => import('#web/features/session/SetUp.tsx') }),
  entrance({
    path: '/first-steps',
    search: signInSearch,
    load: () => import('#web/features/session/FirstSteps.tsx'),
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
  page({
    path: '/account',
    title: '我的账户',
    terms: 'wdzh mima',
    menu: 'account',
    search: accountSearch,
    load: () => import('#web/features/session/Account.tsx'),
  }),
  page({
    path: '/account/tokens',
    title: '访问令牌',
    terms: 'fwlp token',
    menu: 'account',
    load: () => import('#web/features/session/Tokens.tsx'),
  }),
] as const;
