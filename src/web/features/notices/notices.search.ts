import { z } from 'zod';
import { deliveryStates } from '#domain/notice/delivery.ts';
import { listSearch, searchChoice, searchFlag, searchText } from '#web/shared/address/search-state.ts';

/** The search of the inbox in the address. */
export const noticesSearch = z.object({
  page: listSearch.page,
  pageSize: listSearch.pageSize,
  kind: searchText,
  unread: searchFlag,
});

/** The search of the list of mail. */
export const deliveriesSearch = z.object({
  page: listSearch.page,
  pageSize: listSearch.pageSize,
  state: searchChoice(deliveryStates),
});
