import type { listEvidence, readEvidence } from '#contract/evaluations/evaluations.ts';
import type { RouteOutput } from '#contract/route.ts';

/** A row of the library, and one piece with its leaves and versions, as the server answers. */
export type EvidenceRow = RouteOutput<typeof listEvidence>['rows'][number];
export type Piece = RouteOutput<typeof readEvidence>;
