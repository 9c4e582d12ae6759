import { z } from 'zod';
import { compulsoryLevels } from '#domain/org/school-level.ts';

export { verdict } from '#domain/balance/standard/standard.shape.ts';
export const level = z.enum(compulsoryLevels);
/** Unrounded; null if there is no number, and then a `reason` beside it says why. */
export const figure = z.number().nullable();
/** The side of its limit on which a coefficient lies, decided without rounding; never derive it from the doubles. */
export const within = z.boolean().nullable();
