import { z } from 'zod';
import { evaluationKinds, evaluationStates } from '#domain/evaluation/lists.ts';
import { listSearch, searchChoice, searchFlag, searchNumber, searchText } from '#web/shared/address/search-state.ts';

/** What may wait in an evaluation: for this person, or by this person's hand-in for the leader. */
export const waitingKinds = ['answer', 'confirm', 'toConfirm', 'score', 'talk', 'state', 'decide'] as const;

/** The list: its filters and its page. */
export const evaluationListSearch = z.object({
  ...listSearch,
  campaign: z.uuid().optional().catch(undefined),
  kind: searchChoice(evaluationKinds),
  /** Only what is decided in the school year of the address. */
  ofYear: searchFlag,
  state: searchChoice(evaluationStates),
  /** Only those whose result is confirmed, of the calendar year of the decision. */
  confirmedIn: searchNumber,
  waiting: searchChoice(waitingKinds),
  late: searchFlag,
});

export type EvaluationListSearch = z.output<typeof evaluationListSearch>;

/** The parts of the page of one evaluation. */
export const evaluationParts = ['leaves', 'questions', 'people', 'missing', 'opinion', 'course'] as const;

/** Which leaves the tree shows. */
export const leafFilters = ['mine', 'owed', 'open', 'returned', 'differ', 'evidence'] as const;

/** One evaluation: its part, the leaf that is open, which leaves the tree shows, and the piece of evidence beside it. */
export const evaluationSearch = z.object({
  part: searchChoice(evaluationParts),
  node: searchText,
  show: searchChoice(leafFilters),
  proof: z.uuid().optional().catch(undefined),
});

/**
 * The part that the page shows: the one that the address names. A leaf in the address is looked for among the leaves, also
 * where the page would begin with the opinion.
 */
export function partOf<Part extends string>(
  { part, node }: { readonly part?: string | undefined; readonly node?: string | undefined },
  parts: readonly Part[],
  usual: Part,
): Part {
  const named = parts.find((one) => one === part);
  const leaves = parts.find((one) => one === 'leaves');
  return named ?? (node !== undefined && leaves !== undefined ? leaves : usual);
}

/** What the address says as the query of the list: a flag is a text there. */
export function queryOf(
  { late, campaign, ofYear, ...rest }: EvaluationListSearch,
  { countyId, year }: { readonly countyId: number | null; readonly year: number | null },
) {
  return {
    ...rest,
    ...(campaign === undefined ? {} : { campaignId: campaign }),
    ...(ofYear && year !== null ? { year } : {}),
    ...(late ? { late: 'true' } : {}),
    ...(countyId === null ? {} : { countyId }),
  };
}
