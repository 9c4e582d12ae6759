import type { Code } from '../../framework/edition.ts';
import type { Concluded, Scored } from '../../framework/result.ts';
import { divide, type Exact, isZero } from '../../kit/decimal.ts';
import { exactPointsText } from '../points/score.ts';

/**
 * The version of the engine that scores and concludes. It stands in the certificate of a result, and rises when the same scores
 * would give another total or conclusion.
 */
export const scoringEngine = '1';

/** What a released result leaves behind for later evaluations: they read it under the names of `score/earlier-fact.ts`. */
export interface KeptResult {
  /** The grade of the first decision table; null where there is none. */
  readonly grade: string | null;
  /** The total over the points of the edition, as an exact share of 1; null where it has no points. */
  readonly rate: string | null;
  /** The share of its points that each indicator had; one without points or that did not apply is not among them. */
  readonly rates: Readonly<Record<Code, string>>;
  /** What the office ruled about equals at the line of a quota, where the grade rests on it; null else. */
  readonly ruling: string | null;
}

/** What is kept of a result whose leaves are all settled. */
export function keptResult({
  total,
  max,
  nodes,
  leaves,
  conclusions,
}: Pick<Scored, 'total' | 'max' | 'nodes' | 'leaves'> & Pick<Concluded, 'conclusions'>): KeptResult {
  const rates: Record<Code, string> = {};
  const add = (code: Code, points: Exact | null, most: Exact | null) => {
    if (points !== null && most !== null && !isZero(most)) rates[code] = exactPointsText(divide(points, most));
  };
  for (const { code, points, max: most } of nodes) add(code, points, most);
  for (const { code, points, max: most, state } of leaves) if (state === 'scored') add(code, points, most);
  const rate = total === null || max === null || isZero(max) ? null : exactPointsText(divide(total, max));
  const ruling = conclusions.find((one) => one.ruling !== undefined)?.ruling ?? null;
  return { grade: conclusions[0]?.name ?? null, rate, rates, ruling };
}
