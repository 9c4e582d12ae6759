import type { FeatureCommand } from '#core/access/feature.ts';

export const balanceCommands: readonly FeatureCommand[] = [
  { name: 'balance', load: () => import('./command/balance.command.ts') },
  { name: 'cv', load: () => import('./command/cv.command.ts') },
];
