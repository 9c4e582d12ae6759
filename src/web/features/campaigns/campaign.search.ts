import { z } from 'zod';
import { campaignStates, evaluationKinds, evaluationSteps } from '#domain/evaluation/lists.ts';
import { listSearch, searchChoice, searchFlag, searchNumber, searchText } from '#web/shared/address/search-state.ts';

/** The list: its filters and its page. */
export const campaignListSearch = z.object({
  ...listSearch,
  kind: searchChoice(evaluationKinds),
  state: searchChoice(campaignStates),
  /** The year that is assessed or in which the result is decided. */
  of: searchNumber,
  /** Only those whose evaluations have all ended. */
  ended: searchFlag,
});

/** A new campaign: its kind, the year that is assessed, and the round after which it is made. */
export const newCampaignSearch = z.object({
  kind: searchChoice(evaluationKinds),
  assessed: searchNumber,
  earlier: z.uuid().optional().catch(undefined),
});

/** The parts of the page of one campaign. */
export const campaignParts = ['matrix', 'timetable', 'subjects', 'panel', 'heat', 'results', 'rules'] as const;
export type CampaignPart = (typeof campaignParts)[number];

/** Whose points the heat map shows. */
export const heatLayers = ['city', 'county', 'self'] as const;

/** One campaign: its part, and what the list of the part is narrowed to. */
export const campaignSearch = z.object({
  ...listSearch,
  part: searchChoice(campaignParts),
  step: searchChoice(evaluationSteps),
  late: searchFlag,
  county: searchNumber,
  type: searchText,
  chosen: searchFlag,
  layer: searchChoice(heatLayers),
  /** The branch by which the heat map is sorted. */
  branch: searchText,
  /** The conclusion to which the results are narrowed. */
  conclusion: searchText,
});

export type CampaignSearch = z.output<typeof campaignSearch>;

/** What no part takes along when another one is opened. */
export const noFilters = {
  ...{ page: undefined, pageSize: undefined, sort: undefined, search: undefined, step: undefined, late: undefined },
  ...{
    county: undefined,
    type: undefined,
    chosen: undefined,
    layer: undefined,
    branch: undefined,
    conclusion: undefined,
  },
} as const;
