import { z } from 'zod';
import { ownership } from '#contract/kit/school.shape.ts';
import { urbanClasses } from '#domain/org/urban-class.ts';
import { listSearch, searchChoice, searchFlag, searchNumber, searchText } from '#web/shared/address/search-state.ts';

/** The search of the list of schools in the address; the unit itself belongs to the frame. */
export const directorySearch = z.object({
  ...listSearch,
  kind: searchChoice(['kindergarten']),
  level: searchChoice(['primary', 'junior', 'senior', 'special', 'vocational']),
  schoolType: searchText,
  managedBy: searchChoice(['county', 'city']),
  ownership: searchChoice(ownership.options),
  urbanClass: searchChoice(urbanClasses),
  status: searchChoice(['open', 'merged', 'closed', 'all']),
  /** The dialog for a new school is open. */
  opening: searchFlag,
});

/** The school page: the part that is shown. */
export const schoolSearch = z.object({
  part: searchText,
});

/** The units: which dialog is open, and for which of them. */
export const unitsSearch = z.object({
  opening: searchFlag,
  arranging: searchFlag,
  closing: searchNumber,
  renaming: searchNumber,
});

/** The units below the chosen one: which dialog is open, and for which of them. */
export const lowerUnitsSearch = z.object({
  opening: searchFlag,
  history: searchNumber,
  closing: searchNumber,
  renaming: searchNumber,
});

/** The choice of the city: the code of the one that is looked at. */
export const citySearch = z.object({ city: searchNumber });

export type DirectorySearch = z.output<typeof directorySearch>;
export type SetDirectorySearch = (
  patch: { [Key in keyof DirectorySearch]?: DirectorySearch[Key] | undefined },
  options?: { replace?: boolean },
) => void;
