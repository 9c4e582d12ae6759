import type { ReactNode } from 'react';
import type { Read } from '../../call/queries.ts';

export interface Column<Row> {
  key: string;
  title: string;
  /** Stands in the head, never in the cells: `㎡`, `万元`. */
  unit?: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the `end`. */
  align?: 'end' | 'center';
  /** A CSS width; columns without one share what is left. */
  width?: string;
  /** The list can be sorted by this key. */
  sort?: boolean;
  /** What decides on a phone: 1 is the name of the row, 2 and 3 stand below it; the rest comes on a tap. */
  fact?: 1 | 2 | 3;
  /** Stays where it is when the table is scrolled sideways. Only for the first columns. */
  sticky?: boolean;
  /** On a phone the cell stands without its title: for buttons. */
  bare?: boolean;
  /** What the column means, for hover and for those who listen. */
  hint?: string;
}

/** The part of the address that a list keeps. */
export interface ListState {
  page?: number | undefined;
  pageSize?: number | undefined;
  sort?: string | undefined;
}

/** Where a row leads, made by `linkOptions`, which checks address and search against the router. */
export interface RowLink {
  readonly to: string;
}

export interface DataTableProps<Row> {
  /** What the table is; said aloud, printed, not drawn. */
  caption: string;
  columns: ReadonlyArray<Column<Row>>;
  rowKey: (row: Row) => string | number;
  /** A list read from the server … */
  query?: Read<{ rows: Row[]; total: number }>;
  /** … or rows that are here already. */
  rows?: readonly Row[];
  /** How many there are, where `rows` are only the first of them. */
  total?: number;
  state?: ListState;
  onState?: (patch: ListState, options?: { replace?: boolean }) => void;
  /** Where a row leads; its first column becomes the link. */
  href?: (row: Row) => RowLink | null;
  /** What a row opens, where that is not a page. */
  onOpen?: (row: Row) => void;
  /** Shown when there are no rows: why, and the next step. */
  empty?: ReactNode;
  /** Beside the count: download, print. */
  actions?: ReactNode;
  /** More about one row, below it. */
  details?: (row: Row) => ReactNode;
  /** A row that needs a look is tinted; its mark and word say why. */
  rowTone?: (row: Row) => 'look' | 'fails' | undefined;
}
