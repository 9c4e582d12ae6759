export interface Position {
  readonly row: number;
  readonly column: number;
}

export interface Block {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit on the screen. */
  readonly page: number;
}

/** The cells between two corners, both included. */
export function blockOf(one: Position, other: Position): Block {
  return {
    top: Math.min(one.row, other.row),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  };
}

export function samePlace(one: Position, other: Position): boolean {
  return one.row === other.row && one.column === other.column;
}

/** The places of a block, line by line. */
export function positionsIn({ top, bottom, left, right }: Block): Position[][] {
  return Array.from({ length: bottom - top + 1 }, (_row, down) =>
    Array.from({ length: right - left + 1 }, (_column, along) => ({ row: top + down, column: left + along })),
  );
}

/** The target of an arrow, Home, End or page key; the same place at an edge; undefined for other keys. */
export function walk(from: Position, key: string, ctrl: boolean, extent: Extent): Position | undefined {
  const last = { row: extent.rows - 1, column: extent.columns - 1 };
  const to: Record<string, Position> = {
    ArrowUp: { ...from, row: ctrl ? 0 : from.row - 1 },
    ArrowDown: { ...from, row: ctrl ? last.row : from.row + 1 },
    ArrowLeft: { ...from, column: ctrl ? 0 : from.column - 1 },
    ArrowRight: { ...from, column: ctrl ? last.column : from.column + 1 },
    PageUp: { ...from, row: from.row - extent.page },
    PageDown: { ...from, row: from.row + extent.page },
    Home: ctrl ? { row: 0, column: 0 } : { ...from, column: 0 },
    End: ctrl ? last : { ...from, column: last.column },
  };
  const target = to[key];
  return target && clamp(target, extent);
}

/** The nearest place that exists. */
export function clamp(position: Position, extent: Extent): Position {
  return {
    row: Math.max(0, Math.min(extent.rows - 1, position.row)),
    column: Math.max(0, Math.min(extent.columns - 1, position.column)),
  };
}

/** The next editable cell in reading order; null at the end, where Tab leaves the grid. */
export function nextEditable(
  from: Position,
  step: 1 | -1,
  extent: Extent,
  editable: (position: Position) => boolean,
): Position | null {
  const count = extent.rows * extent.columns;
  for (let at = from.row * extent.columns + from.column + step; at >= 0 && at < count; at += step) {
    const position = { row: Math.floor(at / extent.columns), column: at % extent.columns };
    if (editable(position)) return position;
  }
  return null;
}

export interface PastePlan {
  readonly changes: ReadonlyArray<Position & { readonly text: string }>;
  /** The number of pasted cells that met a locked place, and of those beyond the edge. */
  readonly locked: number;
  readonly beyond: number;
}

/**
 * The target of a copied block: from the upper left corner of the selection. A single copied cell, or a block that fits
 * a whole number of times, fills the selection.
 */
export function planPaste(
  copied: ReadonlyArray<readonly string[]>,
  onto: Block,
  extent: Extent,
  editable: (position: Position) => boolean,
): PastePlan {
  const height = copied.length;
  const width = Math.max(0, ...copied.map((row) => row.length));
  const changes: Array<Position & { text: string }> = [];
  let [locked, beyond] = [0, 0];
  if (width === 0) return { changes, locked, beyond };
  const selected = { rows: onto.bottom - onto.top + 1, columns: onto.right - onto.left + 1 };
  const fills = selected.rows % height === 0 && selected.columns % width === 0;
  const [rows, columns] = fills ? [selected.rows, selected.columns] : [height, width];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const text = copied[row % height]?.[column % width];
      if (text === undefined) continue;
      const position = { row: onto.top + row, column: onto.left + column };
      if (position.row >= extent.rows || position.column >= extent.columns) beyond += 1;
      else if (!editable(position)) locked += 1;
      else changes.push({ ...position, text });
    }
  }
  return { changes, locked, beyond };
}

/** First and last index of the equal rows, or of the columns with these left edges, in a view with a margin. */
export function rowsInView(scrollTop: number, height: number, rowHeight: number, count: number, margin: number) {
  const start = Math.max(0, Math.floor(scrollTop / rowHeight) - margin);
  return { start, end: Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + margin) };
}

/** `edges` has one more entry than there are columns: the left edge of each, and the right edge of the last. */
export function columnsInView(scrollLeft: number, width: number, edges: readonly number[], margin: number) {
  const count = edges.length - 1;
  let start = 0;
  while (start < count && edges[start + 1]! <= scrollLeft) start += 1;
  let end = start;
  while (end < count && edges[end]! < scrollLeft + width) end += 1;
  return { start: Math.max(0, start - margin), end: Math.min(count, end + margin) };
}
