import type { FeatureCommand } from '#core/access/feature.ts';
import { auditCommands } from '../features/audit/audit.commands.ts';
import { balanceCommands } from '../features/balance/balance.commands.ts';
import { trackCommands } from '../features/balance-tracking/balance-tracking.commands.ts';
import { frameworkCommands } from '../features/frameworks/frameworks.commands.ts';
import { settingsCommands } from '../features/settings/settings.commands.ts';

/** Commands about the installation as a whole. */
const ownCommands: readonly FeatureCommand[] = [
  { name: 'serve', load: () => import('./commands/serve.ts') },
  { name: 'migrate', load: () => import('./commands/migrate.ts') },
  { name: 'seed', load: () => import('./commands/seed.ts') },
  { name: 'db', load: () => import('./commands/db.ts') },
  { name: 'user', load: () => import('./commands/user.ts') },
  { name: 'jobs', load: () => import('./commands/jobs.ts') },
  { name: 'backup', load: () => import('./commands/backup.ts') },
  { name: 'restore', load: () => import('./commands/restore.ts') },
  { name: 'doctor', load: () => import('./commands/doctor.ts') },
  { name: 'letter', load: () => import('./commands/letter.ts') },
];

/**
 * The lists of five features, named here once more beside `features.ts`: a fold over the manifests would load every
 * handler and the web server before a command computes a table. A test holds them equal to the manifests.
 */
export const featureCommands: readonly FeatureCommand[] = [
  ...balanceCommands,
  ...trackCommands,
  ...frameworkCommands,
  ...settingsCommands,
  ...auditCommands,
];

export const commands: readonly FeatureCommand[] = [...ownCommands, ...featureCommands];
