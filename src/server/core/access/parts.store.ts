import { sql } from 'kysely';
import type { Fragment } from '#platform/db/fragment.ts';
import type { Feature } from './feature.ts';

/**
 * The parts that the features give to one statement, with the columns that the fold wants; none of a feature that has nothing
 * to say. `door` is the place of the feature in the list of features; its part goes by its name, so that a log of statements
 * says whose it is.
 */
export function partsOf<Row>(
  features: readonly Feature[],
  partOf: (feature: Feature) => Fragment<Row> | undefined,
  columns: Fragment<unknown>,
): Fragment<unknown>[] {
  return features.flatMap((feature, door) => {
    const part = partOf(feature);
    return part === undefined
      ? []
      : [sql`select ${sql.lit(door)}::int as door, ${columns} from (${part}) ${sql.id(feature.name)}`];
  });
}

/** The rows of these parts, of which there is one at least. */
export const united = (parts: readonly Fragment<unknown>[]): Fragment<unknown> =>
  sql`(${sql.join(parts, sql` union all `)})`;
