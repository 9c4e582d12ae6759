import type { Vocabulary } from '../../formula/vocabulary.ts';
import { frameworkKeyPattern } from '../lists.ts';
import { type EarlierMeasure, earlierFact } from '../score/earlier-fact.ts';
import { surveyFact } from '../score/survey-fact.ts';

const surveyWords = new Map<string, 'share' | 'mean'>([
  ['比例', 'share'],
  ['均分', 'mean'],
]);
const earlierWords = new Map<string, EarlierMeasure>([
  ['得分率', 'rate'],
  ['总分', 'total'],
  ['等次', 'grade'],
]);

const pattern = /^(调查|评估):(.+)\.([^.]+)$/;

/**
 * What a formula means by a figure of a survey or by the latest result of another evaluation, under the name by which facts keep it:
 * `调查:群众满意度.比例` (percent) and `.均分`, `评估:county-inspection-sample.得分率` (a share from 0 to 1), `.总分` and `.等次` (a text). Like
 * the words `survey()` and `evaluation()` of conditions, they need no list: the name says what it is.
 * @returns undefined for every other name
 */
export function sourceAlias(name: string): ReturnType<Vocabulary['find']> {
  const [, source, of = '', word = ''] = pattern.exec(name) ?? [];
  const ofSurvey = source === '调查' && !of.includes('.') ? surveyWords.get(word) : undefined;
  if (ofSurvey !== undefined) return { name: surveyFact(of, ofSurvey), type: 'number', unit: undefined, own: true };
  const measure = source === '评估' && frameworkKeyPattern.test(of) ? earlierWords.get(word) : undefined;
  if (measure === undefined) return undefined;
  return { name: earlierFact(of, measure), type: measure === 'grade' ? 'text' : 'number', unit: undefined, own: true };
}
