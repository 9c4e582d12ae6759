import { Link, type LinkProps } from '@tanstack/react-router';
import { type CSSProperties, type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import style from './DataTable.module.css';
import type { Column, DataTableProps, ListState } from './table-columns.ts';

type GridProps<Row> = DataTableProps<Row> & { rows: readonly Row[] };

/**
 * The table as a table. The head stays visible: under the frame, or inside its own scroller where the table is too
 * wide.
 */
export function TableGrid<Row>(props: GridProps<Row>) {
  const { caption, columns, rows, rowKey, details, rowTone, query, state = {}, onState } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const overflows = useOverflow(scroller);
  return (
    <div ref={scroller} className={`${style.frame} ${overflows ? `${style.scroller} scroller` : ''}`}>
      <table className={style.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} local={!query} state={state} onState={onState} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={walkRows}>
          {rows.map((row) => (
            <GridRow key={rowKey(row)} {...props} row={row} tone={rowTone?.(row)} more={details?.(row)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head<Row>({
  column,
  local,
  state,
  onState,
}: {
  column: Column<Row>;
  local: boolean;
  state: ListState;
  onState: ((patch: ListState) => void) | undefined;
}) {
  const direction =
    state.sort === column.key ? 'ascending' : state.sort === `-${column.key}` ? 'descending' : undefined;
  const title = (
    <span>
      {column.title}
      {column.unit && <span className={style.unit}>{column.unit}</span>}
    </span>
  );
  const sorts = (column.sort || (column.value && local)) && onState;
  return (
    <th
      scope="col"
      className={cellClass(column)}
      // Chromium does not repeat a button in the head of each further page: on paper the words are drawn by the style.
      data-printed={sorts ? `${column.title}${column.unit ? ` ${column.unit}` : ''}` : undefined}
      style={{ width: column.width, minWidth: column.width } as CSSProperties}
      title={column.hint}
      aria-sort={direction}
    >
      {sorts ? (
        <button
          type="button"
          className={style.sort}
          onClick={() => sorts({ sort: direction === 'ascending' ? `-${column.key}` : column.key, page: undefined })}
        >
          {title}
          <span className={style.arrow} aria-hidden="true">
            {direction === 'ascending' ? '↑' : direction === 'descending' ? '↓' : '↕'}
          </span>
        </button>
      ) : (
        title
      )}
    </th>
  );
}

function GridRow<Row>({
  columns,
  row,
  href,
  onOpen,
  tone,
  more,
}: GridProps<Row> & { row: Row; tone: 'look' | 'fails' | undefined; more: ReactNode }) {
  const link = href?.(row) ?? null;
  const door = columns.find(({ picks }) => !picks);
  return (
    <>
      <tr className={tone ? style[tone] : undefined}>
        {columns.map((column) => (
          <td key={column.key} className={cellClass(column)}>
            {column === door ? (
              <Opener link={link} onOpen={onOpen && (() => onOpen(row))} content={column.cell(row)} />
            ) : (
              column.cell(row)
            )}
          </td>
        ))}
      </tr>
      {more && (
        <tr className={style.more}>
          <td colSpan={columns.length}>{more}</td>
        </tr>
      )}
    </>
  );
}

/** The first column opens the row: a link where it leads to a page, a button where it opens something here. */
export function Opener({
  link,
  onOpen,
  content,
}: {
  link: ReturnType<NonNullable<DataTableProps<unknown>['href']>>;
  onOpen: (() => void) | undefined;
  content: ReactNode;
}) {
  if (link) {
    return (
      <Link {...(link as LinkProps)} className={style.door} data-row-focus>
        {content}
      </Link>
    );
  }
  if (onOpen) {
    return (
      <button type="button" className={style.door} onClick={onOpen} data-row-focus>
        {content}
      </button>
    );
  }
  return content;
}

function cellClass<Row>(column: Column<Row>): string {
  const { align, sticky, paper, picks, acts } = column;
  return [
    align === 'end' && 'numbers',
    align === 'center' && style.center,
    sticky && style.sticky,
    paper && style.paper,
    // On paper nobody chooses a row or presses a button.
    (picks || acts) && 'screen-only',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Arrow keys move from row to row along the links and buttons of the first column. */
function walkRows(event: KeyboardEvent<HTMLTableSectionElement>) {
  if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return;
  const from = event.target as HTMLElement;
  if (!from.matches('[data-row-focus]')) return;
  const doors = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-focus]')];
  const at = doors.indexOf(from);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: doors.length - 1 }[event.key] ?? at;
  const target = doors[to];
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function useOverflow(scroller: React.RefObject<HTMLDivElement | null>): boolean {
  const [overflows, setOverflows] = useState(false);
  useLayoutEffect(() => {
    const element = scroller.current;
    const table = element?.firstElementChild;
    if (!element || !table) return;
    const measure = () => setOverflows(table.scrollWidth > element.clientWidth + 1);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(table);
    return () => observer.disconnect();
  }, [scroller]);
  return overflows;
}
