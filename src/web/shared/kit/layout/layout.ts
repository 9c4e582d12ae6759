/** Distances of the 4 px grid, as `--space-N` of the tokens. */
export type Gap = 1 | 2 | 3 | 4 | 5 | 6 | 8 | 12;

export const space = (gap: Gap) => `var(--space-${gap})`;
