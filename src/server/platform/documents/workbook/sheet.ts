import { type CellColumns, flags, kinds } from './cell/cell-columns.ts';
import type { TextFlaw } from './cell/cell-text.ts';
import { fifteenDigitText, toFifteenDigits } from './cell/number-text.ts';
import { dayOfSerial, textOfSerial } from './cell/serial-day.ts';
import type { ParsedSheet, ParsedWorkbook } from './parsed.ts';

interface Place {
  /** Rows and columns count from zero. */
  readonly row: number;
  readonly column: number;
  /** Whether the cell holds a formula; the stored result is shown. */
  readonly formula: boolean;
  /** False for a formula without a stored result: its value is unknown. */
  readonly stored: boolean;
  /** Whether a merged cell covers it, so that a person does not see it. */
  readonly covered: boolean;
}

/** A cell that is not empty; `text` is the text that a person sees, in the plainest form of its kind. */
export type ReadCell = Place &
  (
    | {
        readonly kind: 'text';
        readonly value: string;
        readonly text: string;
        /** Characters that cannot be stored anywhere; U+FFFD stands for them in the text. */
        readonly flaw: TextFlaw | undefined;
      }
    | {
        readonly kind: 'number';
        /** To fifteen significant digits, as a spreadsheet shows it; `raw` is the stored number. */
        readonly value: number;
        readonly raw: number;
        readonly text: string;
      }
    | { readonly kind: 'boolean'; readonly value: boolean; readonly text: string }
    /** Excel shows #DIV/0! and the like, which is the value of the cell. */
    | { readonly kind: 'error'; readonly value: string; readonly text: string }
    | {
        readonly kind: 'date';
        /** The day as ISO 8601 with the time of day, where there is one; else the number. */
        readonly value: string;
        readonly text: string;
        readonly raw: number;
        /** Null for a number that is not a day, such as a time of day alone. */
        readonly day: string | null;
      }
    /** NaN, INF or a word where the file should have a number. */
    | { readonly kind: 'not-a-number'; readonly value: string; readonly text: string }
    /** A formula without a stored result; the value is the formula, as far as the file contains it. */
    | { readonly kind: 'empty'; readonly value: string; readonly text: string }
  );

/** A row that holds something, with its cells in order; empty cells are left out. */
export interface ReadRow {
  readonly row: number;
  readonly hidden: 'hidden' | 'filtered' | undefined;
  readonly cells: readonly ReadCell[];
}

type CellValue = string | number | boolean | null;

/** A row whose values are indexed by column. */
export interface ValueRow {
  readonly row: number;
  readonly hidden: ReadRow['hidden'];
  readonly values: readonly CellValue[];
  readonly faulty: readonly ReadCell[];
}

const numberMark = kinds.indexOf('number');
const textMark = kinds.indexOf('text');
const booleanMark = kinds.indexOf('boolean');

/** One sheet: stored in columns, and made into cells on request. */
export class ReadSheet {
  readonly name: string;
  readonly visibility: ParsedSheet['visibility'];
  /** Ranges of which a person sees only the first cell, as `ParsedSheet` keeps them. */
  readonly merges: ParsedSheet['merges'];
  readonly hiddenColumns: ParsedSheet['hiddenColumns'];
  readonly #columns: CellColumns;
  readonly #texts: readonly string[];
  readonly #flaws: ParsedWorkbook['flaws'];
  readonly #from1904: boolean;
  readonly #hiddenRows: ParsedSheet['hiddenRows'];
  #cells: readonly ReadCell[] | undefined;

  constructor(sheet: ParsedSheet, { texts, flaws, from1904 }: Omit<ParsedWorkbook, 'sheets'>) {
    this.name = sheet.name;
    this.visibility = sheet.visibility;
    this.merges = sheet.merges;
    this.hiddenColumns = sheet.hiddenColumns;
    this.#columns = sheet.cells;
    this.#texts = texts;
    this.#flaws = flaws;
    this.#from1904 = from1904;
    this.#hiddenRows = sheet.hiddenRows;
  }

  /** Whether the sheet is hidden from a person who opens the workbook. */
  get hidden(): boolean {
    return this.visibility !== 'visible';
  }

  get isEmpty(): boolean {
    return this.#columns.rows.length === 0;
  }

  /** All cells that are not empty, by rows; of a large sheet they take long to make, see `rows`. */
  get cells(): readonly ReadCell[] {
    this.#cells ??= Array.from({ length: this.#columns.rows.length }, (_, index) => this.#cell(index));
    return this.#cells;
  }

  /** Why a row is hidden: by itself, or because a filter leaves it out. */
  hiddenRow(row: number): ReadRow['hidden'] {
    return this.#hiddenRows.get(row);
  }

  isHiddenColumn(column: number): boolean {
    return this.hiddenColumns.has(column);
  }

  /** The rows one after the other; a row is not kept when the next one is requested. */
  *rows(): Generator<ReadRow> {
    const { rows } = this.#columns;
    for (let index = 0; index < rows.length; ) {
      const row = rows[index]!;
      const cells: ReadCell[] = [];
      for (; rows[index] === row; index += 1) cells.push(this.#cell(index));
      yield { row, hidden: this.hiddenRow(row), cells };
    }
  }

  /**
   * The rows in the form that COPY takes: each an array of `width` values, a day in its ISO form, null for an empty
   * cell. A cell without a usable value (an error, a formula without a result, a text that cannot be stored, a cell that
   * another one covers) is null
   * too, and is also returned as a cell.
   */
  *valueRows(width: number): Generator<ValueRow> {
    const { rows, columns, marks, numbers, texts } = this.#columns;
    for (let index = 0; index < rows.length; ) {
      const row = rows[index]!;
      const values: CellValue[] = new Array(width).fill(null);
      const faulty: ReadCell[] = [];
      for (; rows[index] === row; index += 1) {
        const column = columns[index]!;
        if (column >= width) continue;
        const mark = marks[index]!;
        if ((mark & flags.covered) !== 0) {
          faulty.push(this.#cell(index));
          continue;
        }
        switch (mark & flags.kind) {
          case numberMark: {
            const raw = numbers[index]!;
            values[column] = (mark & flags.long) === 0 ? raw : toFifteenDigits(raw);
            break;
          }
          case textMark:
            if (this.#flaws.size > 0 && this.#flaws.has(texts[index]!)) faulty.push(this.#cell(index));
            else values[column] = this.#texts[texts[index]!]!;
            break;
          case booleanMark:
            values[column] = numbers[index] === 1;
            break;
          default: {
            const cell = this.#cell(index);
            if (cell.kind === 'date' && cell.day !== null) values[column] = cell.day;
            else faulty.push(cell);
          }
        }
      }
      yield { row, hidden: this.hiddenRow(row), values, faulty };
    }
  }

  #cell(index: number): ReadCell {
    const { rows, columns, marks, numbers, texts } = this.#columns;
    const mark = marks[index]!;
    const row = rows[index]!;
    const column = columns[index]!;
    const formula = (mark & flags.formula) !== 0;
    const covered = (mark & flags.covered) !== 0;
    const number = numbers[index]!;
    const isMark = mark & flags.kind;
    if (isMark === numberMark) return new NumberCell(row, column, formula, covered, number, (mark & flags.long) !== 0);
    if (isMark === textMark) {
      const at = texts[index]!;
      return new TextCell(
        row,
        column,
        formula,
        covered,
        this.#texts[at]!,
        this.#flaws.size > 0 ? this.#flaws.get(at) : undefined,
      );
    }
    const kind = kinds[isMark]!;
    if (kind === 'date') return new DateCell(row, column, formula, covered, number, this.#from1904);
    const place = { row, column, formula, covered, stored: kind !== 'empty' };
    if (kind === 'boolean') return { ...place, kind, value: number === 1, text: number === 1 ? 'TRUE' : 'FALSE' };
    const text = this.#texts[texts[index]!]!;
    return { ...place, kind: kind as 'error' | 'not-a-number' | 'empty', value: text, text };
  }
}

/** A cell with a stored value. Its other parts are computed when they are asked for: most cells are never shown. */
abstract class StoredCell {
  readonly stored = true;
  readonly row: number;
  readonly column: number;
  readonly formula: boolean;
  readonly covered: boolean;

  constructor(row: number, column: number, formula: boolean, covered: boolean) {
    this.row = row;
    this.column = column;
    this.formula = formula;
    this.covered = covered;
  }
}

class NumberCell extends StoredCell {
  readonly kind = 'number';
  readonly value: number;
  readonly raw: number;

  constructor(row: number, column: number, formula: boolean, covered: boolean, raw: number, isLong: boolean) {
    super(row, column, formula, covered);
    this.raw = raw;
    this.value = isLong ? toFifteenDigits(raw) : raw;
  }

  get text(): string {
    return fifteenDigitText(this.raw);
  }
}

class TextCell extends StoredCell {
  readonly kind = 'text';
  readonly value: string;
  readonly flaw: TextFlaw | undefined;

  constructor(
    row: number,
    column: number,
    formula: boolean,
    covered: boolean,
    value: string,
    flaw: TextFlaw | undefined,
  ) {
    super(row, column, formula, covered);
    this.value = value;
    this.flaw = flaw;
  }

  get text(): string {
    return this.value;
  }
}

class DateCell extends StoredCell {
  readonly kind = 'date';
  readonly raw: number;
  readonly #from1904: boolean;

  constructor(row: number, column: number, formula: boolean, covered: boolean, raw: number, from1904: boolean) {
    super(row, column, formula, covered);
    this.raw = raw;
    this.#from1904 = from1904;
  }

  get day(): string | null {
    return dayOfSerial(this.raw, this.#from1904);
  }

  get text(): string {
    return textOfSerial(this.raw, this.#from1904) ?? fifteenDigitText(this.raw);
  }

  get value(): string {
    return this.text;
  }
}
