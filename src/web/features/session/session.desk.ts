import type { Desk } from '#web/shared/desk/desk.ts';
import { entrance, page } from '#web/shared/desk/frame.routes.tsx';
import { accountSearch, signInSearch } from './session.search.ts';

const entrances = [
  entrance({
    path: '/sign-in',
    search: signInSearch,
    load: () => import('./entrance/SignIn.tsx'),
  }),
  entrance({ path: '/set-up', load: () => import('./entrance/SetUp.tsx') }),
  entrance({
    path: '/first-steps',
    search: signInSearch,
    load: () => import('./entrance/FirstSteps.tsx'),
  }),
  entrance({
    path: '/post',
    search: signInSearch,
    load: () => import('./entrance/ChoosePost.tsx'),
  }),
] as const;

const pages = [
  page({
    path: '/account',
    title: '我的账户',
    terms: 'wodezhanghu wdzh mima',
    year: null,
    search: accountSearch,
    load: () => import('./Account.tsx'),
  }),
  page({
    path: '/account/tokens',
    title: '访问令牌',
    terms: 'fangwenlingpai fwlp token',
    year: null,
    load: () => import('./Tokens.tsx'),
  }),
] as const;

/** The menu under the person's own name leads to the account page, so the menu of the desk does not. */
export const sessionDesk: Desk<typeof pages, typeof entrances> = {
  name: 'session',
  pages,
  entrances,
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/session/audit.words.ts'),
};
