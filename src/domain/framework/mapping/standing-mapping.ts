import type { Code, Edition } from '../edition.ts';
import { proposeMapping } from './propose-mapping.ts';

/**
 * Which leaf of an earlier edition asks what a leaf of another asks: what was decided by hand first, then what is proposed for leaves
 * that nobody has decided.
 * @param decided code of the earlier leaf by the code of the later one; null: mapped to nothing by hand
 * @returns the code of the earlier leaf by the code of the later one
 */
export function standingMapping(
  from: Pick<Edition, 'indicators'>,
  to: Pick<Edition, 'indicators'>,
  decided: Readonly<Record<Code, Code | null>>,
): ReadonlyMap<Code, Code> {
  const taken = new Set(Object.values(decided));
  const proposed = proposeMapping(from, to).filter((pair) => !Object.hasOwn(decided, pair.to) && !taken.has(pair.from));
  return new Map([
    ...Object.entries(decided).flatMap(([code, other]): [Code, Code][] => (other === null ? [] : [[code, other]])),
    ...proposed.map((pair): [Code, Code] => [pair.to, pair.from]),
  ]);
}
