import type { WorkbookSheet } from '#platform/documents/sheet.ts';
import { flawOf, withoutFlaws } from '#platform/documents/workbook/cell/cell-text.ts';
import type { ReadCell } from '#platform/documents/workbook-read.ts';

/** A value, or a cell of another kind with the text that a person sees there. Null and an empty text mean no cell. */
export type GivenCell = string | number | null | { readonly kind: ReadCell['kind']; readonly text: string };

interface Further {
  readonly hidden?: boolean;
  readonly merges?: WorkbookSheet['merges'];
  /** Counted from zero. */
  readonly hiddenRows?: readonly number[];
}

/** A sheet as the reader of workbooks returns it, without a file. */
export function readSheetOf(
  name: string,
  rows: readonly (readonly GivenCell[])[],
  { hidden = false, merges = [], hiddenRows = [] }: Further = {},
): WorkbookSheet {
  return {
    name,
    hidden,
    merges,
    isEmpty: rows.length === 0,
    *rows() {
      for (const [row, given] of rows.entries()) {
        const cells = given.flatMap((one, column) =>
          one === null || one === '' ? [] : [readCellOf(one, row, column)],
        );
        if (cells.length > 0) yield { row, hidden: hiddenRows.includes(row) ? 'hidden' : undefined, cells };
      }
    },
    isHiddenColumn: () => false,
  };
}

function readCellOf(given: Exclude<GivenCell, null>, row: number, column: number): ReadCell {
  const place = { row, column, formula: false, stored: true, covered: false };
  if (typeof given === 'number') return { ...place, kind: 'number', value: given, raw: given, text: String(given) };
  if (typeof given === 'object' && given.kind !== 'text') {
    return { ...place, kind: given.kind, value: given.text, text: given.text } as ReadCell;
  }
  const written = typeof given === 'string' ? given : given.text;
  const text = withoutFlaws(written);
  return { ...place, kind: 'text', value: text, text, flaw: flawOf(written) };
}
