import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { retentionSearch } from './settings.search.ts';

const pages = [
  page({
    path: '/settings',
    title: '设置',
    terms: 'shezhi sz xtsz',
    permission: 'setting.manage',
    year: null,
    load: () => import('./Settings.tsx'),
  }),
  page({
    path: '/settings/retention',
    title: '保管期限',
    terms: 'baoguanqixian bgqx baocunqixian bcqx retention',
    permission: 'setting.manage',
    year: null,
    search: retentionSearch,
    load: () => import('./Retention.tsx'),
  }),
] as const;

export const settingsDesk: Desk<typeof pages> = {
  name: 'settings',
  pages,
  menu: { group: '管理', order: 30, label: '设置' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/settings/audit.words.ts'),
};
