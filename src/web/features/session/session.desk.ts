import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { sessionEntrances } from './session.entrances.ts';
import { accountSearch } from './session.search.ts';

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
export const sessionDesk: Desk<typeof pages, typeof sessionEntrances> = {
  name: 'session',
  pages,
  entrances: sessionEntrances,
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/session/audit.words.ts'),
};
