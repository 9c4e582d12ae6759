/** How hard the fault tests try: a little in every run of the suite, in full under `npm run bench -- --faults`. */
const thorough = process.env.FAULTS === 'thorough';

export const effort = {
  thorough,
  /** Kills at random moments, for each of import and approval. */
  kills: thorough ? 10 : 2,
  /** How many milliseconds the database is gone. */
  gap: thorough ? 10_000 : 1_500,
  /** How many times two people act on one filing at once. */
  meetings: thorough ? 60 : 12,
  /** Milliseconds after which a test counts as stuck. */
  patience: thorough ? 900_000 : 180_000,
} as const;
