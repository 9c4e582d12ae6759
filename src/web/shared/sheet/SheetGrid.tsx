import {
  type CSSProperties,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import type { CellView, FrozenColumn, SheetColumn } from './cell-view.ts';
import { readBlock, writeBlock } from './clipboard.ts';
import { blockOf, clamp, nextEditable, type PastePlan, type Position, planPaste, walk } from './positions.ts';
import type { Editing } from './SheetCell.tsx';
import style from './SheetGrid.module.css';
import { SheetHead } from './SheetHead.tsx';
import { SheetRow } from './SheetRow.tsx';
import { useSheetView } from './useSheetView.ts';

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
  /** A keystroke in the open cell; null: given up with Esc. */
  onTyping: (position: Position, text: string | null) => void;
  /** Finished by Enter, Tab, a click elsewhere; or cleared with Delete. */
  onTyped: (changes: ReadonlyArray<Position & { text: string }>) => void;
  onPasted: (plan: PastePlan) => void;
  onUndo: () => void;
  onRedo: () => void;
  empty?: ReactNode;
  /** What the fainter value of a cell is: `去年`; said, not drawn. */
  faintWord?: string;
}

/**
 * A sheet of cells: only what is in sight is drawn, the head and the first columns stay, and the keyboard works as in
 * Excel and WPS. Esc without an open cell lets the next Tab leave the sheet.
 */
export function SheetGrid<Row>(props: SheetGridProps<Row>) {
  const { rows, columns, frozen, cell, active, onActive } = props;
  const root = useRef<HTMLDivElement>(null);
  /** The selection reaches from the active cell, which stays, to this one. */
  const [far, setFar] = useState<Position>(active);
  const [editing, setEditing] = useState<Editing | null>(null);
  const open = useRef<{ position: Position; text: string } | null>(null);
  const leaving = useRef(false);
  const view = useSheetView(root, rows.length, columns, frozen, active, far);
  const extent = useMemo(
    () => ({ rows: rows.length, columns: columns.length, page: view.page }),
    [rows.length, columns.length, view.page],
  );
  const block = blockOf(active, clamp(far, extent));

  const editable = useCallback(
    (position: Position) => {
      const [row, column] = [rows[position.row], columns[position.column]];
      return row !== undefined && column !== undefined && cell(row, column).editable;
    },
    [rows, columns, cell],
  );

  /** Anything that moves the sheet by itself (a finding that is jumped to) starts a new selection there. */
  const moved = useRef(active);
  if (moved.current !== active) {
    moved.current = active;
    if (far.row !== active.row || far.column !== active.column) setFar(active);
  }
  function go(to: Position, end = to) {
    if (to.row !== active.row || to.column !== active.column) {
      moved.current = to;
      onActive(to);
    }
    setFar(end);
  }

  const hasFocus = useRef(false);
  useLayoutEffect(() => {
    if (!editing && hasFocus.current) {
      root.current?.querySelector<HTMLElement>('[data-active]')?.focus({ preventScroll: true });
    }
  });

  function begin(replaces: boolean) {
    const [row, column] = [rows[active.row], columns[active.column]];
    if (!row || !column) return;
    const shown = cell(row, column);
    if (!shown.editable) return;
    const text = replaces && !shown.choices ? '' : shown.raw;
    open.current = { position: active, text };
    // At once, so that this very key, or the input method that it starts, lands in the open cell.
    flushSync(() => setEditing({ text, replaces }));
  }
  const { onTyping, onTyped } = props;
  const onText = useCallback(
    (text: string) => {
      if (!open.current) return;
      open.current = { ...open.current, text };
      setEditing((before) => before && { ...before, text });
      onTyping(open.current.position, text);
    },
    [onTyping],
  );
  const finish = useCallback(() => {
    const { current } = open;
    if (!current) return;
    open.current = null;
    setEditing(null);
    onTyped([{ ...current.position, text: current.text }]);
  }, [onTyped]);
  function abandon() {
    const { current } = open;
    open.current = null;
    setEditing(null);
    if (current) onTyping(current.position, null);
  }

  function onKeyDown(event: React.KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const { key, shiftKey } = event;
    const ctrl = event.ctrlKey || event.metaKey;
    if (key === 'Tab') {
      if (leaving.current) return;
      const next = nextEditable(active, shiftKey ? -1 : 1, extent, editable);
      if (editing) finish();
      if (!next) return;
      event.preventDefault();
      go(next);
      return;
    }
    leaving.current = false;
    if (key === 'Enter') {
      event.preventDefault();
      if (editing) finish();
      go(clamp({ ...active, row: active.row + (shiftKey ? -1 : 1) }, extent));
      return;
    }
    if (key === 'Escape') {
      if (editing) {
        event.preventDefault();
        abandon();
      } else {
        leaving.current = true;
        setFar(active);
      }
      return;
    }
    if (editing) {
      // While typing has replaced the value, the upright arrows finish and move, as in Excel.
      if (editing.replaces && (key === 'ArrowUp' || key === 'ArrowDown') && !isChoice()) {
        event.preventDefault();
        finish();
        go(walk(active, key, false, extent) ?? active);
      }
      return;
    }
    if (ctrl && key.toLowerCase() === 'z') return act(event, shiftKey ? props.onRedo : props.onUndo);
    if (ctrl && key.toLowerCase() === 'y') return act(event, props.onRedo);
    if (ctrl && key.toLowerCase() === 'a') {
      return act(event, () => {
        go({ row: 0, column: 0 }, { row: extent.rows - 1, column: extent.columns - 1 });
      });
    }
    const to = walk(shiftKey ? far : active, key, ctrl, extent);
    if (to) return act(event, () => (shiftKey ? setFar(to) : go(to)));
    if (key === 'Delete' || key === 'Backspace') return act(event, clear);
    if (key === 'F2') return act(event, () => begin(false));
    if (key === ' ' && isChoice()) return act(event, () => begin(false));
    if (!ctrl && !event.altKey && (key.length === 1 || key === 'Process')) begin(true);
  }
  function act(event: React.KeyboardEvent, run: () => void) {
    event.preventDefault();
    run();
  }
  function isChoice() {
    const [row, column] = [rows[active.row], columns[active.column]];
    return row !== undefined && column !== undefined && cell(row, column).choices !== undefined;
  }
  function cellsOf<Result>(read: (position: Position) => Result): Result[][] {
    const result: Result[][] = [];
    for (let row = block.top; row <= block.bottom; row += 1) {
      const line: Result[] = [];
      for (let column = block.left; column <= block.right; column += 1) line.push(read({ row, column }));
      result.push(line);
    }
    return result;
  }
  function clear() {
    const changes = cellsOf((position) => ({ ...position, text: '' })).flat();
    onTyped(changes.filter(editable));
  }
  function onCopy(event: React.ClipboardEvent) {
    if (editing) return;
    event.preventDefault();
    const raw = ({ row, column }: Position) => {
      const [at, under] = [rows[row], columns[column]];
      return at && under ? cell(at, under).raw : '';
    };
    event.clipboardData.setData('text/plain', writeBlock(cellsOf(raw)));
    if (event.type === 'cut') clear();
  }
  function onPaste(event: React.ClipboardEvent) {
    if (editing) return;
    event.preventDefault();
    const copied = readBlock(event.clipboardData.getData('text/plain'));
    if (copied.length === 0) return;
    const plan = planPaste(copied, block, extent, editable);
    props.onPasted(plan);
    const last = plan.changes.at(-1);
    if (last) go({ row: block.top, column: block.left }, clamp({ row: last.row, column: last.column }, extent));
  }

  /** The pointer may drag a block; `closest` finds the cell under it whatever is drawn inside. */
  function placeOf(target: EventTarget): Position | null {
    const element = (target as HTMLElement).closest<HTMLElement>('[data-column]');
    const row = element?.closest<HTMLElement>('[data-row]')?.dataset.row;
    return element && row !== undefined ? { row: Number(row), column: Number(element.dataset.column) } : null;
  }
  const dragging = useRef(false);
  useEffect(() => {
    const stop = () => {
      dragging.current = false;
    };
    addEventListener('pointerup', stop);
    return () => removeEventListener('pointerup', stop);
  }, []);

  const place = (row: number) => (row === active.row ? active.column : -1);
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
      onFocus={() => {
        hasFocus.current = true;
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          hasFocus.current = event.relatedTarget === null && document.activeElement === document.body;
          leaving.current = false;
        }
      }}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onCut={onCopy}
      onPaste={onPaste}
      onPointerDown={(event) => {
        const at = placeOf(event.target);
        if (!at || event.button !== 0) return;
        if (editing && at.row === active.row && at.column === active.column) return;
        if (editing) finish();
        hasFocus.current = true;
        dragging.current = event.pointerType === 'mouse';
        if (event.shiftKey) setFar(at);
        else go(at);
        event.preventDefault();
      }}
      onPointerOver={(event) => {
        const at = dragging.current && placeOf(event.target);
        if (at) setFar(at);
      }}
      onDoubleClick={(event) => {
        if (placeOf(event.target)) begin(false);
      }}
    >
      <div className={style.canvas} style={{ inlineSize: view.width, blockSize: view.height }}>
        <SheetHead columns={columns} frozen={frozen} view={view} activeColumn={active.column} />
        <div role="rowgroup">
          {view.rows.map((at) => {
            const row = rows[at];
            if (row === undefined) return null;
            const inBlock = at >= block.top && at <= block.bottom;
            return (
              <SheetRow
                key={props.rowKey(row)}
                row={row}
                index={at}
                top={view.headHeight + at * view.rowHeight}
                columns={columns}
                frozen={frozen}
                frozenEdges={view.frozenEdges}
                edges={view.edges}
                shown={view.columns}
                cell={cell}
                activeColumn={place(at)}
                selectedFrom={inBlock ? block.left : 0}
                selectedTo={inBlock ? block.right : -1}
                editing={at === active.row ? editing : null}
                onText={onText}
                onLeave={finish}
              />
            );
          })}
        </div>
      </div>
      {rows.length === 0 && props.empty}
    </div>
  );
}
