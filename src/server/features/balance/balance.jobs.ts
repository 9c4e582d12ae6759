import { z } from 'zod';
import { job } from '#platform/jobs/port.ts';

/**
 * Computes the balance of a county's year again: asked for by whatever changes its approved figures. Two that wait for
 * the same county and year are one: the second would read what the first reads.
 */
export const recomputeBalance = job({
  name: 'balance.recompute',
  data: z.object({ countyId: z.int(), periodId: z.int() }),
  keyOf: ({ countyId, periodId }) => `${countyId}:${periodId}`,
  retries: 5,
});
