import type { FactAnswer } from '#domain/framework/questions/fact-answer.ts';
import { saidOf } from '#domain/framework/questions/fact-answer.ts';

/** An answer as people say it: `12.5 万人`, `是`, `不适用`. */
export function answerText(value: FactAnswer, unit: string | null): string {
  return typeof value === 'number' && unit !== null ? `${value} ${unit}` : saidOf(value);
}
