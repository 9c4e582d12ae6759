import type { Feature } from '#core/access/feature.ts';
import { administrationJobs } from './administration.jobs.ts';
import { auditRoutes } from './audit.routes.ts';
import { grantRoutes } from './grant.routes.ts';
import { linkRoutes } from './link.routes.ts';
import { peopleRoutes } from './people.routes.ts';
import { peopleListRoutes } from './people-list.routes.ts';
import { secondFactorRoutes } from './second-factor.routes.ts';
import { sessionRoutes } from './session.routes.ts';
import { settingsRoutes } from './settings.routes.ts';
import { tokenRoutes } from './tokens.routes.ts';

/** The HTTP face of access, settings and audit. The tables belong to `core/access` and `core/audit`. */
export const administrationFeature: Feature = {
  name: 'administration',
  routes: [
    ...sessionRoutes,
    ...secondFactorRoutes,
    ...linkRoutes,
    ...peopleRoutes,
    ...peopleListRoutes,
    ...grantRoutes,
    ...tokenRoutes,
    ...settingsRoutes,
    ...auditRoutes,
  ],
  jobs: administrationJobs,
  tables: [],
};
