import { z } from 'zod';
import { jobState } from '#contract/jobs/jobs.ts';
import { listSearch, searchChoice, searchNumber } from '#web/shared/address/search-state.ts';

export const jobsSearch = z.object({
  page: listSearch.page,
  pageSize: listSearch.pageSize,
  state: searchChoice(jobState.options),
  /** The job whose details are open. */
  job: searchNumber,
});
