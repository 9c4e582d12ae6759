import { z } from 'zod';

const text = z.string().max(80).optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const count = z.coerce.number().int().min(1).max(100_000).optional().catch(undefined);

/** `figure` chooses the colours of the map: absent for the verdict, else `primary:key` of an indicator. */
export const overviewSearch = z.object({ standard: text, figure: text });

export const countySearch = z.object({
  standard: text,
  run: z.uuid().optional().catch(undefined),
  level: z.enum(['primary', 'junior']).optional().catch(undefined),
  /** All dots have the same size, for comparison. */
  plain: flag,
  only: z.enum(['failing', 'one-short', 'missing']).optional().catch(undefined),
  find: text,
  sort: text,
  /** Shows the whole table of schools and not only its first rows. */
  all: flag,
});

export const runsSearch = z.object({
  standard: text,
  current: flag,
  /** The runs of every year, and not only of the year of the desk. */
  allYears: flag,
  page: count,
  pageSize: z.coerce.number().int().min(10).max(200).optional().catch(undefined),
  sort: text,
  first: z.uuid().optional().catch(undefined),
});

export const comparisonSearch = z.object({
  first: z.uuid().optional().catch(undefined),
  second: z.uuid().optional().catch(undefined),
});

export const standardsSearch = z.object({ key: text, sort: text });

export const standardSearch = z.object({ revision: count, edit: flag });
