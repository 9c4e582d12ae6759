import type { Feature } from '#core/access/feature.ts';
import { auditCommands } from './audit.commands.ts';
import { verifyAudit } from './audit.job.ts';
import { auditRoutes } from './audit.routes.ts';

/** Reading and verifying the audit, in the words of these features: see README.md beside. */
export const auditFeature = (features: () => readonly Feature[]): Feature => ({
  name: 'audit',
  routes: auditRoutes(features),
  jobs: [verifyAudit],
  tables: [],
  commands: auditCommands,
  auditWords: () => import('#contract/audit/audit.words.ts'),
});
