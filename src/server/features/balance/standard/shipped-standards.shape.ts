import { readNewStandard } from '#domain/balance/standard/read-standard.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { problem } from '#domain/kit/problem.ts';
import basic2012 from '../../../../../reference/standards/basic-2012.json' with { type: 'json' };
import quality2017 from '../../../../../reference/standards/quality-2017.json' with { type: 'json' };

/** Every standard that ships with the product. A new edition is one line here. */
export const shippedStandards: readonly { readonly key: string }[] = [basic2012, quality2017];

/** Keys of the standards that come with the product, e.g. `basic-2012`. */
export function standardKeys(): string[] {
  return shippedStandards.map(({ key }) => key).sort();
}

/**
 * Reads and checks a standard that comes with the product.
 * @throws Problem `standard.unknown` with the known keys, `standard.invalid`
 */
export function readShippedStandard(key: string): BalanceStandard {
  const shipped = shippedStandards.find((one) => one.key === key);
  if (shipped === undefined) throw problem('standard.unknown', { key, known: standardKeys() });
  return readNewStandard(shipped);
}
