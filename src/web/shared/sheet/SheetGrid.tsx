import { type CSSProperties, type ReactNode, useCallback, useRef } from 'react';
import type { CellView, FrozenColumn, SheetColumn } from './cell-view.ts';
import { type PastePlan, type Position, positionsIn, samePlace } from './positions.ts';
import style from './SheetGrid.module.css';
import { SheetHead } from './SheetHead.tsx';
import { SheetRow } from './SheetRow.tsx';
import { sheetClipboard } from './sheet-clipboard.ts';
import { sheetKeys } from './sheet-keyboard.ts';
import { type OpenCell, useOpenCell } from './useOpenCell.ts';
import { useSheetFocus } from './useSheetFocus.ts';
import { placeOf, useSheetPointer } from './useSheetPointer.ts';
import { type SheetSelection, useSheetSelection } from './useSheetSelection.ts';
import { type SheetView, useSheetView } from './useSheetView.ts';

export interface SheetGridProps<Row> {
  label: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly SheetColumn[];
  frozen: ReadonlyArray<FrozenColumn<Row>>;
  /** Must keep its identity while the data is the same. */
  cell: (row: Row, column: SheetColumn) => CellView;
  active: Position;
  onActive: (position: Position) => void;
  /** A keystroke in the open cell; null: cancelled with Esc. */
  onTyping: (position: Position, text: string | null) => void;
  /** Finished by Enter, Tab, a click elsewhere; or cleared with Delete. */
  onTyped: (changes: ReadonlyArray<Position & { text: string }>) => void;
  onPasted: (plan: PastePlan) => void;
  onUndo: () => void;
  onRedo: () => void;
  empty?: ReactNode;
  /** The meaning of the fainter value of a cell: `去年`; for screen readers, not drawn. */
  faintWord?: string;
}

/**
 * A sheet of cells. Only the visible part is drawn, the head and the first columns stay, and the keyboard works as in
 * Excel and WPS. After Esc without an open cell, the next Tab leaves the sheet.
 */
export function SheetGrid<Row>(props: SheetGridProps<Row>) {
  const { rows, columns, frozen, cell, active, onTyped } = props;
  const root = useRef<HTMLDivElement>(null);
  const opened = useOpenCell(props);
  const { editing, begin, finish } = opened;
  const focus = useSheetFocus(root, editing !== null);
  const size = { rows: rows.length, columns: columns.length };
  const selection = useSheetSelection(active, props.onActive, { ...size, page: 1 });
  const { block, far, go, stretch } = selection;
  const view = useSheetView(root, rows.length, columns, frozen, active, far);
  const extent = { ...size, page: view.page };
  const viewOf = useCallback(
    ({ row: down, column: along }: Position) => {
      const [row, column] = [rows[down], columns[along]];
      return row !== undefined && column !== undefined ? cell(row, column) : undefined;
    },
    [rows, columns, cell],
  );
  const editable = (position: Position) => viewOf(position)?.editable ?? false;
  const open = (replaces: boolean) => begin(active, viewOf(active), replaces);
  const clear = () =>
    onTyped(
      positionsIn(block)
        .flat()
        .filter(editable)
        .map((position) => ({ ...position, text: '' })),
    );

  const onKeyDown = sheetKeys({
    ...{ active, extent, editing, selection, focus, editable, open, clear, finish },
    abandon: opened.abandon,
    isChoice: viewOf(active)?.choices !== undefined,
    onUndo: props.onUndo,
    onRedo: props.onRedo,
  });
  const pointer = useSheetPointer({
    isOpenAt: (position) => editing !== null && samePlace(position, active),
    onPress: () => {
      finish();
      focus.take();
    },
    go,
    stretch,
  });
  const clipboard = sheetClipboard({
    ...{ block, extent, editable, go },
    isOpen: editing !== null,
    rawOf: (position) => viewOf(position)?.raw ?? '',
    onClear: clear,
    onPasted: props.onPasted,
  });
  return (
    <div
      ref={root}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + frozen.length}
      aria-multiselectable="true"
      className={style.sheet}
      style={{ '--faint-word': props.faintWord && `"${props.faintWord} "` } as CSSProperties}
      {...focus.handlers}
      {...pointer}
      {...clipboard}
      onKeyDown={onKeyDown}
      onDoubleClick={(event) => {
        if (placeOf(event.target)) open(false);
      }}
    >
      <div className={style.canvas} style={{ inlineSize: view.width, blockSize: view.height }}>
        <SheetHead columns={columns} frozen={frozen} view={view} activeColumn={active.column} />
        <Body {...props} view={view} selection={selection} opened={opened} />
      </div>
      {rows.length === 0 && props.empty}
    </div>
  );
}

interface BodyProps<Row> extends SheetGridProps<Row> {
  view: SheetView;
  selection: SheetSelection;
  opened: OpenCell;
}

/** The visible rows. An untouched row gets only unchanged properties, so that it is not drawn again. */
function Body<Row>({ rows, rowKey, columns, frozen, cell, active, view, selection, opened }: BodyProps<Row>) {
  const { block } = selection;
  return (
    <div role="rowgroup">
      {view.rows.map((at) => {
        const row = rows[at];
        if (row === undefined) return null;
        const inBlock = at >= block.top && at <= block.bottom;
        return (
          <SheetRow
            key={rowKey(row)}
            row={row}
            index={at}
            top={view.headHeight + at * view.rowHeight}
            columns={columns}
            frozen={frozen}
            frozenEdges={view.frozenEdges}
            edges={view.edges}
            shown={view.columns}
            cell={cell}
            activeColumn={at === active.row ? active.column : -1}
            selectedFrom={inBlock ? block.left : 0}
            selectedTo={inBlock ? block.right : -1}
            editing={at === active.row ? opened.editing : null}
            onText={opened.onText}
            onLeave={opened.finish}
          />
        );
      })}
    </div>
  );
}
