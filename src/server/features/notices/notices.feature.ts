import type { Feature } from '#core/access/feature.ts';
import { noticeRoutes } from './notices.routes.ts';

/** The inbox: see README.md beside. */
export const noticesFeature: Feature = {
  name: 'notices',
  routes: noticeRoutes,
  tables: [],
  auditWords: () => import('#contract/notices/audit.words.ts'),
};
