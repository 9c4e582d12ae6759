import type { AnyRoute } from '#contract/route.ts';
import { refreshAfter } from './queries.ts';

/** When the page looks again, in milliseconds after the act. */
const looks = [1500, 4000, 8000, 15_000];

/** After so many milliseconds what jobs did not do, they refused; their reasons come as notices. */
export const followedFor = 18_000;

/** An act on many things is carried out in the seconds after it: what shows them is read again until that is done. */
export function followJobs(route: AnyRoute): void {
  for (const wait of looks) setTimeout(() => void refreshAfter(route), wait);
}
