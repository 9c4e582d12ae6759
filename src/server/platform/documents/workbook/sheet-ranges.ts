import { cellAddress } from '../cell-address.ts';
import { type CellColumns, flags } from './cell/cell-columns.ts';
import type { Budget } from './limits.ts';
import type { ParsedSheet } from './parsed.ts';
import type { CellRange, ScannedSheet } from './sheet-scan.ts';
import { damaged } from './zip.ts';

/** What the ranges of a sheet mean for the rows and columns that hold something. */
type SheetRanges = Pick<ParsedSheet, 'merges' | 'hiddenRows' | 'hiddenColumns'>;

/**
 * Resolves the ranges of a sheet in the reading thread, so that nobody later goes through ranges for each cell. A range
 * may be far larger than its text: only the rows and columns that hold something are kept of it.
 * @throws Problem `import.damaged` where merged ranges overlap: nobody knows which cell such a place belongs to;
 *   `import.tooLarge` where merged cells are more than the limit
 */
export function resolveRanges(
  sheet: string,
  cells: CellColumns,
  said: Pick<ScannedSheet, 'merges' | 'hiddenRows' | 'hiddenColumns' | 'filters'>,
  budget: Budget,
): SheetRanges {
  const height = (cells.rows.at(-1) ?? -1) + 1;
  const width = cells.columns.reduce((most, column) => Math.max(most, column + 1), 0);
  const merges = cutMerges(said.merges, height, width);
  refuseOverlaps(sheet, merges, width);
  markCovered(cells, merges, width);
  for (const { top, bottom } of merges) budget.spread(bottom - top);
  const isFiltered = within(
    said.filters.map(({ top, bottom }) => [top + 1, bottom]),
    height,
  );
  const isHidden = within(said.hiddenColumns, width);
  return {
    merges,
    hiddenRows: new Map(
      filled(said.hiddenRows, cells.rows).map((row) => [row, isFiltered[row] ? 'filtered' : 'hidden']),
    ),
    hiddenColumns: new Set(said.hiddenColumns.length === 0 ? [] : cells.columns.filter((column) => isHidden[column])),
  };
}

/** The places that hold something. Most sheets hide nothing, and their cells are not gone through for it. */
function filled(places: readonly number[], all: Iterable<number>): readonly number[] {
  if (places.length === 0) return places;
  const held = new Set(all);
  return places.filter((place) => held.has(place));
}

/** The merged ranges from top to bottom, without the rows and columns behind the last ones that hold something. */
function cutMerges(merges: readonly CellRange[], height: number, width: number): CellRange[] {
  return merges
    .map(({ top, left, bottom, right }) => ({
      top: Math.max(top, 0),
      left,
      bottom: Math.min(bottom, height - 1),
      right: Math.min(right, width - 1),
    }))
    .filter(({ top, left, bottom, right }) => bottom >= top && right >= left && (bottom > top || right > left))
    .sort((one, other) => one.top - other.top || one.left - other.left);
}

/** @param merges from top to bottom */
function refuseOverlaps(sheet: string, merges: readonly CellRange[], width: number): void {
  const takenTo = new Int32Array(width).fill(-1);
  for (const { top, left, bottom, right } of merges) {
    for (let column = left; column <= right; column += 1) {
      if (takenTo[column]! >= top) throw damaged(`工作表“${sheet}”的合并单元格在 ${cellAddress(top, column)} 互相重叠`);
      takenTo[column] = bottom;
    }
  }
}

/** Marks the cells under a merged range, except its first: files may keep a content there that nobody sees. */
function markCovered({ rows, columns, marks }: CellColumns, merges: readonly CellRange[], width: number): void {
  if (merges.length === 0) return;
  const last: (CellRange | undefined)[] = new Array(width).fill(undefined);
  let next = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const [row, column] = [rows[index]!, columns[index]!];
    for (let merge = merges[next]; merge !== undefined && merge.top <= row; merge = merges[next]) {
      last.fill(merge, merge.left, merge.right + 1);
      next += 1;
    }
    const over = last[column];
    if (over === undefined || over.bottom < row || (over.top === row && over.left === column)) continue;
    marks[index]! |= flags.covered;
  }
}

/** Whether each place is in any of the ranges, which may overlap; the last place of a range is included. */
function within(ranges: ReadonlyArray<readonly [first: number, last: number]>, length: number): readonly boolean[] {
  const changes = new Int32Array(length + 1);
  for (const [first, last] of ranges) {
    if (first >= length || last < first) continue;
    changes[first]! += 1;
    changes[Math.min(last, length - 1) + 1]! -= 1;
  }
  let open = 0;
  return Array.from({ length }, (_, place) => {
    open += changes[place]!;
    return open > 0;
  });
}
