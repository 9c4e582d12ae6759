/** How hard the fault tests try: a little in every run of the suite, all of it under `npm run bench -- --faults`. */
const thorough = process.env.FAULTS === 'thorough';

export const effort = {
  thorough,
  /** Kills at random moments, for each of import and approval. */
  kills: thorough ? 10 : 2,
  /** Milliseconds that the database is gone. */
  gap: thorough ? 10_000 : 1_500,
  /** Times that two people meet at one filing. */
  meetings: thorough ? 60 : 12,
  /** Milliseconds after which a test counts as stuck. */
  patience: thorough ? 900_000 : 180_000,
} as const;
