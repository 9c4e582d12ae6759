import type { read } from '#contract/rectifications/rectifications.ts';
import type { RouteOutput } from '#contract/route.ts';

/** A finding whole, as the page and its acts have it. */
export type Finding = RouteOutput<typeof read>;
