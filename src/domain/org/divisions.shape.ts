import { z } from 'zod';
import { day, list, parts, text } from '../kit/definition.shape.ts';

const sixDigits = text.regex(/^\d{6}$/, '应是六位数字');

/** A city with its county-level divisions: name by code. A city may have none, and may be its own only one. */
const listedCity = parts({
  code: sixDigits,
  name: text,
  counties: z
    .record(sixDigits, text, { error: '应是以代码为名的名称' })
    .transform((byCode) => Object.entries(byCode).map(([code, name]) => ({ code, name }))),
});
export type ListedCity = z.output<typeof listedCity>;

/** The divisions of GB/T 2260 from which an installation chooses its city (`reference/units/divisions.json`). */
export const divisionList = parts({
  source: text,
  /** The day up to which changes are contained. */
  asOf: day,
  /** Codes of county-level divisions in which nobody files; they are offered and not chosen beforehand. */
  notFiling: list(sixDigits),
  provinces: list(parts({ code: sixDigits, name: text, cities: list(listedCity) })),
});
export type DivisionList = z.output<typeof divisionList>;
