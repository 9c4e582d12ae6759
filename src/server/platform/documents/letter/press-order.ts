import type { InspectorCard } from '#domain/inspection/card.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { LaidLetter } from '#domain/letter/laid-letter.ts';
import type { Report } from '#domain/report/report.ts';
import type { Substitution } from './letter-faces.ts';

/** A letter or a report for the press, and as what it is printed. */
export type PressOrder = {
  readonly as: 'pdf' | 'word';
} /** `watermark` stands across every page of a PDF that is no letter yet: 草稿. */ & (
  | { readonly letter: LaidLetter; readonly watermark?: string | undefined }
  /** Cards of one issuer, printed on a day: as a PDF alone. */
  | { readonly cards: CardSheet }
  /** As `layOutReport` leaves it. */
  | { readonly report: Report }
);

/** Cards that are printed together. */
export interface CardSheet {
  readonly title: string;
  readonly author: string;
  readonly day: Day;
  readonly cards: readonly InspectorCard[];
}

/** A printed letter or report. */
export interface Printed {
  readonly bytes: Uint8Array;
  /** Fonts that were not there; the reader of a letter must be told. A Word file names its fonts and brings none. */
  readonly substitutions: readonly Substitution[];
}

/** What the press made of an order, and the bytes of memory that it holds now; a fault is one of the program. */
export type PressReply = ({ readonly printed: Printed } | { readonly fault: string }) & { readonly held: number };
