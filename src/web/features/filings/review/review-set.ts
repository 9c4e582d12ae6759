import type { z } from 'zod';
import * as filings from '#contract/filings/filings.ts';
import type { FilingSubject } from '#domain/filing/flow.ts';
import type { FilingState } from '#domain/filing/state.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useReadPages } from '#web/shared/call/queries.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { filingReviewSearch } from '../filing.search.ts';

export type QueuePage = z.output<typeof filings.list.output>;
export type QueueRow = QueuePage['rows'][number];
export type ReviewSearch = z.output<typeof filingReviewSearch>;
export type SetReviewSearch = (patch: Partial<ReviewSearch>, options?: { replace?: boolean }) => void;

/** A whole queue, whatever filters the screen has. */
export interface ReviewSet {
  year?: number;
  unitId?: number;
  state: Extract<FilingState, 'submitted' | 'approved'>;
  managedBy: FilingSubject['managedBy'];
}

/** The marks that the filters of the queue ask for. */
function marksOf({ changed, checked }: ReviewSearch) {
  const mark = [
    ...(changed ? (['changed'] as const) : []),
    ...(checked === undefined ? [] : [checked === 'yes' ? ('checked' as const) : ('to-check' as const)]),
  ];
  return mark.length > 0 ? { mark } : {};
}

/** The filings that wait for this person, with the filters in the address; the oddest first, or as asked the oldest. */
export function useReviewSet() {
  const { year, unit, placeName } = useDeskContext();
  const { role } = useSession();
  const [search, setSearch] = useSearchState(filingReviewSearch);
  const state = search.queue ?? 'submitted';
  const set: ReviewSet = {
    ...(year === null ? {} : { year }),
    ...(unit ? { unitId: unit.id } : {}),
    state,
    // A 市直 school is reviewed by the city, every other one by its county.
    managedBy: role.level === 'city' && state === 'submitted' ? 'city' : 'county',
  };
  const list = useReadPages(filings.list, {
    ...set,
    ...(search.doubts ? { doubts: 'true' } : {}),
    ...marksOf(state === 'submitted' ? search : { ...search, checked: undefined }),
    sort: search.order ?? 'oddity',
    pageSize: 200,
  });
  const filtered = Boolean(search.doubts || search.changed || search.checked);
  return { year, unit, placeName, set, list, total: list.first.data?.total ?? 0, filtered, search, setSearch };
}
