/** Quantities of a row by column; a column that is absent is missing and adds nothing. */
export type Quantities = ReadonlyMap<number, number>;

function decimalsOf(value: number): number {
  return /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
}

/** How far a printed sum may lie from the exact one: half of its last digit where the parts have more digits than it. */
function tolerance(printed: number, decimalsOfParts: number): number {
  const decimals = decimalsOf(printed);
  return decimalsOfParts > decimals ? 0.5 * 10 ** -decimals + 1e-9 : 1e-9 * Math.max(1, Math.abs(printed));
}

/** Sums of rows by column, with the most decimals that a part of each sum had. */
export class Sums {
  readonly #sums = new Map<number, { sum: number; decimals: number }>();
  #rows = 0;

  get rows(): number {
    return this.#rows;
  }

  add(row: Quantities): void {
    this.#rows += 1;
    for (const [column, value] of row) {
      const { sum, decimals } = this.#sums.get(column) ?? { sum: 0, decimals: 0 };
      this.#sums.set(column, { sum: sum + value, decimals: Math.max(decimals, decimalsOf(value)) });
    }
  }

  /**
   * Whether all quantities of a row are the sums (or, with `divisor`, the means) of the rows added. Two columns that are
   * not zero must agree, or the only one there is; one could do so by chance.
   * @param own the row's own quantities were added too and are taken out again
   */
  matches(row: Quantities, { columns, divisor = 1, own = false }: Match): boolean {
    let agreeing = 0;
    for (const [column, printed] of row) {
      const { sum, decimals } = this.#sums.get(column) ?? { sum: 0, decimals: 0 };
      const exact = (own ? sum - printed : sum) / divisor;
      const more = divisor === 1 ? decimals : 15;
      if (Math.abs(exact - printed) > tolerance(printed, more)) return false;
      if (printed !== 0) agreeing += 1;
    }
    return agreeing >= Math.min(2, columns);
  }

  /** Whether a sum is already larger than the quantity that it is to become: more rows only make it larger. */
  exceeds(row: Quantities): boolean {
    return [...row].some(([column, printed]) => (this.#sums.get(column)?.sum ?? 0) > printed + 1);
  }
}

interface Match {
  /** Number of columns of quantities that the table has. */
  readonly columns: number;
  readonly divisor?: number;
  readonly own?: boolean;
}
