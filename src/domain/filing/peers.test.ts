import { describe, expect, it } from 'vitest';
import { medians, peersOf } from './peers.ts';

const school = (schoolType: string, urbanClass: string, books: number | null) => ({
  schoolType,
  urbanClass,
  values: { 图书册数: books, 附设班类型: '无' },
});

describe('medians of similar schools', () => {
  const known = medians([
    ...[100, 300, 200, 500, 400, 600].map((books) => school('211', 'urban', books)),
    ...[10, 20, null, null].map((books) => school('211', 'rural', books)),
    ...[1, 2, 3, 4].map((books) => school('311', 'urban', books)),
  ]);

  it('compare with the same kind in the same 城乡 class where there are enough', () => {
    expect(peersOf(known, { schoolType: '211', urbanClass: 'urban' })).toEqual({
      图书册数: { median: 350, schools: 6 },
    });
  });

  it('fall back to the kind alone, and leave out what is missing', () => {
    expect(peersOf(known, { schoolType: '211', urbanClass: 'rural' })).toEqual({
      图书册数: { median: 250, schools: 8 },
    });
  });

  it('show nothing for fewer than five schools', () => {
    expect(peersOf(known, { schoolType: '311', urbanClass: 'urban' })).toEqual({});
    expect(peersOf(known, { schoolType: '345', urbanClass: 'urban' })).toEqual({});
  });
});
