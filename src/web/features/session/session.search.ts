import { z } from 'zod';
import { searchChoice, searchText } from '#web/shared/address/search-state.ts';

/** The page after the sign-in, and the reason why the sign-in is needed. */
export const signInSearch = z.object({
  back: z.string().startsWith('/').max(2000).optional().catch(undefined),
  because: searchText,
});

/** The open dialog of the account page. */
export const accountSearch = z.object({ open: searchChoice(['password', 'enrol', 'remove']) });
