/** The print of a picture within a file, with the keys under which it is found. */
export interface FilePicturePrint {
  /** The page of a PDF, or the place among the pictures of a document, counted from 1; 1 for a picture. */
  readonly page: number;
  readonly print: Uint8Array;
  readonly keys: readonly number[];
}

/** The prints of a file: of its pictures and of its text, as the domain writes them (`domain/file/likeness`). */
export interface FilePrints {
  /** A picture within a white margin has two: with the margin and without. */
  readonly pictures: readonly FilePicturePrint[];
  /** Null where the file has no text, or too little to be compared. */
  readonly text: { readonly print: Uint8Array; readonly keys: readonly number[] } | null;
  /** Whether the file goes on behind what was read. */
  readonly more: boolean;
}

export interface PrintsOrder {
  readonly as: 'prints';
  readonly mediaType: string;
  /** Where the file lies. */
  readonly from: string;
}

/** `unreadable`: damaged, behind a password, or beyond the bounds. `missing`: what reads it is not on this machine. */
export type PrintsReply = FilePrints | 'unreadable' | 'missing';
