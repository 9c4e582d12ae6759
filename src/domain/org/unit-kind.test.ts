import { describe, expect, it } from 'vitest';
import { mayStandBelow, placeOfUnit, unitKinds } from './unit-kind.ts';

describe('units', () => {
  it('stand below those that the administration puts them below', () => {
    const pairs = unitKinds.flatMap((kind) =>
      [null, ...unitKinds].filter((parent) => mayStandBelow(kind, parent)).map((parent) => `${kind} < ${parent}`),
    );
    expect(pairs).toEqual([
      'province < null',
      'city < province',
      'county < city',
      'section < city',
      'section < county',
      'section < department',
      'section < institution',
      'department < city',
      'department < county',
      'institution < city',
      'institution < county',
      'institution < department',
      'township < county',
    ]);
  });

  it('lie at the nearest city or county, a province nowhere', () => {
    expect(placeOfUnit('province', 1, null)).toBeNull();
    expect(placeOfUnit('city', 2, null)).toBe(2);
    expect(placeOfUnit('county', 11, 2)).toBe(11);
    expect(placeOfUnit('department', 40, 11)).toBe(11);
    expect(placeOfUnit('section', 41, 11)).toBe(11);
  });
});
