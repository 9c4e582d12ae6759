import type { FeatureCommand } from '#core/access/feature.ts';

export const auditCommands: readonly FeatureCommand[] = [{ name: 'audit', load: () => import('./audit.command.ts') }];
