/** A finding forbids to go on (`hard`), or is odd and needs a look or a written explanation (`soft`). */
export const findingWeights = ['hard', 'soft'] as const;
export type FindingWeight = (typeof findingWeights)[number];
