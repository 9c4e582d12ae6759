/**
 * The name of a figure of a survey among the facts.
 * @param survey 群众教育满意度
 * @param measure `share` in percent, `mean` in points, `answers` how many people answered
 */
export function surveyFact(survey: string, measure: 'share' | 'mean' | 'answers'): string {
  return `survey.${survey}.${measure}`;
}
