import { z } from 'zod';
import { findingSeverities } from '#domain/flow/finding.ts';
import { findingStates } from '#domain/rectification/state.ts';
import { waitingKinds } from '#domain/rectification/waiting.ts';
import { listSearch, searchChoice, searchFlag, searchNumber, searchText } from '#web/shared/address/search-state.ts';

/** The ledger: its filters, its page, and the dialog that enters a finding. */
export const findingListSearch = z.object({
  ...listSearch,
  state: searchChoice(findingStates),
  open: searchFlag,
  kind: searchText,
  school: searchNumber,
  severity: searchChoice(findingSeverities),
  overdue: searchFlag,
  /** What one thing of a feature raised: a list of issues. */
  source: searchText,
  sourceId: searchText,
  /** Only what was found in the chosen school year. */
  ofYear: searchFlag,
  /** Without those that were cancelled: what counts. */
  standing: searchFlag,
  waiting: searchChoice(waitingKinds),
  entering: searchFlag,
});

export type FindingListSearch = z.output<typeof findingListSearch>;

/** The draws: the one whose findings are shown. */
export const reproofSearch = z.object({ draw: z.uuid().optional().catch(undefined), drawing: searchFlag });

/** The kinds: the one that is changed. */
export const kindSearch = z.object({ kind: searchText });

const standingStates = findingStates.filter((state) => state !== 'cancelled');

/** What the address says as the query of the list: a flag is a text there. */
export function queryOf(
  search: FindingListSearch,
  context: { readonly unitId: number | null; readonly year: number | null },
) {
  const { open, overdue, ofYear, standing, school, entering: _, ...rest } = search;
  return {
    ...rest,
    ...(standing && rest.state === undefined ? { state: standingStates } : {}),
    ...(open ? { open: 'true' } : {}),
    ...(overdue ? { overdue: 'true' } : {}),
    ...(ofYear && context.year !== null ? { year: context.year } : {}),
    ...(school === undefined ? {} : { schoolId: school }),
    ...(context.unitId === null ? {} : { unitId: context.unitId }),
  };
}
