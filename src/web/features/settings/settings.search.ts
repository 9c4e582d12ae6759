import { z } from 'zod';
import { searchText } from '#web/shared/address/search-state.ts';

export const retentionSearch = z.object({
  /** The kind whose details are open. */
  kind: searchText,
});
