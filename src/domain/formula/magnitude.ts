/**
 * The powers of ten between which the results of a term lie. When a double overflows or underflows, PostgreSQL raises
 * an error, while JavaScript yields infinity or zero. So that both always agree, a formula that could overflow or
 * underflow is refused when it is checked. All three are decimal exponents: `greatest` and `least` bound results other
 * than zero, and every result is a multiple of ten to the `grain`. Sums keep the grain: the difference of two near
 * numbers is small, but not smaller than the grain.
 */
export interface Magnitude {
  readonly greatest: number;
  readonly least: number;
  readonly grain: number;
}

/** A double keeps 53 bits, less than 16 decimal digits. */
const doubleDigits = 16;
/** No county and no country has a million schools. */
const schoolsMagnitude = 6;
const limit = 280;

function bounded(greatest: number, least: number): Magnitude {
  return { greatest, least, grain: least - doubleDigits };
}

/** Field values lie below 10^12 (the catalogue's ranges are far narrower) and have at most nine decimals. */
export const fieldMagnitude: Magnitude = bounded(12, -9);
export const countMagnitude: Magnitude = bounded(schoolsMagnitude, 0);

/** A number written in the formula; 0 bounds nothing and counts as 1. */
export function literalMagnitude(value: number): Magnitude {
  if (value === 0) return bounded(0, 0);
  const power = Math.log10(Math.abs(value));
  return bounded(Math.ceil(power), Math.floor(power));
}

/** A sum or difference: it may double, and it may cancel down to the finer of the two grains. */
export function addMagnitudes(left: Magnitude, right: Magnitude): Magnitude {
  const grain = Math.min(left.grain, right.grain);
  return { greatest: Math.max(left.greatest, right.greatest) + Math.log10(2), least: grain, grain };
}

/** A product: exponents add. */
export function multiplyMagnitudes(left: Magnitude, right: Magnitude): Magnitude {
  return bounded(left.greatest + right.greatest, left.least + right.least);
}

/** A quotient: greatest over least, least over greatest. Division by zero is missing and bounds nothing. */
export function divideMagnitudes(left: Magnitude, right: Magnitude): Magnitude {
  return bounded(left.greatest - right.least, left.least - right.greatest);
}

/** A result rounded to `places` decimals (0 to 10): it may grow by one unit of the last place. */
export function roundMagnitude(operand: Magnitude, places: number): Magnitude {
  return bounded(Math.max(operand.greatest, -places) + 1, -places);
}

/** The union: either may be the result. */
export function eitherMagnitude(left: Magnitude, right: Magnitude): Magnitude {
  return {
    greatest: Math.max(left.greatest, right.greatest),
    least: Math.min(left.least, right.least),
    grain: Math.min(left.grain, right.grain),
  };
}

/** A sum or mean over schools. */
export function overSchools(operand: Magnitude): Magnitude {
  return bounded(operand.greatest + schoolsMagnitude, operand.grain - schoolsMagnitude);
}

/** Whether a result of this magnitude could leave the range of a double, with room for intermediate steps. */
export function exceedsDoubles(magnitude: Magnitude): boolean {
  return magnitude.greatest > limit || magnitude.grain < -limit;
}
