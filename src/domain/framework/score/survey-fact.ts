/** The figures of a survey: a share in percent, a mean in points, and how many people answered. */
export const surveyMeasures = ['share', 'mean', 'answers'] as const;
export type SurveyMeasure = (typeof surveyMeasures)[number];

/**
 * The name of a figure of a survey among the facts.
 * @param survey 群众教育满意度
 * @param measure `share` in percent, `mean` in points, `answers` how many people answered
 * @param group of answers: those of one group alone (家长), where a rule asks how many of them there are
 */
export function surveyFact(survey: string, measure: 'answers', group?: string): string;
export function surveyFact(survey: string, measure: SurveyMeasure): string;
export function surveyFact(survey: string, measure: SurveyMeasure, group?: string): string {
  return `survey.${survey}.${measure}${group === undefined ? '' : `.${group}`}`;
}

/** What the name of a figure of a survey says. */
export interface SurveyName {
  readonly survey: string;
  readonly measure: SurveyMeasure;
  /** Of answers: the group that gave them; undefined for all. */
  readonly group?: string;
}

const pattern = new RegExp(`^survey\\.(.+?)\\.(?:(${surveyMeasures.join('|')})|answers\\.([^.]+))$`);

/** Reads the name of a figure of a survey; undefined where it is the name of something else. */
export function readSurveyName(name: string): SurveyName | undefined {
  const [, survey, measure, group] = pattern.exec(name) ?? [];
  if (survey === undefined) return undefined;
  return group === undefined ? { survey, measure: measure as SurveyMeasure } : { survey, measure: 'answers', group };
}

/** Which group of a survey are the parents: the one that names them. */
export const parentsOf = ({ groups = [] }: { readonly groups?: readonly string[] }): string =>
  groups.find((group) => group.includes('家长')) ?? '家长';
