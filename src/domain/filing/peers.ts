import type { FieldValues } from './catalogue.ts';

/**
 * A school's values of a year, and the two facts by which schools are grouped: the kind, and whether the school lies in
 * city, town or country.
 */
export interface PeerValues {
  readonly schoolType: string;
  readonly urbanClass: string;
  readonly values: FieldValues;
}

export type PeerMedians = Readonly<Record<string, { median: number; schools: number }>>;

/** With fewer schools than this a reader could guess a neighbour's figure. */
export const fewestPeers = 5;

/** Medians of every group of alike schools, by kind with 城乡 class and by kind alone. */
export function medians(schools: readonly PeerValues[]): ReadonlyMap<string, PeerMedians> {
  const numbers = new Map<string, Map<string, number[]>>();
  for (const school of schools) {
    for (const group of [school.schoolType, groupOf(school)]) {
      const fields = numbers.get(group) ?? new Map<string, number[]>();
      numbers.set(group, fields);
      for (const [key, value] of Object.entries(school.values)) {
        if (typeof value !== 'number') continue;
        const list = fields.get(key);
        if (list) list.push(value);
        else fields.set(key, [value]);
      }
    }
  }
  return new Map(
    [...numbers].map(([group, fields]) => [
      group,
      Object.fromEntries(
        [...fields]
          .filter(([, list]) => list.length >= fewestPeers)
          .map(([key, list]) => [key, { median: median(list), schools: list.length }]),
      ),
    ]),
  );
}

/** For each field the median of schools like this one: of its kind and 城乡 class where there are enough, else its kind. */
export function peersOf(
  known: ReadonlyMap<string, PeerMedians>,
  school: Pick<PeerValues, 'schoolType' | 'urbanClass'>,
): PeerMedians {
  return { ...known.get(school.schoolType), ...known.get(groupOf(school)) };
}

function groupOf(school: Pick<PeerValues, 'schoolType' | 'urbanClass'>): string {
  return `${school.schoolType} ${school.urbanClass}`;
}

/** The middle value; the mean of the two middle ones of an even count. `values` holds at least one. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
