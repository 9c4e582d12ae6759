import { divide, exact, round, toNumber } from '../../kit/decimal.ts';
import type { Figure } from '../edition.ts';

/**
 * The points of a branch shared over leaves that are generated for one subject, such as the problems found there last
 * time (督导整改: 30 points over that town's problems, 二、督导评估指标体系 of a county, 2008). Shares are whole units of the decimals of
 * the edition; what is left goes one unit each to the first leaves, so that the shares add up exactly.
 * @returns the points of each leaf in order; none where nothing was found: then the branch does not apply
 */
export function generatedShares(points: Figure, leaves: number, decimals: number): Figure[] {
  if (leaves === 0) return [];
  const units = BigInt(round(exact(points), decimals).replace('.', ''));
  const each = units / BigInt(leaves);
  const left = Number(units % BigInt(leaves));
  const unit = 10n ** BigInt(decimals);
  return Array.from({ length: leaves }, (_, at) => {
    const own = each + (at < left ? 1n : 0n);
    return toNumber(divide(exact(String(own)), exact(String(unit))));
  });
}
