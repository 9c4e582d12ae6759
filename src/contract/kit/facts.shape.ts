import { z } from 'zod';
import { day, instant } from './kit.shape.ts';
import { writtenLine, writtenText } from './texts.shape.ts';

/** What somebody says of a fact: null takes an answer back, `notApplicable` says that the subject has no such thing. */
export const factValue = z.union([
  z
    .number()
    .min(-1e12)
    .max(1e12)
    .refine((value) => Number(value.toFixed(6)) === value, '最多填 6 位小数'),
  z.boolean(),
  writtenLine(80).min(1, '请填写答案'),
  z.object({ notApplicable: z.literal(true) }),
  z.null(),
]);

/** A fact as somebody has entered it. */
export const enteredFact = z.object({
  id: z.uuid(),
  value: factValue,
  document: z.string(),
  /** The day on which the figure stood; null in answers of before it was asked. */
  asOf: day.nullable(),
  enteredBy: z.string(),
  enteredAt: instant,
});

/** Answers that a later one ended, the newest first. */
export const earlierFacts = z.array(enteredFact).max(20);

/** What is said of one fact, wherever it is asked. */
export const givenFact = z.object({
  value: factValue,
  document: writtenText(300).min(2, '请写明依据的文件或材料'),
  asOf: day,
  /** The answer that this one corrects; null where nobody has answered. */
  replaces: z.uuid().nullable(),
});
