import { z } from 'zod';
import { listSearch, searchFlag, searchNumber, searchText } from '#web/shared/address/search-state.ts';

/** A day as the address writes it; any other text is dropped. */
const day = z.iso.date().optional().catch(undefined);

/** The search of the audit page: the whole question stands in the address, so that an answer can be sent as a link. */
export const auditSearch = z.object({
  page: listSearch.page,
  pageSize: listSearch.pageSize,
  from: day,
  to: day,
  actor: searchText,
  address: searchText,
  action: searchText,
  objectType: searchText,
  object: searchText,
  field: searchText,
  place: searchNumber,
  /** The act whose details are open. */
  entry: searchNumber,
  /** The check of the chain is open. */
  chain: searchFlag,
});
