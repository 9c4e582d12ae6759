import { z } from 'zod';
import { authorities, editionStates, frameworkSubjects } from '#contract/frameworks/frameworks.ts';
import { searchChoice, searchFlag, searchNumber, searchText } from '#web/shared/address/search-state.ts';

export const frameworkListSearch = z.object({
  find: searchText,
  authority: searchChoice(authorities),
  subject: searchChoice(frameworkSubjects),
  state: searchChoice(editionStates),
  sort: searchText,
  /** A new framework is being named. */
  begin: searchFlag,
});

export const frameworkImportSearch = z.object({
  /** The open preview, so that a reload keeps it. */
  preview: z.uuid().optional().catch(undefined),
  subject: searchChoice(frameworkSubjects),
});

export const frameworkSearch = z.object({
  /** An older revision; absent: the newest. */
  revision: searchNumber,
  /** The indicator that is open. */
  node: searchText,
  /** What is shown instead of the tree. */
  part: searchChoice(['rules', 'facts', 'versions']),
});

export const trialSearch = z.object({
  revision: searchNumber,
  node: searchText,
  /** The unit or the school by whose facts it is tried. */
  of: searchNumber,
  /** The year that is assessed. */
  assessed: searchNumber,
  again: searchFlag,
  /** The branches that this visit takes, parted by commas; absent: all. */
  chosen: searchText,
  /** Months for which the post was held. */
  months: searchNumber,
  /** The decided round whose answers and points a draft takes over. */
  round: z.uuid().optional().catch(undefined),
});

export const draftSearch = z.object({
  node: searchText,
  /** What is still unknown and what a publication would refuse, or the rules beside the tree. */
  part: searchChoice(['open', 'rules']),
});

export const comparisonSearch = z.object({
  first: searchText,
  firstRevision: searchNumber,
  second: searchText,
  secondRevision: searchNumber,
});

export const questionSearch = z.object({
  find: searchText,
  framework: searchText,
  state: searchChoice(['known', 'unknown']),
  /** Whose facts: a unit or a school; absent: the own. */
  type: searchChoice(['unit', 'school']),
  of: searchNumber,
  /** The year of the facts: the school year that begins in it, or the calendar year. */
  assessed: searchNumber,
  sort: searchText,
});

export const mappingSearch = z.object({
  from: searchText,
  fromRevision: searchNumber,
  to: searchText,
  toRevision: searchNumber,
  find: searchText,
  show: searchChoice(['mapped', 'unmapped', 'scale']),
  sort: searchText,
});
