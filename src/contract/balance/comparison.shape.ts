import { z } from 'zod';
import { figure, level, verdict, within } from './balance.shape.ts';
import { runHead } from './run.shape.ts';

/** The value that a school files in one cell; null if the cell is empty. */
const filedValue = z.union([z.number(), z.string()]).nullable();

/** A school that is in the set of only one side, and why it is not in the other: an exclusion, no place in the list. */
export const movedSchool = z.object({
  schoolId: z.number().int(),
  code: z.string().nullable(),
  name: z.string(),
  reason: z.string(),
});

/** Two runs of a county in the order of time, whichever was asked for first. */
export const comparison = z.object({
  before: runHead,
  after: runHead,
  same: z.object({ inputs: z.boolean(), standard: z.boolean(), formula: z.boolean() }),
  sentences: z.array(z.string()),
  levels: z.array(
    z.object({
      level,
      levelName: z.string(),
      verdicts: z.tuple([verdict, verdict]),
      /** 综合差异系数; null where neither standard limits it. */
      composite: z
        .object({
          limit: z.tuple([figure, figure]),
          cv: z.tuple([figure, figure]),
          pass: z.tuple([within, within]),
        })
        .nullable(),
      indicators: z.array(
        z.object({
          key: z.string(),
          name: z.string(),
          limit: z.tuple([figure, figure]),
          cv: z.tuple([figure, figure]),
          pass: z.tuple([within, within]),
          mean: z.tuple([figure, figure]),
        }),
      ),
      joined: z.array(movedSchool),
      left: z.array(movedSchool),
      /** Inputs and school verdicts that differ, of every school that is in one of the two sets. */
      changed: z.array(
        z.object({
          schoolId: z.number().int(),
          code: z.string().nullable(),
          name: z.string(),
          values: z.array(z.object({ name: z.string(), before: filedValue, after: filedValue })),
          pass: z.tuple([z.boolean().nullable(), z.boolean().nullable()]),
        }),
      ),
    }),
  ),
});
