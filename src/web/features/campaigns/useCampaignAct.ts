import type { AnyRoute } from '#contract/route.ts';
import { followJobs } from '#web/shared/call/follow-jobs.ts';
import { type Act, type ActOptions, useAct } from '#web/shared/call/queries.ts';

/** An act on a campaign that jobs carry to its evaluations: what shows them is read again until that is done. */
export function useCampaignAct<R extends AnyRoute>(route: R, options: ActOptions<R> = {}): Act<R> {
  return useAct(route, {
    ...options,
    onDone: (output) => {
      followJobs(route);
      options.onDone?.(output);
    },
  });
}
