import { z } from 'zod';
import { listSearch, searchChoice, searchFlag, searchNumber, searchText } from '#web/shared/address/search-state.ts';

/** The search of the list of people in the address. */
export const peopleSearch = z.object({
  ...listSearch,
  role: searchText,
  /** A county-level unit or the city; `unit` itself belongs to the frame. */
  place: searchNumber,
  mark: searchChoice([
    'active',
    'disabled',
    'guessed',
    'locked',
    'mobile-asked',
    'no-role',
    'password-pending',
    'section-lapsed',
  ]),
  /** The dialog for a new account is open. */
  adding: searchFlag,
});

/** The search of the list of sets of posts. */
export const setsSearch = z.object({ page: listSearch.page, pageSize: listSearch.pageSize });

/** The search of one set: a page of its lines, of one unit, or of one kind. */
export const setSearch = setsSearch.extend({
  place: searchNumber,
  only: searchChoice(['new', 'existing', 'refused']),
});
