import type { LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';

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

export interface Selection {
  keys: ReadonlySet<string>;
  onChange: (keys: ReadonlySet<string>) => void;
}

export type RowLink = LinkProps;
