import type { read } from '#contract/balance-tracking/tracks.ts';
import type { RouteOutput } from '#contract/route.ts';

/** A county's year whole, as the page and its acts have it. */
export type Track = RouteOutput<typeof read>;
