import type { ReactNode } from 'react';
import type { Read } from '../../call/queries.ts';

export interface Column<Row> {
  key: string;
  title: string;
  /** The unit in the head, never in the cells: `㎡`, `万元`. */
  unit?: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the `end`. */
  align?: 'end' | 'center';
  /** A CSS width; columns without one share the remaining width. */
  width?: string;
  /** What the cell shows as a plain value: rows that are here are sorted by it, and a file of the table holds it. */
  value?: (row: Row) => string | number | null;
  /** The server, or whoever passes the rows, sorts by this key. */
  sort?: boolean;
  /** The rank on a phone: 1 is the name of the row, 2 and 3 stand below it; a tap shows the rest. */
  fact?: 1 | 2 | 3;
  /** The column stays in place when the table is scrolled sideways. Only for the first columns. */
  sticky?: boolean;
  /** Only on paper: a column to write into. */
  paper?: boolean;
  /** On a phone the cell stands without its title: for buttons beside words. */
  bare?: boolean;
  /** Buttons and nothing else: without a title on a phone, and not on paper. */
  acts?: boolean;
  /** Boxes by which rows are chosen: the column behind them opens the row. */
  picks?: boolean;
  /** The meaning of the column, for hover and for screen readers. */
  hint?: string;
}

/** The part of the address that a list keeps. */
export interface ListState {
  page?: number | undefined;
  pageSize?: number | undefined;
  sort?: string | undefined;
}

/** The target of a row, made by `linkOptions`, which checks address and search against the router. */
export interface RowLink {
  readonly to: string;
}

export interface DataTableProps<Row> {
  /** The name of the table: for screen readers and print, not drawn. */
  caption: string;
  columns: ReadonlyArray<Column<Row>>;
  rowKey: (row: Row) => string | number;
  /** A list read from the server … */
  query?: Read<{ rows: Row[]; total: number }>;
  /** … or rows that are here already. */
  rows?: readonly Row[];
  /** The total number, where `rows` are only the first of them. */
  total?: number;
  state?: ListState;
  onState?: (patch: ListState, options?: { replace?: boolean }) => void;
  /** The target of a row; its first column becomes the link, or the second behind boxes. */
  href?: (row: Row) => RowLink | null;
  /** Opens the row, where the target is not a page. */
  onOpen?: (row: Row) => void;
  /** Shown when there are no rows: the reason and the next step. */
  empty?: ReactNode;
  /** Beside the count: download, print. */
  actions?: ReactNode;
  /** More about one row, below it. */
  details?: (row: Row) => ReactNode;
  /** A row that needs a look is tinted; its mark and word give the reason. */
  rowTone?: (row: Row) => 'look' | 'fails' | undefined;
}
