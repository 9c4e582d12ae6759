import type { Feature } from '#core/access/feature.ts';
import { auditCommands } from './audit.commands.ts';
import { verifyAudit } from './audit.job.ts';
import { auditRoutes } from './audit.routes.ts';

/** Reading and verifying the audit: see README.md beside. */
export const auditFeature: Feature = {
  name: 'audit',
  routes: [...auditRoutes],
  jobs: [verifyAudit],
  tables: [],
  commands: auditCommands,
};
