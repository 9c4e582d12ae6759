import type { Feature } from '#core/access/feature.ts';
import { termRevised } from '#core/audit/retention.shape.ts';
import { outgoingRoutes } from './outgoing.routes.ts';
import { removeOutdated } from './retention/retention.job.ts';
import { retentionRoutes } from './retention/retention.routes.ts';
import { settingRevised } from './setting.act.ts';
import { settingsCommands } from './settings.commands.ts';
import { settingsRoutes } from './settings.routes.ts';

/** The settings of the installation: see README.md beside. */
export const settingsFeature: Feature = {
  name: 'settings',
  auditWords: () => import('#contract/settings/audit.words.ts'),
  routes: [...settingsRoutes, ...outgoingRoutes, ...retentionRoutes],
  jobs: [removeOutdated],
  commands: settingsCommands,
  tables: ['settings', 'outgoing_addresses'],
  revised: [settingRevised, termRevised],
  registers: ['settings', 'outgoing_addresses'],
};
