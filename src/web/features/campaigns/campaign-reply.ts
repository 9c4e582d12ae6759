import type {
  burdenOf,
  candidates,
  heat,
  matrix,
  read,
  seats,
  subjects,
  template,
} from '#contract/campaigns/campaigns.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { claims, results, slope, ties } from './results/results-routes.ts';

/** A campaign and its parts, as the server answers. */
export type Campaign = RouteOutput<typeof read>;
export type CampaignForm = Campaign['form'];
export type Template = RouteOutput<typeof template>;
export type MatrixRow = RouteOutput<typeof matrix>['rows'][number];
export type SubjectRow = RouteOutput<typeof subjects>['rows'][number];
export type Seats = RouteOutput<typeof seats>;
export type Seat = Seats['rows'][number];
export type Candidate = RouteOutput<typeof candidates>['rows'][number];
export type Heat = RouteOutput<typeof heat>;
export type Burden = RouteOutput<typeof burdenOf>;
export type ResultRow = RouteOutput<typeof results>['rows'][number];
export type Slope = RouteOutput<typeof slope>;
export type ClaimRow = RouteOutput<typeof claims>['rows'][number];
export type Ties = RouteOutput<typeof ties>;
export type OpenTie = Ties['open'][number];
