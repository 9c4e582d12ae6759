import { personRevised } from '#core/access/account/account-changes.store.ts';
import { writePeopleSearch } from '#core/access/account/people-search.store.ts';
import type { Feature } from '#core/access/feature.ts';
import { roleRevised } from '#core/access/grant/roles.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { peopleNoticeTitles } from '#domain/access/notice.ts';
import { withWriting } from '#platform/db/handle.ts';
import { assignmentRoutes } from './assignment.routes.ts';
import { grantRoutes } from './grant.routes.ts';
import { peopleListRoutes } from './list/people-list.routes.ts';
import { passFollows, passJobs, schoolPasses } from './pass-work/pass-work.job.ts';
import { passRoutes } from './pass-work/pass-work.routes.ts';
import { peopleStepKinds, peopleSteps } from './people.beginning.store.ts';
import { peopleRoutes } from './people.routes.ts';
import { peopleWork, peopleWorkKinds } from './people.work.store.ts';
import { requestRoutes } from './requests/requests.routes.ts';
import { applyRoleChanges } from './role-changes.job.ts';
import { roleRoutes } from './roles.routes.ts';
import { setRoutes } from './sets/sets.routes.ts';

/** Accounts, roles and one-time links of others: see README.md beside. */
export const peopleFeature = (features: () => readonly Feature[]): Feature => ({
  name: 'people',
  auditWords: () => import('#contract/people/audit.words.ts'),
  routes: [
    ...peopleRoutes,
    ...peopleListRoutes,
    ...grantRoutes,
    ...assignmentRoutes,
    ...passRoutes(features),
    ...roleRoutes,
    ...requestRoutes,
    ...setRoutes,
  ],
  jobs: [applyRoleChanges, ...passJobs],
  follows: passFollows,
  passesWork: schoolPasses,
  revised: [personRevised, roleRevised],
  notices: peopleNoticeTitles,
  tables: ['account_requests', 'post_sets', 'post_set_lines'],
  prepare: (pool) => withWriting(pool, atPlaces([]), (db) => writePeopleSearch(db, null)),
  sample: () => import('#sample/people/people.sample.ts'),
  work: { kinds: peopleWorkKinds, of: peopleWork },
  beginning: { kinds: peopleStepKinds, of: peopleSteps },
});
