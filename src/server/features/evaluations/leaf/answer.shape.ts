import type { z } from 'zod';
import type { leafAnswer } from '#contract/evaluations/answer.shape.ts';
import type { Answer } from '#domain/framework/answer.ts';

type GivenAnswer = z.output<typeof leafAnswer>;

/** An answer of the engine as routes give it: counts of items and figures of parts stand in a list. */
export function givenAnswer(answer: Answer): GivenAnswer {
  if ('parts' in answer && answer.parts !== undefined) {
    const { parts, ...rest } = answer;
    return { ...rest, parts: Object.entries(parts).map(([part, value]) => ({ part, value })) };
  }
  if (!('occurrences' in answer)) return { ...answer } as GivenAnswer;
  const { occurrences, ...rest } = answer;
  if (typeof occurrences === 'number') return { ...rest, occurrences };
  const counted = Object.entries(occurrences).map(([item, times]) => ({ item: Number(item), times }));
  return { ...rest, occurrences: counted };
}
