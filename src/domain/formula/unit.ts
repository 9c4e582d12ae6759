/**
 * A unit of measure as a product of powers with a scale against its base units: 万元 is 10000 元, 台/百人 is 台 per 100
 * 人. `undefined` in place of a unit means "any": a bare number adapts to what it stands beside.
 */
export interface Unit {
  readonly scale: number;
  readonly powers: ReadonlyMap<string, number>;
}

const multiples: ReadonlyMap<string, readonly [string, number]> = new Map([
  ['万元', ['元', 10_000]],
  ['百人', ['人', 100]],
  ['百名学生', ['人', 100]],
  ['名学生', ['人', 1]],
  ['生', ['人', 1]],
  ['m²', ['平方米', 1]],
]);

const none: Unit = { scale: 1, powers: new Map() };

/** Reads `平方米`, `台/百人`, `元/人`, `万元`; an empty text and `1` are a plain ratio. An unknown word is its own base unit. */
export function parseUnit(text: string): Unit {
  const [above = '', ...below] = text.split('/');
  return below.map(single).reduce(divideUnits, single(above));
}

function single(text: string): Unit {
  const word = text.trim();
  if (word === '' || word === '1') return none;
  const [base, scale] = multiples.get(word) ?? [word, 1];
  return { scale, powers: new Map([[base, 1]]) };
}

/** The unit of a product: 平方米 × 人 and so on; scales multiply, powers of a base add. */
export function multiplyUnits(left: Unit, right: Unit): Unit {
  return combine(left, right, 1);
}

/** The unit of a quotient: 元 ÷ 人 is 元/人; equal bases cancel. */
export function divideUnits(left: Unit, right: Unit): Unit {
  return combine(left, right, -1);
}

function combine(left: Unit, right: Unit, sign: 1 | -1): Unit {
  const powers = new Map(left.powers);
  for (const [base, power] of right.powers) {
    const total = (powers.get(base) ?? 0) + sign * power;
    if (total === 0) powers.delete(base);
    else powers.set(base, total);
  }
  return { scale: sign === 1 ? left.scale * right.scale : left.scale / right.scale, powers };
}

/** True where both measure the same kind of thing, whatever the scale (元 and 万元). */
export function sameKind(left: Unit, right: Unit): boolean {
  return (
    left.powers.size === right.powers.size &&
    [...left.powers].every(([base, power]) => right.powers.get(base) === power)
  );
}

/** True where numbers in the two units may be added and compared as they stand. */
export function sameUnit(left: Unit, right: Unit): boolean {
  return sameKind(left, right) && left.scale === right.scale;
}

/** `元/人`, `平方米`; a multiple is written out (`10000元`), a plain ratio is 比值. */
export function unitText(unit: Unit): string {
  const write = (sign: 1 | -1): string =>
    [...unit.powers]
      .filter(([, power]) => power * sign > 0)
      .map(([base, power]) => (Math.abs(power) === 1 ? base : `${base}^${Math.abs(power)}`))
      .join('·');
  const [above, below] = [write(1), write(-1)];
  const scale = unit.scale === 1 ? '' : String(unit.scale);
  if (above === '' && below === '') return scale === '' ? '比值' : scale;
  return scale + (above || (scale === '' ? '1' : '')) + (below ? `/${below}` : '');
}
