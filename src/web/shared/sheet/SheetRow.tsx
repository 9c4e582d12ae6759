import { memo } from 'react';
import type { CellView, FrozenColumn, SheetColumn } from './cell-view.ts';
import { type Editing, SheetCell } from './SheetCell.tsx';
import style from './SheetGrid.module.css';

interface SheetRowProps<Row> {
  row: Row;
  index: number;
  top: number;
  columns: readonly SheetColumn[];
  frozen: ReadonlyArray<FrozenColumn<Row>>;
  frozenEdges: readonly number[];
  /** Left edge of each column, and the right edge of the last. */
  edges: readonly number[];
  /** The columns to draw. */
  shown: readonly number[];
  cell: (row: Row, column: SheetColumn) => CellView;
  /** −1 where the active cell is not in this row. */
  activeColumn: number;
  selectedFrom: number;
  selectedTo: number;
  editing: Editing | null;
  onText: (text: string) => void;
  onLeave: () => void;
}

function Row<Row>(props: SheetRowProps<Row>) {
  const { row, index, columns, frozen, frozenEdges, edges, shown, activeColumn } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      className={style.row}
      data-current={activeColumn >= 0 || undefined}
      style={{ insetBlockStart: props.top }}
    >
      {frozen.map((column, at) => (
        <div
          key={column.key}
          role={at === 0 ? 'rowheader' : 'gridcell'}
          aria-colindex={at + 1}
          className={style.frozen}
          style={{ insetInlineStart: frozenEdges[at], inlineSize: frozenEdges[at + 1]! - frozenEdges[at]! }}
        >
          {column.cell(row)}
        </div>
      ))}
      {shown.map((at) => {
        const column = columns[at];
        if (!column) return null;
        return (
          <SheetCell
            key={column.key}
            view={props.cell(row, column)}
            column={column}
            columnIndex={at}
            ariaIndex={frozen.length + at + 1}
            left={edges[at]!}
            width={edges[at + 1]! - edges[at]!}
            active={at === activeColumn}
            selected={at >= props.selectedFrom && at <= props.selectedTo}
            editing={at === activeColumn ? props.editing : null}
            onText={props.onText}
            onLeave={props.onLeave}
          />
        );
      })}
    </div>
  );
}

/** A row is drawn again only when its values, its visible columns or its selection change. */
export const SheetRow = memo(Row) as typeof Row;
