import type { z } from 'zod';
import { list, number, oneOf, parts, text, whole } from '../kit/definition.shape.ts';

/** One unit of the city as `reference/units/` keeps it. */
const listedUnit = parts({
  id: whole(1, 100_000),
  adminLevel: oneOf(['province', 'city', 'county']),
  /** The code under which the unit reports; six digits if it has a GB code. */
  unitCode: text,
  /** GB/T 2260; null for a development zone, which has none. */
  gbCode: text.nullable(),
  parentId: whole(1, 100_000).nullable(),
  name: text,
  shortName: text,
  /** Column and row on the map of tiles; null for a unit that is not drawn. */
  tile: list(number)
    .length(2, '应是列和行两个数')
    .transform(([column, row]) => [column!, row!] as const)
    .nullable(),
});
export type ListedUnit = z.output<typeof listedUnit>;

/** The units of a city, the province and the city itself first. */
export const unitList = parts({ source: text, units: list(listedUnit) });
