import { describe, expect, it } from 'vitest';
import divisions from '../../../reference/units/divisions.json' with { type: 'json' };
import quanzhou from '../../../reference/units/quanzhou.json' with { type: 'json' };
import { readDefinition } from '../kit/read-definition.shape.ts';
import { nameFault } from '../text/name-folding.ts';
import { divisionList } from './divisions.shape.ts';
import { citiesOf, isOwnCounty, liesInProvince, nextZoneCode, unitCodeOfCity } from './divisions.ts';
import { shortNameOf, shortNamesOf } from './short-name.ts';
import { nextTile, tileLayout } from './tile-layout.ts';

const list = readDefinition(divisionList, divisions, '行政区划');
const cities = citiesOf(list);
const cityNamed = (code: string) => cities.find(({ city }) => city.code === code)!.city;

describe('the divisions of GB/T 2260', () => {
  it('are complete: provinces, cities and counties as the standard counts them', () => {
    expect(list.provinces).toHaveLength(31);
    // 333 prefectural divisions, four municipalities, and 32 divisions that a province governs directly.
    expect(cities).toHaveLength(333 + 4 + 32);
    expect(cities.filter(({ city }) => isOwnCounty(city))).toHaveLength(32);
    // 2,844 of 2023, with 和康县 and 和安县.
    expect(cities.flatMap(({ city }) => city.counties)).toHaveLength(2846);
  });

  it('have unique codes, each below its city and its province', () => {
    const counties = cities.flatMap(({ city }) => city.counties.map(({ code }) => code));
    expect(new Set(counties).size).toBe(counties.length);
    expect(new Set(cities.map(({ city }) => city.code)).size).toBe(cities.length);
    for (const { city, province } of cities) {
      expect(city.code.slice(0, 2), city.name).toBe(province.code.slice(0, 2));
      const stems = city.code === '500100' ? ['5001', '5002'] : [city.code.slice(0, 4)];
      for (const county of city.counties) expect(stems, county.name).toContain(county.code.slice(0, 4));
    }
  });

  it('have names that everybody can find', () => {
    const names = cities.flatMap(({ city }) => [city.name, ...city.counties.map(({ name }) => name)]);
    expect(names.filter((name) => nameFault(name, '名称') !== undefined)).toEqual([]);
  });

  it('name the cities without counties, which begin with zones of their own', () => {
    const bare = cities.filter(({ city }) => city.counties.length === 0).map(({ city }) => city.name);
    expect(bare).toEqual(['东莞市', '中山市', '儋州市', '嘉峪关市']);
  });

  it('agree with the sample city, but for the county in which nobody files and the two zones', () => {
    const listed = cityNamed('350500').counties.map(({ code, name }) => `${code} ${name}`);
    const sample = quanzhou.units.flatMap(({ adminLevel, gbCode, name }) =>
      adminLevel === 'county' && gbCode !== null ? [`${gbCode} ${name}`] : [],
    );
    expect(listed.filter((one) => !sample.includes(one))).toEqual(['350527 金门县']);
    expect(sample.filter((one) => !listed.includes(one))).toEqual([]);
    expect(list.notFiling).toEqual(['350527']);
    const short = shortNamesOf(quanzhou.units.slice(0, 13).map(({ name }) => name));
    expect(short).toEqual(quanzhou.units.slice(0, 13).map(({ shortName }) => shortName));
  });

  it('a broken list is refused with its place', () => {
    const broken = { ...divisions, provinces: [{ code: '41', name: '河南省', cities: [] }] };
    expect(() => readDefinition(divisionList, broken, '行政区划')).toThrow('provinces[0].code：应是六位数字');
  });
});

describe('codes of units', () => {
  it('a city that is its own county leaves the code to the county', () => {
    expect(unitCodeOfCity(cityNamed('419001'))).toBe('419001-0');
    expect(unitCodeOfCity(cityNamed('410300'))).toBe('410300');
  });

  it('zones count through the letters and pass over codes that were ever used', () => {
    expect(nextZoneCode({ code: '350500' }, new Set())).toBe('3505-A');
    expect(nextZoneCode({ code: '350500' }, new Set(['3505-A', '3505-C']))).toBe('3505-B');
    expect(nextZoneCode({ code: '419001' }, new Set())).toBe('419001-A');
    const all = new Set(Array.from({ length: 26 }, (_, at) => `3505-${String.fromCharCode(65 + at)}`));
    expect(nextZoneCode({ code: '350500' }, all)).toBe('3505-AA');
  });

  it('a county of another province is not one of the city', () => {
    expect(liesInProvince('410302', { unitCode: '410300' })).toBe(true);
    expect(liesInProvince('350502', { unitCode: '410300' })).toBe(false);
    expect(liesInProvince('350502', { unitCode: null })).toBe(false);
  });
});

describe('short names', () => {
  it.each([
    ['延边朝鲜族自治州', '延边'],
    ['双江拉祜族佤族布朗族傣族自治县', '双江'],
    ['塔什库尔干塔吉克自治县', '塔什库尔干'],
    ['鄂温克族自治旗', '鄂温克旗'],
    ['东乡族自治县', '东乡县'],
    ['土默特左旗', '土默特左旗'],
    ['大兴安岭地区', '大兴安岭'],
    ['神农架林区', '神农架'],
    ['万柏林区', '万柏林'],
    ['瀍河回族区', '瀍河'],
    ['梅里斯达斡尔族区', '梅里斯'],
    ['城区', '城区'],
    ['新疆维吾尔自治区', '新疆'],
    ['内蒙古自治区', '内蒙古'],
  ])('of %s is %s', (name, short) => expect(shortNameOf(name)).toBe(short));

  it('are unique in every city, and short enough', () => {
    for (const { city, province } of cities) {
      const names = [...new Set([province.name, city.name, ...city.counties.map(({ name }) => name)])];
      const short = shortNamesOf(names);
      expect(new Set(short).size, city.name).toBe(names.length);
      expect(Math.max(...short.map((one) => one.length)), city.name).toBeLessThanOrEqual(10);
    }
    expect(shortNamesOf(['伊犁哈萨克自治州', '伊宁市', '伊宁县', '霍城县'])).toEqual([
      '伊犁',
      '伊宁市',
      '伊宁县',
      '霍城',
    ]);
  });
});

describe('the map of tiles', () => {
  it('is as square as possible, and an added unit takes the first free place', () => {
    expect(tileLayout(5)).toEqual([
      { column: 0, row: 0 },
      { column: 1, row: 0 },
      { column: 2, row: 0 },
      { column: 0, row: 1 },
      { column: 1, row: 1 },
    ]);
    expect(nextTile(tileLayout(5))).toEqual({ column: 2, row: 1 });
    expect(nextTile(tileLayout(5).filter((_, at) => at !== 1))).toEqual({ column: 1, row: 0 });
    expect(nextTile([])).toEqual({ column: 0, row: 0 });
  });
});
