import { z } from 'zod';
import { urbanClasses } from '#domain/org/school-facts.ts';

/** Facts about a school that routes of several features return. */

/** The school in the path. */
export const schoolId = z.object({ schoolId: z.coerce.number().int() });

export const ownership = z.enum(['public', 'private']);
export const urbanClass = z.enum(urbanClasses);
