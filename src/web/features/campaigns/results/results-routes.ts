/** What the page of a campaign asks of its evaluations: the one place that names them. */
export {
  claims,
  endTie,
  results,
  resultsWorkbook,
  ruleTie,
  slope,
  ties,
} from '#contract/evaluations/evaluations.ts';
