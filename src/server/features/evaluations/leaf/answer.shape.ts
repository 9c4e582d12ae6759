import type { z } from 'zod';
import type { leafAnswer } from '#contract/evaluations/evaluations.shape.ts';
import type { Answer } from '#domain/framework/answer.ts';

type GivenAnswer = z.output<typeof leafAnswer>;

/** An answer of the engine as routes give it: counts of items stand in a list. */
export function givenAnswer(answer: Answer): GivenAnswer {
  if (!('occurrences' in answer)) return { ...answer } as GivenAnswer;
  const { occurrences, ...rest } = answer;
  if (typeof occurrences === 'number') return { ...rest, occurrences };
  const counted = Object.entries(occurrences).map(([item, times]) => ({ item: Number(item), times }));
  return { ...rest, occurrences: counted };
}
