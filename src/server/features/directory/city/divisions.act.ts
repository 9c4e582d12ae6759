import { spellingsOf } from '#core/directory/initials.ts';
import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { type DivisionList, divisionList } from '#domain/org/divisions.shape.ts';
import { type CityInProvince, citiesOf } from '#domain/org/divisions.ts';

/** The list is read when somebody asks for it: a server at work needs it once in its life. */
export async function readDivisions(): Promise<DivisionList> {
  const { default: json } = await import('../../../../../reference/units/divisions.json', { with: { type: 'json' } });
  return readDefinition(divisionList, json, '行政区划名录');
}

/** The city with this code; undefined if the list has none. */
export async function findDivision(code: string): Promise<(CityInProvince & { list: DivisionList }) | undefined> {
  const list = await readDivisions();
  const found = citiesOf(list).find(({ city }) => city.code === code);
  return found && { ...found, list };
}

/** All cities with what a person may type to find them. */
export async function listCities(list: DivisionList) {
  const cities = citiesOf(list);
  const spelt = await spellingsOf(cities.map(({ city }) => city.name));
  return cities.map(({ city, province }, at) => ({
    ...{ code: city.code, name: city.name, province: province.name },
    ...spelt[at]!,
  }));
}
