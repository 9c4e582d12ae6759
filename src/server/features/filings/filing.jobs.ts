import { z } from 'zod';
import { job } from '#platform/jobs/port.ts';

/** Jobs that follow the register of schools, so that the lists of open collections stay up to date. */

/** A closed or merged school owes no filing any more, unless its figures of the year were approved before. */
export const exemptSchools = job({
  name: 'filings.exempt',
  title: '免除已撤销学校的填报',
  data: z.object({ schoolIds: z.array(z.int()), reason: z.string() }),
  retries: 5,
});

/** A school that was closed by mistake in an open period gets its typed values back; they were only hidden. */
export const restoreSchool = job({
  name: 'filings.restoreSchool',
  title: '恢复误撤销学校的填报',
  data: z.object({ schoolId: z.int() }),
  retries: 5,
});

/** A correction reaches the frozen facts. */
export const correctSchool = job({
  name: 'filings.correctSchool',
  title: '把学校更正写入填报名单',
  data: z.object({ schoolId: z.int() }),
  retries: 5,
});
