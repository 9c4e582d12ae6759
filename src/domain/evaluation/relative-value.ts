import type { Facts } from '../framework/answer.ts';
import type { PreparedLeaf } from '../framework/result.ts';
import { exactTextOf } from '../framework/score/exact-text.ts';
import { factReader, isNumber } from '../framework/score/fact-reader.ts';
import { type Exact, toNumber } from '../kit/decimal.ts';

/**
 * What data give a leaf that is compared over the subjects of a campaign, by its formula: the value waits for the others, and has no
 * points alone.
 * @returns null for every other leaf, and while a fact is missing
 */
export function relativeValue(
  { indicator: { method }, formula }: Pick<PreparedLeaf, 'indicator' | 'formula'>,
  facts: Facts,
): Exact | null {
  if (method?.kind !== 'relative' || formula === null) return null;
  const value = factReader(facts).valueOf(formula);
  return isNumber(value) ? value : null;
}

/**
 * Such a value as an answer has it, which is a decimal: one whose decimals do not end has fifteen digits, and is compared by the value
 * itself wherever that is known.
 */
export function valueAnswer(value: Exact): string {
  const { text, rounded } = exactTextOf(value, 0);
  return rounded ? String(Number(toNumber(value).toPrecision(15))) : text;
}
