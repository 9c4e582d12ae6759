import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { deskWords } from '#web/shared/desk/registry.ts';
import { deliveriesSearch, noticesSearch } from './notices.search.ts';

const pages = [
  page({
    path: '/notices',
    title: '消息',
    terms: 'xiaoxi xx tongzhi tz',
    year: null,
    search: noticesSearch,
    needs: deskWords,
    load: () => import('./NoticeList.tsx'),
  }),
  page({
    path: '/notices/mail',
    title: '邮件提醒',
    terms: 'youjiantixing yjtx youxiang yx email',
    year: null,
    load: () => import('./MailChoices.tsx'),
  }),
  page({
    path: '/deliveries',
    title: '邮件投递',
    terms: 'youjiantoudi yjtd smtp',
    permission: 'setting.manage',
    year: null,
    search: deliveriesSearch,
    load: () => import('./DeliveryList.tsx'),
  }),
] as const;

/** The top bar leads to the inbox, so the menu does not. */
export const noticesDesk: Desk<typeof pages> = {
  name: 'notices',
  pages,
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/notices/audit.words.ts'),
};
