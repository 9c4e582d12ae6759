import { z } from 'zod';
import { job } from '#platform/jobs/port.ts';

/**
 * Computes the balance of a county's year again. Every act that changes approved figures requests it. Two waiting jobs
 * for the same county and year become one, because the second would read the same data.
 */
export const recomputeBalance = job({
  name: 'balance.recompute',
  title: '重新测算一个县的均衡',
  data: z.object({ countyId: z.int(), periodId: z.int() }),
  keyOf: ({ countyId, periodId }) => `${countyId}:${periodId}`,
  retries: 5,
});
