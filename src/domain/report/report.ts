import type { Day } from '../kit/school-year.ts';
import type { Drawing } from '../plot/drawing.ts';

/** A column of a table; the shares of all columns are the proportion of their widths. */
export interface ReportColumn {
  readonly heading: string;
  readonly align: 'left' | 'center' | 'right';
  readonly share: number;
}

export interface ReportTable {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly ReportColumn[];
  /** Texts as they are printed, as many as there are columns. */
  readonly rows: ReadonlyArray<readonly string[]>;
  /** Lines below the table. */
  readonly notes: readonly string[];
}

export type ReportBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | ReportTable
  | {
      readonly kind: 'figure';
      readonly caption: string;
      readonly drawing: Drawing;
      /** The picture in words, for those who do not see it. */
      readonly description: string;
    };

/** A stretch of pages of one orientation; it begins on a new page. */
export interface ReportPart {
  readonly landscape: boolean;
  readonly blocks: readonly ReportBlock[];
}

/** A report as data: both writers print the same value, so the PDF and the Word file say the same. */
export interface Report {
  readonly title: string;
  /** The lines below the title. */
  readonly subtitle: readonly string[];
  /** Who answers for the figures, as the properties of the files name it. */
  readonly author: string;
  /** The day of the newest figure: the files carry it, so that an equal report gives equal bytes. */
  readonly day: Day;
  readonly parts: readonly ReportPart[];
  /** At the foot of every page: where the figures come from. */
  readonly foot: string;
}

/** The room for text on a page, in millimetres: A4 with margins of 25 at the sides and 22 above and below. */
export const reportPage = {
  width: 210,
  height: 297,
  side: 25,
  end: 22,
} as const;

const pointsPerMillimetre = 72 / 25.4;

/** The width of a drawing that fills a page upright, in points. */
export const drawingWidth = Math.floor((reportPage.width - 2 * reportPage.side) * pointsPerMillimetre);
