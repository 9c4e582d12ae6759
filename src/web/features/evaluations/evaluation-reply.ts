import type { leaf, opinion, read, trace } from '#contract/evaluations/evaluations.ts';
import type { RouteOutput } from '#contract/route.ts';

/** One evaluation, one of its leaves, and its opinion, as the server answers. */
export type Evaluation = RouteOutput<typeof read>;
export type TreeNode = Evaluation['nodes'][number];
/** A line of the trace of a total. */
export type TotalLine = RouteOutput<typeof trace>['lines'][number];
export type Leaf = RouteOutput<typeof leaf>;
export type Opinion = RouteOutput<typeof opinion>;
export type OpinionFinding = Opinion['findings'][number];
export type LinkedEvidence = Leaf['evidence'][number];
