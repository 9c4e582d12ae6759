import { z } from 'zod';
import { searchChoice, searchText } from '#web/shared/address/search-state.ts';

const count = z.coerce.number().int().min(1).max(999_999).optional().catch(undefined);

/** The page after the sign-in, and the reason why the sign-in is needed. */
export const signInSearch = z.object({
  back: z.string().startsWith('/').max(2000).optional().catch(undefined),
  because: searchText,
  /** How many things the person typed and left on this machine, how many returns, and how many whole texts. */
  unsent: count,
  returns: count,
  writings: count,
});

/** The open dialog of the account page. */
export const accountSearch = z.object({ open: searchChoice(['password', 'mobile', 'enrol', 'remove']) });
