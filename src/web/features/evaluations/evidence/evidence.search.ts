import { z } from 'zod';
import { listSearch, searchFlag, searchNumber, searchText } from '#web/shared/address/search-state.ts';

/** The library: its filters, its page, and the piece that is open beside the list. */
export const evidenceSearch = z.object({
  ...listSearch,
  box: searchText,
  /** A unit or a school by its name. */
  of: searchText,
  /** The year that the material is about. */
  about: searchNumber,
  unlinked: searchFlag,
  expired: searchFlag,
  piece: z.uuid().optional().catch(undefined),
  adding: searchFlag,
});

export type EvidenceSearch = z.output<typeof evidenceSearch>;

/** What the address says as the query of the list: a flag is a text there. */
export function evidenceQuery({ box, of, about, unlinked, expired, piece: _p, adding: _a, ...rest }: EvidenceSearch) {
  return {
    ...rest,
    ...(box === undefined ? {} : { boxNumber: box }),
    ...(of === undefined ? {} : { unit: of }),
    ...(about === undefined ? {} : { year: about }),
    ...(unlinked ? { unlinked: 'true' } : {}),
    ...(expired ? { expired: 'true' } : {}),
  };
}
