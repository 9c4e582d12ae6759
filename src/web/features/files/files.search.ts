import { z } from 'zod';
import { listSearch } from '#web/shared/address/search-state.ts';

/** The search of the list of files whose content goes soon. */
export const endingSearch = z.object({ page: listSearch.page, pageSize: listSearch.pageSize });
