import type { TextFlaw } from './cell/cell-text.ts';
import type { ScannedSheet } from './sheet-scan.ts';

/** A sheet as the thread that reads it hands it over: columns of bytes and numbers, which move without being copied. */
export interface ParsedSheet extends Omit<ScannedSheet, 'tables'> {
  readonly name: string;
  /** `veryHidden`: it does not even stand in the list of hidden sheets. */
  readonly visibility: 'visible' | 'hidden' | 'veryHidden';
}

export interface ParsedWorkbook {
  /** Days count from 1904. */
  readonly from1904: boolean;
  /** The texts that cells name by their number; the first is empty. */
  readonly texts: readonly string[];
  /** By number, what texts held that cannot be kept; a sign stands in its place. */
  readonly flaws: ReadonlyMap<number, TextFlaw>;
  readonly sheets: readonly ParsedSheet[];
}
