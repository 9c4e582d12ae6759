import { initialsOf } from '#core/directory/initials.ts';
import { problem } from '#domain/kit/problem.ts';
import { isOwnCounty, nextZoneCode, unitCodeOfCity } from '#domain/org/divisions.ts';
import { shortNamesOf } from '#domain/org/short-name.ts';
import { tileLayout } from '#domain/org/tile-layout.ts';
import { lookAlikeKey } from '#domain/text/look-alike.ts';
import type { FirstUnit } from './city.store.ts';
import { findDivision } from './divisions.act.ts';

interface Choice {
  readonly code: string;
  readonly counties: readonly string[];
  readonly zones: readonly { readonly name: string; readonly shortName: string }[];
}

/**
 * The units of a choice: the province, the city, the chosen counties in the order of their codes, then the zones as
 * they were typed.
 * @throws Problem where the list has no such city or county, no county-level unit is chosen, or two names look alike
 */
export async function unitsOfChoice({ code, counties, zones }: Choice): Promise<FirstUnit[]> {
  const found = await findDivision(code);
  if (found === undefined) throw problem('unit.noDivision', { codes: [code] });
  const { city, province } = found;
  const unknown = counties.filter((one) => !city.counties.some((county) => county.code === one));
  if (unknown.length > 0) throw problem('unit.noDivision', { codes: unknown });
  const chosen = city.counties.filter((county) => counties.includes(county.code));
  if (chosen.length + zones.length === 0) throw problem('unit.noCounty', { name: city.name });

  // A municipality bears the name of its province, and a city that is its own county that of the county.
  const names = [...new Set([province.name, city.name, ...chosen.map(({ name }) => name)])];
  const short = new Map(shortNamesOf(names).map((one, at) => [names[at]!, one]));
  const taken = new Set<string>();
  const withCode = zones.map((zone) => {
    const unitCode = nextZoneCode(city, taken);
    taken.add(unitCode);
    return { ...zone, unitCode, gbCode: null };
  });
  const below = [
    ...chosen.map(({ code: gbCode, name }) => ({ name, shortName: short.get(name)!, unitCode: gbCode, gbCode })),
    ...withCode,
  ];
  assertDistinct(below);
  const tiles = tileLayout(below.length);
  const units = [
    {
      ...{ kind: 'province' as const, unitCode: province.code, gbCode: province.code },
      ...{ name: province.name, shortName: short.get(province.name)!, tile: null },
    },
    {
      ...{ kind: 'city' as const, unitCode: unitCodeOfCity(city), gbCode: isOwnCounty(city) ? null : city.code },
      ...{ name: city.name, shortName: short.get(city.name)!, tile: null },
    },
    ...below.map((unit, at) => ({ kind: 'county' as const, ...unit, tile: tiles[at]! })),
  ];
  const initials = await initialsOf(units.map(({ name }) => name));
  return units.map((unit, at) => ({ ...unit, initials: initials[at]! }));
}

/** Nobody who reads a list may take one county-level unit for another, by its name or by its short name. */
export function assertDistinct(units: readonly { readonly name: string; readonly shortName: string }[]): void {
  for (const part of ['name', 'shortName'] as const) {
    const seen = new Map<string, string>();
    for (const unit of units) {
      const key = lookAlikeKey(unit[part]);
      const other = seen.get(key);
      if (other !== undefined) throw problem('unit.nameTaken', { name: unit[part], other });
      seen.set(key, unit[part]);
    }
  }
}
