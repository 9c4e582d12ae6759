import { z } from 'zod';
import { list, oneOf, parts, text } from '#domain/kit/definition.shape.ts';
import { letterKinds } from '#domain/letter/state.ts';
import letters from '../../../reference/sample/letters.json' with { type: 'json' };

const letter = parts({
  ...{ kind: oneOf(letterKinds), title: text, text: list(text) },
  /** The value of its 【数据1】, the findings of the city that are open, as it was read before the ledger grew. */
  openFindings: text.optional(),
});

/** The letters of the sample: their words, all of them invented. */
export const sampleLetters = parts({
  series: parts({ city: text, county: text }),
  city: z.tuple([letter, letter, letter, letter, letter, letter, letter, letter]),
  county: letter,
}).parse(letters);

export type SampleLetter = z.output<typeof letter>;
