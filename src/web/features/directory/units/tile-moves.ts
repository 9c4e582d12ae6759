import type { Tile } from '#domain/org/tile-layout.ts';

export type Step = Tile;

/** The last column and row of the map. */
const last = 29;

/** The tiles after one moved by a step; it changes places with a tile that lies there, and stays where the map ends. */
export function moved(tiles: ReadonlyMap<number, Tile>, id: number, step: Step): ReadonlyMap<number, Tile> {
  const from = tiles.get(id)!;
  const to = { column: from.column + step.column, row: from.row + step.row };
  if ([to.column, to.row].some((at) => at < 0 || at > last)) return tiles;
  const other = [...tiles].find(([, { column, row }]) => column === to.column && row === to.row);
  return new Map([...tiles, [id, to], ...(other ? [[other[0], from] as const] : [])]);
}
