import { z } from 'zod';
import { searchChoice, searchFlag, searchNumber, searchText } from '#web/shared/address/search-state.ts';

/** The calendar year of the plans; the year of the top bar is a school year. */
const planYear = searchNumber;

export const planListSearch = z.object({ planYear, drafting: searchFlag });

export const planSearch = z.object({
  /** A unit that leads, helps or is named. */
  who: searchNumber,
  standing: searchChoice(['withdrawn', 'done', 'under-way', 'waiting', 'overdue', 'unknown']),
  find: searchText,
  /** A draft is open to be corrected. */
  draft: searchFlag,
  /** The item whose records are open. */
  item: searchText,
});

export const meetingListSearch = z.object({
  planYear,
  calling: searchFlag,
  /** The meeting that is open. */
  meeting: searchText,
});
