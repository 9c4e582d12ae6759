import { type RefObject, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import type { FrozenColumn, SheetColumn } from './cell-view.ts';
import { columnsInView, type Position, rowsInView } from './positions.ts';

export interface SheetView {
  rowHeight: number;
  headHeight: number;
  width: number;
  height: number;
  edges: readonly number[];
  frozenEdges: readonly number[];
  /** Indices to draw; the active cell is always among them, so that the keyboard never loses it. */
  rows: readonly number[];
  columns: readonly number[];
  page: number;
}

const rowRem = 2.5;
const headRem = 3.25;

/** The visible part of the sheet, measured once a frame and not at each event. */
export function useSheetView<Row>(
  root: RefObject<HTMLElement | null>,
  count: number,
  columns: readonly SheetColumn[],
  frozen: ReadonlyArray<FrozenColumn<Row>>,
  active: Position,
  /** Kept visible: the cell to which the keyboard last moved. */
  target: Position,
): SheetView {
  const [seen, setSeen] = useState({ top: 0, left: 0, width: 1200, height: 600, rem: 16 });
  const [rowHeight, headHeight] = [Math.round(rowRem * seen.rem), Math.round(headRem * seen.rem)];

  useEffect(() => {
    const element = root.current;
    if (!element) return;
    let frame = 0;
    const measure = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
        setSeen({
          top: element.scrollTop,
          left: element.scrollLeft,
          width: element.clientWidth,
          height: element.clientHeight,
          rem,
        });
      });
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(document.documentElement);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [root]);

  const frozenEdges = useMemo(() => edgesOf(0, frozen, seen.rem), [frozen, seen.rem]);
  const frozenWidth = frozenEdges.at(-1) ?? 0;
  const edges = useMemo(() => edgesOf(frozenWidth, columns, seen.rem), [frozenWidth, columns, seen.rem]);

  useLayoutEffect(() => {
    const element = root.current;
    const [left, right] = [edges[target.column], edges[target.column + 1]];
    if (!element || left === undefined || right === undefined) return;
    const top = target.row * rowHeight;
    const room = { width: element.clientWidth, height: element.clientHeight - headHeight };
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + room.height) element.scrollTop = top + rowHeight - room.height;
    if (left - frozenWidth < element.scrollLeft) element.scrollLeft = left - frozenWidth;
    else if (right > element.scrollLeft + room.width) element.scrollLeft = right - room.width;
  }, [root, target, edges, frozenWidth, rowHeight, headHeight]);

  const inRows = rowsInView(seen.top, seen.height, rowHeight, count, 3);
  const inColumns = columnsInView(seen.left + frozenWidth, seen.width - frozenWidth, edges, 1);
  const shownColumns = useMemo(
    () => indices(inColumns.start, inColumns.end, active.column, columns.length),
    [inColumns.start, inColumns.end, active.column, columns.length],
  );
  return {
    rowHeight,
    headHeight,
    width: Math.max(edges.at(-1) ?? 0, frozenWidth),
    height: headHeight + count * rowHeight,
    edges,
    frozenEdges,
    rows: indices(inRows.start, inRows.end, active.row, count),
    columns: shownColumns,
    page: Math.max(1, Math.floor((seen.height - headHeight) / rowHeight) - 1),
  };
}

function edgesOf(start: number, columns: ReadonlyArray<{ width: number }>, rem: number): number[] {
  const edges = [start];
  for (const column of columns) edges.push(edges.at(-1)! + Math.round(column.width * rem));
  return edges;
}

function indices(start: number, end: number, extra: number, count: number): number[] {
  const list = Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
  if (extra >= 0 && extra < count && (extra < start || extra >= end)) {
    if (extra < start) list.unshift(extra);
    else list.push(extra);
  }
  return list;
}
