import type { CellColumns } from './cell/cell-columns.ts';
import type { TextFlaw } from './cell/cell-text.ts';
import type { CellRange } from './sheet-scan.ts';

/** A sheet in the form that the reading thread sends: columns of bytes and numbers, which move without being copied. */
export interface ParsedSheet {
  readonly name: string;
  /** `veryHidden`: not even in the list of hidden sheets. */
  readonly visibility: 'visible' | 'hidden' | 'veryHidden';
  readonly cells: CellColumns;
  /** Ranges of more than one cell without overlaps, from top to bottom, as far as rows and columns hold something. */
  readonly merges: readonly CellRange[];
  /** The rows that hold something and are hidden: by themselves, or because a filter leaves them out. */
  readonly hiddenRows: ReadonlyMap<number, 'hidden' | 'filtered'>;
  /** The columns that hold something and are hidden. */
  readonly hiddenColumns: ReadonlySet<number>;
}

export interface ParsedWorkbook {
  /** Whether days count from 1904. */
  readonly from1904: boolean;
  /** The texts that cells refer to by index; the first is empty. */
  readonly texts: readonly string[];
  /** By index, why texts cannot be stored; U+FFFD stands for each character that cannot. */
  readonly flaws: ReadonlyMap<number, TextFlaw>;
  readonly sheets: readonly ParsedSheet[];
}
