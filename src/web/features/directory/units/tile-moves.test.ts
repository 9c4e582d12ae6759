import { expect, it } from 'vitest';
import { moved } from './tile-moves.ts';

const tiles = new Map([
  [1, { column: 0, row: 0 }],
  [2, { column: 1, row: 0 }],
]);

it('a tile changes places with the one that lies there, moves to a free place, and stays at the border', () => {
  expect([...moved(tiles, 1, { column: 1, row: 0 })]).toEqual([
    [1, { column: 1, row: 0 }],
    [2, { column: 0, row: 0 }],
  ]);
  expect(moved(tiles, 1, { column: 0, row: 1 }).get(1)).toEqual({ column: 0, row: 1 });
  expect(moved(tiles, 1, { column: 0, row: -1 })).toBe(tiles);
});
