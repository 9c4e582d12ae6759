import type { LaidLetter } from '#domain/letter/laid-letter.ts';
import type { Substitution } from './letter-faces.ts';

/** A letter for the press, and as what it is printed. */
export interface PressOrder {
  readonly letter: LaidLetter;
  readonly as: 'pdf' | 'word';
}

/** A printed letter. */
export interface PrintedLetter {
  readonly bytes: Uint8Array;
  /** Fonts that were not there; the reader of the letter must be told. A Word file names its fonts and brings none. */
  readonly substitutions: readonly Substitution[];
}

/** What the press made of an order; a fault is one of the program. */
export type PressReply = { readonly printed: PrintedLetter } | { readonly fault: string };
