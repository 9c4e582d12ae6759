import type { TextFlaw } from './cell/cell-text.ts';
import type { ScannedSheet } from './sheet-scan.ts';

/** A sheet in the form that the reading thread sends: columns of bytes and numbers, which move without being copied. */
export interface ParsedSheet extends Omit<ScannedSheet, 'tables'> {
  readonly name: string;
  /** `veryHidden`: not even in the list of hidden sheets. */
  readonly visibility: 'visible' | 'hidden' | 'veryHidden';
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
