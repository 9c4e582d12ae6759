/** The figures of a survey: a share in percent, a mean in points, and how many people answered. */
export const surveyMeasures = ['share', 'mean', 'answers'] as const;
export type SurveyMeasure = (typeof surveyMeasures)[number];

/**
 * The name of a figure of a survey among the facts.
 * @param survey 群众教育满意度
 * @param measure `share` in percent, `mean` in points, `answers` how many people answered
 */
export function surveyFact(survey: string, measure: SurveyMeasure): string {
  return `survey.${survey}.${measure}`;
}

const pattern = new RegExp(`^survey\\.(.+)\\.(${surveyMeasures.join('|')})$`);

/** Reads the name of a figure of a survey; undefined where it is the name of something else. */
export function readSurveyName(name: string): { readonly survey: string; readonly measure: SurveyMeasure } | undefined {
  const [, survey, measure] = pattern.exec(name) ?? [];
  return survey === undefined ? undefined : { survey, measure: measure as SurveyMeasure };
}
