/** What the page of a campaign asks of its evaluations: the one place that names them. */
export {
  actOnMany,
  claims,
  endTie,
  newestActOnMany,
  results,
  resultsWorkbook,
  ruleTie,
  slope,
  ties,
} from '#contract/evaluations/evaluations.ts';
