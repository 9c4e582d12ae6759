import { decimalsOf } from '#domain/kit/number-text.ts';

/** Quantities of a row in the order of the columns of quantities; an undefined one is missing and adds nothing. */
export type Quantities = ReadonlyArray<number | undefined>;

/** How far a printed sum may differ from the exact one: half of its last digit if the parts have more decimals. */
function tolerance(printed: number, decimalsOfParts: number): number {
  const decimals = decimalsOf(printed);
  return decimalsOfParts > decimals ? 0.5 * 10 ** -decimals + 1e-9 : 1e-9 * Math.max(1, Math.abs(printed));
}

/** Whether a row has any value other than zero. */
export function isNothing(row: Quantities): boolean {
  return row.every((value) => value === undefined || value === 0);
}

/** Sums of rows by column, with the most decimals that a part of each sum had. */
export class Sums {
  readonly #sums: number[];
  readonly #decimals: number[];
  #rows = 0;

  /** @param columns number of columns of quantities that the table has */
  constructor(columns: number) {
    this.#sums = new Array<number>(columns).fill(0);
    this.#decimals = new Array<number>(columns).fill(0);
  }

  /** Added rows that have a value other than zero. */
  get rows(): number {
    return this.#rows;
  }

  add(row: Quantities): void {
    if (!isNothing(row)) this.#rows += 1;
    row.forEach((value, column) => {
      if (!value) return;
      this.#sums[column]! += value;
      this.#decimals[column] = Math.max(this.#decimals[column]!, decimalsOf(value));
    });
  }

  /**
   * Whether all quantities of a row are the sums (or, with `divisor`, the means) of the rows added. At least two
   * columns that are not zero must agree, because one could agree by chance; if there is only one column, it must
   * agree.
   * @param own the row's own quantities if they were added too; they are taken out again
   */
  matches(row: Quantities, { divisor = 1, own = false }: { divisor?: number; own?: boolean } = {}): boolean {
    let agreeing = 0;
    for (const [column, printed] of row.entries()) {
      if (printed === undefined) continue;
      const sum = this.#sums[column]!;
      const exact = (own ? sum - printed : sum) / divisor;
      const decimals = divisor === 1 ? this.#decimals[column]! : 15;
      if (Math.abs(exact - printed) > tolerance(printed, decimals)) return false;
      if (printed !== 0) agreeing += 1;
    }
    return agreeing >= Math.min(2, this.#sums.length);
  }

  /** Whether a sum is already larger than the target quantity: more rows only make it larger. */
  exceeds(row: Quantities): boolean {
    return row.some((printed, column) => printed !== undefined && this.#sums[column]! > printed + 1);
  }
}
