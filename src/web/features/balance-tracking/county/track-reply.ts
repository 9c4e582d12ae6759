import type { read } from '#contract/balance-tracking/tracks.ts';
import type { RouteOutput } from '#contract/route.ts';

/** A county's year whole, as the page and its acts have it. */
export type Track = RouteOutput<typeof read>;

/** How often the page looks for issues that the ledger is about to take, and how many looks it takes. */
const nextLook = 700;
const mostLooks = 40;

/**
 * The ledger takes issues by a job of its own: the page looks until each stands there. The looks count from when an issue first
 * stood without a state, so that a page that was open for long has as many as a new one.
 */
export function lookingAgain() {
  let begun: number | null = null;
  return ({ state: { data, dataUpdateCount } }: { state: { data?: unknown; dataUpdateCount: number } }) => {
    const waits = (data as Track | undefined)?.issues.some(({ state }) => state === null) === true;
    begun = waits ? (begun ?? dataUpdateCount) : null;
    return begun !== null && dataUpdateCount - begun < mostLooks ? nextLook : false;
  };
}

/** Said before acts that rest on a computation that is not final; null where it is. */
export const provisionalText = ({ run, state }: Pick<Track, 'run' | 'state'>): string | null =>
  run?.provisional === true && state !== 'closed' && state !== 'cancelled'
    ? '本平台测算还是暂定的：有学校还没有数据，补齐后数值会变。'
    : null;
