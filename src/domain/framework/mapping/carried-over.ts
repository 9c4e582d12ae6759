import { canonicalJson } from '../../kit/canonical-json.ts';
import type { Indicator } from '../edition.ts';

/**
 * Whether a score means the same on both sides. `otherScale`: other points; `otherMethod`: judged otherwise; `noScore`: one of
 * them has no points. Only `same` may be carried, and never without being shown.
 */
export type ScoreFit = 'same' | 'otherScale' | 'otherMethod' | 'noScore';

/** What may be taken over from a leaf to the one that it is mapped to. */
export interface CarriedOver {
  /** Evidence and texts of the person who answered: the same thing is asked. */
  readonly evidence: boolean;
  /** The answer itself: both are answered alike (same method, formula and unit). */
  readonly answer: boolean;
  readonly score: ScoreFit;
  /** Facts that both read: they are asked once. */
  readonly facts: readonly string[];
}

/**
 * What carries over between two leaves that were mapped.
 * @param facts names of the facts that each of them reads
 */
export function carriedOver(
  from: Indicator,
  to: Indicator,
  facts: { readonly from: readonly string[]; readonly to: readonly string[] },
): CarriedOver {
  const isSameWay = waysOf(from) === waysOf(to);
  const shared = facts.from.filter((name) => facts.to.includes(name));
  return { evidence: true, answer: isSameWay, score: fitOf(from, to, isSameWay), facts: shared };
}

function fitOf(from: Indicator, to: Indicator, isSameWay: boolean): ScoreFit {
  if (typeof from.points !== 'number' || typeof to.points !== 'number') return 'noScore';
  if (from.points !== to.points) return 'otherScale';
  return isSameWay ? 'same' : 'otherMethod';
}

/** How a leaf is judged, as a text to compare. */
function waysOf({ method, formula, unit, adjust, applies }: Indicator): string {
  return canonicalJson({ method: method ?? null, formula, unit, adjust, applies });
}
