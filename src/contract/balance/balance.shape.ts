import { z } from 'zod';
import { compulsoryLevels } from '#domain/org/school-level.ts';

export { verdict } from '#domain/balance/standard/standard.shape.ts';
export const level = z.enum(compulsoryLevels);
/** Unrounded; null where a number cannot exist, then a `reason` beside it says why. */
export const figure = z.number().nullable();
/** On which side of its limit a coefficient lies, decided without rounding; never to be told from the doubles. */
export const within = z.boolean().nullable();
