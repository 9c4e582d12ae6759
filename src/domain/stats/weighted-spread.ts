/**
 * The figures that `weightedSpread` writes, in this order: members counted, their weight, weighted mean, population
 * deviation.
 */
export const spreadSize = 4;

/**
 * Weighted mean and standard deviation of the ratios `total / weight` over the rows from `start` up to, not including,
 * `end`: mean = Σ total / Σ weight, deviation = √(Σ weight · (total / weight − mean)² / Σ weight), no n − 1 correction.
 * Two passes, so that the deviation does not lose digits to cancellation. A row whose total is NaN (missing) or whose
 * weight is not above zero belongs to no group and is left out of both. The four figures go to `target` at `place`;
 * nothing is allocated, because the function runs over the schools of a whole country. If no row is left, mean and
 * deviation are NaN.
 */
export function weightedSpread(
  totals: ArrayLike<number>,
  weights: ArrayLike<number>,
  start: number,
  end: number,
  target: Float64Array,
  place = 0,
): void {
  let count = 0;
  let weight = 0;
  let total = 0;
  for (let row = start; row < end; row += 1) {
    const heads = weights[row]!;
    const amount = totals[row]!;
    if (heads > 0 && !Number.isNaN(amount)) {
      count += 1;
      weight += heads;
      total += amount;
    }
  }
  const mean = total / weight;
  let squares = 0;
  for (let row = start; row < end; row += 1) {
    const heads = weights[row]!;
    const distance = totals[row]! / heads - mean;
    const square = heads * distance * distance;
    if (heads > 0 && !Number.isNaN(square)) squares += square;
  }
  target[place] = count;
  target[place + 1] = weight;
  target[place + 2] = mean;
  target[place + 3] = Math.sqrt(squares / weight);
}
