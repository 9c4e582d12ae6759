import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { deskWords } from '#web/shared/desk/registry.ts';
import { deliveriesSearch, noticesSearch } from './notices.search.ts';

/** The pages come together: each file is one more name in the doors, and they share nearly all of it. */
const loadPage = async (name: 'DeliveryList' | 'MailChoices' | 'NoticeList') => ({
  default: (await import('./pages.ts'))[name],
});

const pages = [
  page({
    path: '/notices',
    title: '消息',
    terms: 'xiaoxi xx tongzhi tz',
    year: null,
    search: noticesSearch,
    needs: deskWords,
    load: () => loadPage('NoticeList'),
  }),
  page({
    path: '/notices/mail',
    title: '邮件提醒',
    terms: 'youjiantixing yjtx youxiang yx email',
    year: null,
    load: () => loadPage('MailChoices'),
  }),
  page({
    path: '/deliveries',
    title: '邮件投递',
    terms: 'youjiantoudi yjtd smtp',
    permission: 'setting.manage',
    year: null,
    search: deliveriesSearch,
    load: () => loadPage('DeliveryList'),
  }),
] as const;

/** The top bar leads to the inbox, so the menu does not. */
export const noticesDesk: Desk<typeof pages> = {
  name: 'notices',
  pages,
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/notices/audit.words.ts'),
};
