import type { FeatureCommand } from '#core/access/feature.ts';

export const trackCommands: readonly FeatureCommand[] = [
  { name: 'basic-standard', load: () => import('./basic-standard/basic-standard.command.ts') },
];
