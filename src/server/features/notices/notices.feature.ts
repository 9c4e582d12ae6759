import type { Feature } from '#core/access/feature.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { noticeProblems } from '#domain/kit/problems/notice.ts';
import { confirmMail, deliverNotices } from './deliver.job.ts';
import { deliveryRoutes } from './deliveries.routes.ts';
import { mailRoutes } from './mail.routes.ts';
import { noticeRoutes } from './notices.routes.ts';
import { noticeWork, noticeWorkKinds } from './notices.work.store.ts';

/** The inbox, and the mail that leaves it: see README.md beside. */
export function noticesFeature(features: () => readonly Feature[]): Feature {
  const titles = () => Object.assign({}, ...features().map(({ notices = {} }) => notices)) as Record<string, string>;
  const groups = async () => {
    const named = await Promise.all(
      features().map(async ({ notices = {}, auditWords }) => {
        const kinds = Object.keys(notices);
        const words = kinds.length === 0 ? undefined : (await auditWords?.())?.auditWords;
        const group = Object.values(words?.subjects ?? {})[0] ?? '其他';
        return kinds.map((kind) => [kind, group] as const);
      }),
    );
    return new Map(named.flat());
  };
  return {
    name: 'notices',
    routes: [...noticeRoutes, ...mailRoutes(titles, groups), ...deliveryRoutes(titles)],
    jobs: [deliverNotices(titles), confirmMail],
    tables: [],
    work: { kinds: noticeWorkKinds, of: noticeWork },
    problems: problemCodes(noticeProblems),
    auditWords: () => import('#contract/notices/audit.words.ts'),
  };
}
