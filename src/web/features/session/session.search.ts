import { z } from 'zod';
import { searchChoice, searchText } from '#web/shared/search-state.ts';

/** Where to go after the sign-in, and why it is asked for. */
export const signInSearch = z.object({
  back: z.string().startsWith('/').max(2000).optional().catch(undefined),
  because: searchText,
});

/** Which dialog of the account page stands open. */
export const accountSearch = z.object({ open: searchChoice(['password', 'enrol', 'remove']) });
