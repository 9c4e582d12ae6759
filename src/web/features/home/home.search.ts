import { z } from 'zod';

/** The home page keeps nothing of its own in the address. */
export const homeSearch = z.object({});
