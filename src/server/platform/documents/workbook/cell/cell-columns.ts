/** Kinds as they are stored in a column of bytes; the order is the order of the numbers. */
export const kinds = ['text', 'number', 'boolean', 'error', 'date', 'not-a-number', 'empty'] as const;
export type CellKind = (typeof kinds)[number];

/** Further marks of a cell, as bits above the kind. */
export const flags = {
  kind: 0b111,
  /** It holds a formula. */
  formula: 0b1000,
  /** Its number was written with more than fifteen digits. */
  long: 0b10000,
  /** A merged cell covers it, so that a person does not see it. */
  covered: 0b100000,
} as const;

/** Cells of a sheet in the order of rows and columns, one column for each of their properties. */
export interface CellColumns {
  readonly rows: Uint32Array;
  readonly columns: Uint16Array;
  readonly marks: Uint8Array;
  /** Numbers and serial numbers of days; 1 and 0 for true and false. */
  readonly numbers: Float64Array;
  /**
   * Index of the text among the texts of the workbook: for texts, errors, invalid numbers, formulas without a result.
   */
  readonly texts: Uint32Array;
}

/** Columns that grow while a sheet is read. */
export class GrowingCells {
  rows: Uint32Array;
  columns: Uint16Array;
  marks: Uint8Array;
  numbers: Float64Array;
  texts: Uint32Array;
  length = 0;
  /** Place of the last cell as one number; cells nearly always come in order. */
  #last = -1;
  #isOrdered = true;

  /** @param expected how many cells there may be: memory that is never written to is never taken */
  constructor(expected = 1024) {
    this.rows = new Uint32Array(expected);
    this.columns = new Uint16Array(expected);
    this.marks = new Uint8Array(expected);
    this.numbers = new Float64Array(expected);
    this.texts = new Uint32Array(expected);
  }

  add(row: number, column: number, mark: number, number: number, text: number): void {
    const at = this.length;
    if (at === this.rows.length) this.#grow();
    this.rows[at] = row;
    this.columns[at] = column;
    this.marks[at] = mark;
    this.numbers[at] = number;
    this.texts[at] = text;
    this.length = at + 1;
    const place = placeOf(row, column);
    if (place <= this.#last) this.#isOrdered = false;
    this.#last = place;
  }

  #grow(): void {
    const size = this.rows.length * 2;
    this.rows = grown(this.rows, new Uint32Array(size));
    this.columns = grown(this.columns, new Uint16Array(size));
    this.marks = grown(this.marks, new Uint8Array(size));
    this.numbers = grown(this.numbers, new Float64Array(size));
    this.texts = grown(this.texts, new Uint32Array(size));
  }

  /** The cells in order, and the first cell whose place is already taken by another one. */
  finish(): { cells: CellColumns; twice: { row: number; column: number } | undefined } {
    const { length, rows, columns, marks, numbers, texts } = this;
    if (this.#isOrdered) {
      const cells = {
        rows: rows.subarray(0, length),
        columns: columns.subarray(0, length),
        marks: marks.subarray(0, length),
        numbers: numbers.subarray(0, length),
        texts: texts.subarray(0, length),
      };
      return { cells, twice: undefined };
    }
    const place = (index: number) => placeOf(rows[index]!, columns[index]!);
    const order = Uint32Array.from({ length }, (_, index) => index).sort((a, b) => place(a) - place(b));
    const again = order.find((index, at) => at > 0 && place(order[at - 1]!) === place(index));
    const cells = {
      rows: order.map((index) => rows[index]!),
      columns: Uint16Array.from(order, (index) => columns[index]!),
      marks: Uint8Array.from(order, (index) => marks[index]!),
      numbers: Float64Array.from(order, (index) => numbers[index]!),
      texts: order.map((index) => texts[index]!),
    };
    return { cells, twice: again === undefined ? undefined : { row: rows[again]!, column: columns[again]! } };
  }
}

function placeOf(row: number, column: number): number {
  return row * 65_536 + column;
}

function grown<Column extends { set(from: ArrayLike<number>): void }>(from: ArrayLike<number>, to: Column): Column {
  to.set(from);
  return to;
}
