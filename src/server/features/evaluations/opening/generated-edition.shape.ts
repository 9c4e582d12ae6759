import type { Prepared } from '#domain/framework/result.ts';
import { type LastProblem, withGeneratedLeaves } from '#domain/framework/score/generated-leaves.ts';

/** Editions as single subjects have them, by the problems of their last rounds, the one that was asked longest ago first. */
interface Known {
  readonly editions: Map<string, Prepared>;
  /** The indicators of all of them. */
  size: number;
}

const known = new WeakMap<Prepared, Known>();

/**
 * How many indicators are kept of one edition: some 30 MB. A page that looks at a whole campaign asks for all its subjects in
 * one order, so a bound below their number would keep none of them; this one holds the 1,700 schools of a city with 70 indicators each.
 */
const mostIndicators = 120_000;

/** The edition with the leaves of these problems: the page of a subject, and of its campaign, asks for the same one again. */
export function generatedEdition(prepared: Prepared, problems: readonly LastProblem[]): Prepared {
  const kept = known.get(prepared) ?? { editions: new Map<string, Prepared>(), size: 0 };
  known.set(prepared, kept);
  const key = JSON.stringify(problems);
  const found = kept.editions.get(key);
  const edition = found ?? withGeneratedLeaves(prepared, problems);
  kept.editions.delete(key);
  kept.editions.set(key, edition);
  if (found === undefined) kept.size += edition.order.length;
  for (const [oldest, { order }] of kept.editions) {
    if (kept.size <= mostIndicators || oldest === key) break;
    kept.editions.delete(oldest);
    kept.size -= order.length;
  }
  return edition;
}
