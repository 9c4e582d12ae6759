import type { read } from '#contract/inspectors/inspectors.ts';
import type { RouteOutput } from '#contract/route.ts';

/** An inspector whole, as the page and its acts have him. */
export type Inspector = RouteOutput<typeof read>;
