import { z } from 'zod';
import { listSearch, searchFlag, searchText } from '#web/shared/address/search-state.ts';

/** The search of the inbox in the address. */
export const noticesSearch = z.object({
  page: listSearch.page,
  pageSize: listSearch.pageSize,
  kind: searchText,
  unread: searchFlag,
});
