/** The place of a unit on the schematic map: column and row, both from 0. */
export interface Tile {
  readonly column: number;
  readonly row: number;
}

/** The place of a stored column and row; null for a unit that is not drawn. */
export function tileOf({ tileColumn, tileRow }: StoredTile): Tile | null {
  return tileColumn === null || tileRow === null ? null : { column: tileColumn, row: tileRow };
}

/** A place as the rows of the database keep it: both or none. */
interface StoredTile {
  readonly tileColumn: number | null;
  readonly tileRow: number | null;
}

/**
 * The first map of a city: as square as possible, filled by rows in the given order. Which units are neighbours is not
 * known from their codes, so the city moves the tiles afterwards.
 * @param count the number of units to be placed
 */
export function tileLayout(count: number): Tile[] {
  const columns = Math.ceil(Math.sqrt(count));
  return Array.from({ length: count }, (_, at) => ({ column: at % columns, row: Math.floor(at / columns) }));
}

/** The first free place in rows as wide as the map is now, for a unit that is added. */
export function nextTile(taken: readonly Tile[]): Tile {
  const columns = Math.max(1, Math.ceil(Math.sqrt(taken.length)), ...taken.map(({ column }) => column + 1));
  const used = new Set(taken.map(({ column, row }) => row * columns + column));
  let at = 0;
  while (used.has(at)) at += 1;
  return { column: at % columns, row: Math.floor(at / columns) };
}
