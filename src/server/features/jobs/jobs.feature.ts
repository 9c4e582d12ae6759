import type { Feature, FeatureJob } from '#core/access/feature.ts';
import { jobRoutes } from './jobs.routes.ts';
import { jobWork, jobWorkKinds } from './jobs.work.store.ts';

/** The queue of jobs in the hands of the operator: see README.md beside. */
export function jobsFeature(kinds: readonly FeatureJob[]): Feature {
  return {
    name: 'jobs',
    routes: jobRoutes(kinds),
    tables: [],
    work: { kinds: jobWorkKinds, of: jobWork },
    auditWords: () => import('#contract/jobs/audit.words.ts'),
  };
}
