import { z } from 'zod';
import { writtenLine } from '../kit/texts.shape.ts';

/** A number that somebody writes of a leaf: points are exact, so it has no more decimals than people write. */
export const writtenNumber = z
  .number()
  .min(-1e12)
  .max(1e12)
  .refine((value) => Number(value.toFixed(6)) === value, '最多填 6 位小数');

/**
 * What is said at one leaf, by its method: one of the ways in which `dudao score` takes an answer. Elements and deductions
 * name their items by number.
 */
export const leafAnswer = z.object({
  points: writtenNumber.optional(),
  value: z.union([writtenNumber, z.string().max(40)]).optional(),
  /** Of a threshold with parts, or of deductions that are counted from values: the figure or the word of each part. */
  parts: z
    .array(z.object({ part: writtenLine(80), value: z.union([writtenNumber, z.string().max(40)]) }))
    .max(20)
    .optional(),
  level: writtenLine(80).optional(),
  option: writtenLine(80).optional(),
  met: z.boolean().optional(),
  series: z.array(writtenNumber.nullable()).max(20).optional(),
  missing: z.union([z.number().int(), z.array(z.number().int()).max(60)]).optional(),
  occurrences: z
    .union([z.number().int(), z.array(z.object({ item: z.number().int(), times: z.number().int().min(0) })).max(60)])
    .optional(),
  notApplicable: z.literal(true).optional(),
});
