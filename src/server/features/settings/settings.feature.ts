import type { Feature } from '#core/access/feature.ts';
import { outgoingRoutes } from './outgoing.routes.ts';
import { settingsRoutes } from './settings.routes.ts';

/** The settings of the installation: see README.md beside. */
export const settingsFeature: Feature = {
  name: 'settings',
  auditWords: () => import('#contract/settings/audit.words.ts'),
  routes: [...settingsRoutes, ...outgoingRoutes],
  tables: ['settings', 'outgoing_addresses'],
  registers: ['settings', 'outgoing_addresses'],
};
