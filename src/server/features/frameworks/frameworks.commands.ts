import type { FeatureCommand } from '#core/access/feature.ts';

export const frameworkCommands: readonly FeatureCommand[] = [
  { name: 'score', load: () => import('./command/score.command.ts') },
];
