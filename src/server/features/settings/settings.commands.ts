import type { FeatureCommand } from '#core/access/feature.ts';

export const settingsCommands: readonly FeatureCommand[] = [
  { name: 'retention', load: () => import('./retention/retention.command.ts') },
];
