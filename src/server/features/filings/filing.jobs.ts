import { z } from 'zod';
import { job } from '#platform/jobs/port.ts';

/** What the register of schools asks for in the transaction of its own acts, so that the lists of open collections follow. */

/** A closed or merged school owes no filing any more, unless its figures of the year were approved before. */
export const exemptSchools = job({
  name: 'filings.exempt',
  data: z.object({ schoolIds: z.array(z.int()), reason: z.string() }),
  retries: 5,
});

/** A school that was closed by mistake gets its draft back. */
export const restoreSchool = job({
  name: 'filings.restoreSchool',
  data: z.object({ schoolId: z.int() }),
  retries: 5,
});

/** A correction reaches the frozen facts. */
export const correctSchool = job({
  name: 'filings.correctSchool',
  data: z.object({ schoolId: z.int() }),
  retries: 5,
});
