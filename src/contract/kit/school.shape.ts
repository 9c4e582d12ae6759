import { z } from 'zod';
import { ownerships } from '#domain/org/ownership.ts';
import { urbanClasses } from '#domain/org/urban-class.ts';

/** Facts about a school that routes of several features return. */

/** The school in the path. */
export const schoolId = z.object({ schoolId: z.coerce.number().int() });

export const ownership = z.enum(ownerships);
export const urbanClass = z.enum(urbanClasses);
