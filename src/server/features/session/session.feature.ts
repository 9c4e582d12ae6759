import type { Feature } from '#core/access/feature.ts';
import { linkRoutes } from './link.routes.ts';
import { ownDataRoutes } from './own-data.routes.ts';
import { postRoutes } from './posts.routes.ts';
import { secondFactorRoutes } from './second-factor.routes.ts';
import { tidySessions } from './session.job.ts';
import { sessionRoutes } from './session.routes.ts';
import { tokenRoutes } from './tokens.routes.ts';

/** Signing in and out, and what is one’s own: see README.md beside. */
export const sessionFeature: Feature = {
  name: 'session',
  auditWords: () => import('#contract/session/audit.words.ts'),
  routes: [...sessionRoutes, ...secondFactorRoutes, ...linkRoutes, ...tokenRoutes, ...postRoutes, ...ownDataRoutes],
  jobs: [tidySessions],
  tables: [],
};
