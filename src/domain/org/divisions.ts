import { columnLetters } from '../text/column-letters.ts';
import type { DivisionList, ListedCity } from './divisions.shape.ts';

/** A city with the province in which it lies. */
export interface CityInProvince {
  readonly city: ListedCity;
  readonly province: { readonly code: string; readonly name: string };
}

/** All cities of the list in its order, each with its province. */
export function citiesOf({ provinces }: DivisionList): CityInProvince[] {
  return provinces.flatMap(({ cities, code, name }) => cities.map((city) => ({ city, province: { code, name } })));
}

/**
 * Whether a city is governed by its province directly and has no county-level divisions below it: 济源市, 仙桃市. It is
 * listed as its own only county. GB/T 2260 gives the two of them one code, and the county keeps it, because its schools
 * report under it.
 */
export function isOwnCounty({ code, counties }: ListedCity): boolean {
  return counties.some((county) => county.code === code);
}

/** The code under which the city itself reports: its own, or one with `-0` where its only county has that. */
export function unitCodeOfCity(city: ListedCity): string {
  return isOwnCounty(city) ? `${city.code}-0` : city.code;
}

/**
 * The code of the next zone of a city, which has none in GB/T 2260 and for which none is invented: `3505-A`, `3505-B` …
 * `3505-Z`, `3505-AA`. A zone of a city that is its own county takes all six digits, because its neighbours share the
 * first four.
 * @param taken the codes that units of the city have or had
 */
export function nextZoneCode(city: Pick<ListedCity, 'code'>, taken: ReadonlySet<string>): string {
  const stem = city.code.endsWith('00') ? city.code.slice(0, 4) : city.code;
  for (let number = 1; ; number += 1) {
    const code = `${stem}-${columnLetters(number)}`;
    if (!taken.has(code)) return code;
  }
}

/** Whether a code of GB/T 2260 lies in the province of a city. */
export function liesInProvince(gbCode: string, city: { readonly unitCode: string | null }): boolean {
  return city.unitCode !== null && gbCode.slice(0, 2) === city.unitCode.slice(0, 2);
}
