import { type FilingState, filingStateTitles } from './state.ts';

/**
 * Where a filing stands as a person names it: a draft that nobody has touched, and one that came back, have a word of
 * their own. Each filing is in one situation; lists, filters, counts, exports and prints use the same word.
 */
export const filingSituations = ['untouched', 'draft', 'returned', 'submitted', 'approved', 'accepted'] as const;
export type FilingSituation = (typeof filingSituations)[number];

export const filingSituationTitles: Readonly<Record<FilingSituation, string>> = {
  ...filingStateTitles,
  untouched: '未开始',
  returned: '已退回',
};

/** The facts about a filing that its situation follows from. */
export interface Situated {
  readonly state: FilingState;
  /** Nothing has been typed and it was never submitted. */
  readonly untouched: boolean;
  /** A draft that was sent back or reopened. */
  readonly returned: boolean;
}

/** The situation of a filing. */
export function situationOf({ state, untouched, returned }: Situated): FilingSituation {
  if (state !== 'draft') return state;
  if (returned) return 'returned';
  return untouched ? 'untouched' : 'draft';
}
