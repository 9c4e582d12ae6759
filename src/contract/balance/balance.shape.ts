import { z } from 'zod';

/** `provisional`: inputs are missing, the figures are those of the approved part; `unavailable`: none can be had. */
export const verdict = z.enum(['pass', 'fail', 'provisional', 'unavailable']);
export const level = z.enum(['primary', 'junior']);
/** Unrounded; null where a number cannot exist, then a `reason` beside it says why. */
export const figure = z.number().nullable();
/** On which side of its limit a coefficient lies, decided without rounding; never to be told from the doubles. */
export const within = z.boolean().nullable();
