import type { Feature } from '#core/access/feature.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { noticeProblems } from '#domain/kit/problems/notice.ts';
import { confirmMail, deliverNotices } from './deliver.job.ts';
import { deliveryRoutes } from './deliveries.routes.ts';
import { mailRoutes } from './mail.routes.ts';
import { noticeRoutes } from './notices.routes.ts';

/** The inbox, and the mail that leaves it: see README.md beside. */
export function noticesFeature(features: () => readonly Feature[]): Feature {
  const titles = () => Object.assign({}, ...features().map(({ notices = {} }) => notices)) as Record<string, string>;
  return {
    name: 'notices',
    routes: [...noticeRoutes, ...mailRoutes(titles), ...deliveryRoutes(titles)],
    jobs: [deliverNotices(titles), confirmMail],
    tables: [],
    problems: problemCodes(noticeProblems),
    auditWords: () => import('#contract/notices/audit.words.ts'),
  };
}
