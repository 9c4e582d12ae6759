import type { TableRow } from 'docx';
import type { WordLibrary } from './word-file.ts';
import { wordFont } from './word-units.ts';

/** A column: its part of the width, and where its words stand. */
interface WordColumn {
  readonly share: number;
  readonly align: 'left' | 'center' | 'right';
}

interface WordTable {
  readonly columns: readonly WordColumn[];
  /** Twentieths of a point. */
  readonly width: number;
  /** The style of the paragraphs in its cells. */
  readonly style: string;
  readonly headingFont: string;
  /** The colour behind the headings; absent: none. */
  readonly headingFill?: string;
}

/**
 * The widths of the columns, and how a row of them is written: a row breaks over no page unless it `breaks`, and a heading is
 * repeated on each.
 */
export function wordRows(
  { Paragraph, TableCell, TableRow, TextRun }: WordLibrary,
  { columns, width, style, headingFont, headingFill }: WordTable,
): {
  readonly widths: readonly number[];
  row(cells: readonly string[], isHeading: boolean, keepNext: boolean, breaks?: boolean): TableRow;
} {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((width * share) / shares));
  const cell = (text: string, at: number, isHeading: boolean, keepNext: boolean) =>
    new TableCell({
      width: { size: widths[at]!, type: 'dxa' },
      verticalAlign: 'center',
      ...(isHeading && headingFill !== undefined && { shading: { type: 'clear', fill: headingFill, color: 'auto' } }),
      children: [
        new Paragraph({
          style,
          alignment: isHeading ? 'center' : columns[at]!.align,
          ...(keepNext && { keepNext }),
          children: [new TextRun({ text, ...(isHeading && { font: wordFont(headingFont) }) })],
        }),
      ],
    });
  return {
    widths,
    row: (cells, isHeading, keepNext, breaks = false) =>
      new TableRow({
        tableHeader: isHeading,
        cantSplit: !breaks,
        children: cells.map((text, at) => cell(text, at, isHeading, keepNext)),
      }),
  };
}
