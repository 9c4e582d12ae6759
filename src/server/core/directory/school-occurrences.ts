import { z } from 'zod';
import { occurrence } from '#platform/jobs/port.ts';

/** What happens to the schools of the register, announced in the transaction in which it happens. */

/** Schools that are no more: closed, merged into another, or split up; `reason` is the sentence that says so. */
export const schoolsEnded = occurrence({
  name: 'schoolsEnded',
  data: z.object({ schoolIds: z.array(z.int()), reason: z.string() }),
});

/** A school that was closed by mistake is there again. */
export const schoolReopened = occurrence({ name: 'schoolReopened', data: z.object({ schoolId: z.int() }) });

/** What was written wrongly of a school was put right, so that what was frozen of it is wrong too. */
export const schoolCorrected = occurrence({ name: 'schoolCorrected', data: z.object({ schoolId: z.int() }) });
