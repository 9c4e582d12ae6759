import type { answer } from '#contract/frameworks/questions.ts';
import type { RouteArguments } from '#contract/route.ts';

export type AnswerValue = RouteArguments<typeof answer>['body']['value'];

/** An answer as people say it: `12.5 万人`, `是`, `不适用`. */
export function answerText(value: AnswerValue, unit: string | null): string {
  if (value === null) return '撤下';
  if (typeof value === 'object') return '不适用';
  if (typeof value === 'boolean') return value ? '是' : '否';
  return typeof value === 'number' && unit !== null ? `${value} ${unit}` : String(value);
}
