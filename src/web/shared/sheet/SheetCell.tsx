import { memo, useLayoutEffect, useRef } from 'react';
import { type CellView, marks, type SheetColumn } from './cell-view.ts';
import style from './SheetGrid.module.css';

export interface Editing {
  readonly text: string;
  /** Typing replaces the content; F2 and a double click edit it. */
  readonly replaces: boolean;
}

interface SheetCellProps {
  view: CellView;
  column: SheetColumn;
  columnIndex: number;
  /** Counted from 1 over all columns, the frozen ones included. */
  ariaIndex: number;
  left: number;
  width: number;
  active: boolean;
  selected: boolean;
  editing: Editing | null;
  onText: (text: string) => void;
  onLeave: () => void;
}

/** One cell: its value, a second one fainter below it, marks at its start. */
export const SheetCell = memo(function SheetCell(props: SheetCellProps) {
  const { view, column, columnIndex, left, width, active, selected, editing } = props;
  const words = view.marks.map((name) => marks[name].word);
  return (
    <div
      role="gridcell"
      aria-colindex={props.ariaIndex}
      aria-selected={selected}
      aria-readonly={!view.editable}
      aria-invalid={view.marks.includes('invalid') || undefined}
      tabIndex={active ? 0 : -1}
      data-column={columnIndex}
      data-active={active || undefined}
      data-kind={view.kind}
      data-tone={view.marks[0] && marks[view.marks[0]].tone}
      data-locked={(!view.editable && view.kind === 'entered') || undefined}
      className={`${style.cell} ${column.align === 'end' ? style.end : ''}`}
      style={{ insetInlineStart: left, inlineSize: width }}
    >
      {editing ? (
        <Editor view={view} editing={editing} label={column.title} onText={props.onText} onLeave={props.onLeave} />
      ) : (
        <>
          {words.length > 0 && (
            <span className={style.marks} title={words.join('；')}>
              {view.marks.slice(0, 2).map((name) => (
                <span key={name} data-tone={marks[name].tone} aria-hidden="true">
                  {marks[name].glyph}
                </span>
              ))}
            </span>
          )}
          {view.text !== '' && <span className={view.missing ? style.missing : style.value}>{view.text}</span>}
          {view.faint !== undefined && <span className={style.faint}>{view.faint}</span>}
          {words.length > 0 && <span className="visually-hidden">，{words.join('，')}</span>}
        </>
      )}
    </div>
  );
});

interface EditorProps {
  view: CellView;
  editing: Editing;
  label: string;
  onText: (text: string) => void;
  onLeave: () => void;
}

function Editor({ view, editing, label, onText, onLeave }: EditorProps) {
  const input = useRef<HTMLInputElement & HTMLSelectElement>(null);
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    element.focus({ preventScroll: true });
    if (!view.choices) element.setSelectionRange(element.value.length, element.value.length);
  }, [view.choices]);
  if (view.choices) {
    return (
      <select
        ref={input}
        aria-label={label}
        value={editing.text}
        onChange={(event) => onText(event.target.value)}
        onBlur={onLeave}
      >
        <option value="" />
        {view.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  }
  return (
    <input
      ref={input}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      value={editing.text}
      onChange={(event) => onText(event.target.value)}
      onBlur={onLeave}
    />
  );
}
