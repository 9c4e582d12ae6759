import { generator } from '#domain/kit/generator.ts';

/** How hard the fault tests try: a little in every run of the suite, in full under `npm run bench -- --faults`. */
const thorough = process.env.FAULTS === 'thorough';

export const effort = {
  thorough,
  /** Kills at random moments, for each act that is killed; fifty and more together. */
  kills: thorough ? 12 : 2,
  /** How many milliseconds the database is gone. */
  gap: thorough ? 10_000 : 1_500,
  /** How many times two people act on one filing at once. */
  meetings: thorough ? 60 : 12,
  /** Milliseconds after which a test counts as stuck. */
  patience: thorough ? 900_000 : 180_000,
} as const;

/** The seed of every random moment: `npm run bench -- --faults --seed …` takes the same ones again. */
export const faultSeed = process.env.FAULTS_SEED ?? `${Date.now()}`;

/** Random moments of one test; the order in which the tests run changes nothing in them. */
export const momentsOf = (test: string) => generator(`${faultSeed} ${test}`);
