import type { Feature } from '#core/access/feature.ts';
import { assignmentRoutes } from './assignment.routes.ts';
import { grantRoutes } from './grant.routes.ts';
import { peopleStepKinds, peopleSteps } from './people.beginning.store.ts';
import { peopleRoutes } from './people.routes.ts';
import { peopleWork, peopleWorkKinds } from './people.work.store.ts';
import { peopleListRoutes } from './people-list.routes.ts';
import { applyRoleChanges } from './role-changes.job.ts';
import { roleRoutes } from './roles.routes.ts';

/** Accounts, roles and one-time links of others: see README.md beside. */
export const peopleFeature: Feature = {
  name: 'people',
  routes: [...peopleRoutes, ...peopleListRoutes, ...grantRoutes, ...assignmentRoutes, ...roleRoutes],
  jobs: [applyRoleChanges],
  tables: [],
  sample: () => import('#sample/people/people.sample.ts'),
  work: { kinds: peopleWorkKinds, of: peopleWork },
  beginning: { kinds: peopleStepKinds, of: peopleSteps },
};
