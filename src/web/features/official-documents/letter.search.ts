import { z } from 'zod';
import { letterKinds, letterStates, letterTurns, receiptStates } from '#domain/letter/state.ts';
import { listSearch, searchChoice, searchFlag, searchNumber, searchText } from '#web/shared/address/search-state.ts';

/** The letters of the unit: filters, page, and the dialogs that begin one. */
export const letterListSearch = z.object({
  ...listSearch,
  state: searchChoice(letterStates),
  kind: searchChoice(letterKinds),
  /** The year of the number; the year of the top bar is a school year. */
  numberYear: searchNumber,
  waiting: searchChoice(letterTurns),
  /** Who goes on with it: `mine`, or the id of a person. */
  handler: z
    .union([z.literal('mine'), z.uuid()])
    .optional()
    .catch(undefined),
  drafting: searchFlag,
});

export const receiptListSearch = z.object({
  ...listSearch,
  state: searchChoice(receiptStates),
  kind: searchChoice(letterKinds),
});

/** 机关代字: the one that is changed, and the dialogs that open one or enter a letter of paper. */
export const seriesSearch = z.object({ series: searchText, opening: searchFlag, entering: searchFlag });
