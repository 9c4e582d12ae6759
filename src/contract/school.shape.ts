import { z } from 'zod';
import { urbanClasses } from '#domain/org/school-facts.ts';
import { ownerships } from '#domain/org/sponsor.ts';

/** Facts about a school that routes of several features return. */

/** The school in the path. */
export const schoolId = z.object({ schoolId: z.coerce.number().int() });

export const ownership = z.enum(ownerships);
export const urbanClass = z.enum(urbanClasses);
