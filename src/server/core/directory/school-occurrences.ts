import { z } from 'zod';
import { occurrence } from '#platform/jobs/port.ts';

/** Occurrences of the schools of the register, announced in the transaction in which they happen. */

/**
 * Schools that no longer exist: closed, merged into another, or split up; `reason` is the sentence that explains it.
 */
export const schoolsEnded = occurrence({
  name: 'schoolsEnded',
  data: z.object({ schoolIds: z.array(z.int()), reason: z.string() }),
});

/** A school that was closed by mistake exists again. */
export const schoolReopened = occurrence({ name: 'schoolReopened', data: z.object({ schoolId: z.int() }) });

/** Wrong data of a school were corrected, so that its frozen data are wrong too. */
export const schoolCorrected = occurrence({ name: 'schoolCorrected', data: z.object({ schoolId: z.int() }) });

/**
 * A school lies in another county from now on. What was opened about it stays where it was opened; the places of the job
 * hold both counties.
 */
export const schoolMoved = occurrence({
  name: 'schoolMoved',
  data: z.object({ schoolId: z.int(), fromCountyId: z.int(), toCountyId: z.int() }),
});
