import { z } from 'zod';
import { urbanClasses } from '#domain/org/school-facts.ts';

/** What many routes say of a school, whichever feature they belong to. */

/** The school of an address. */
export const schoolId = z.object({ schoolId: z.coerce.number().int() });

export const ownership = z.enum(['public', 'private']);
export const urbanClass = z.enum(urbanClasses);
