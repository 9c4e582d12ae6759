import { decimalsOf } from '../../kit/number-text.ts';
import type { FrameworkIssue } from '../../kit/problems/framework.ts';
import type { Edition, Figure, Indicator } from '../edition.ts';

/** Means of up to five reviewers, also trimmed ones, are whole numbers of units: 60 is divisible by 1 to 6. */
const reviewers = 60;

/**
 * How many units of the fast path one point of the edition has: every point, cost and share of points is a whole number of
 * them, and the total stays below 2^53, so that sums of doubles are exact.
 */
export function unitsOf(edition: Edition): { units: number; issues: FrameworkIssue[] } {
  const decimals = Math.max(0, ...edition.indicators.flatMap(figuresOf).map(decimalsOf));
  const units = 10 ** decimals * reviewers;
  const most =
    edition.max ??
    edition.indicators.reduce((total, { points }) => total + (typeof points === 'number' ? points : 0), 0);
  if (most * units * weightScale(edition) < Number.MAX_SAFE_INTEGER) return { units, issues: [] };
  const message = `分值的小数位太多（${decimals} 位），总分无法精确合计，请减少小数位`;
  return { units, issues: [{ path: 'indicators', code: null, message }] };
}

/** What weighted sums multiply into the denominators. */
function weightScale({ indicators }: Edition): number {
  const weights = indicators.flatMap(({ weight }) => (typeof weight === 'number' ? [weight] : []));
  return weights.length === 0 ? 1 : 10 ** Math.max(...weights.map(decimalsOf)) * 100;
}

function figuresOf({ points, method }: Indicator): Figure[] {
  const own = typeof points === 'number' ? [points] : [];
  if (method === undefined || method === null) return own;
  switch (method.kind) {
    case 'ladder':
      return [...own, ...method.levels.flatMap((level) => [level.points ?? 0, product(level.share ?? 0, own[0] ?? 0)])];
    case 'bands': {
      const weights = Object.values(method.byYear?.weights ?? {});
      const given = [method.rest, ...method.bands.map((band) => band.points)];
      return [...own, ...given, ...given.flatMap((one) => weights.map((weight) => product(one, weight)))];
    }
    case 'threshold':
      return [...own, method.unmet];
    case 'elements':
      return [...own, method.cost, method.floor];
    case 'deduction':
      return [
        ...own,
        method.floor,
        ...method.items.flatMap(({ cost, cap }) => [...(typeof cost === 'number' ? [cost] : []), cap ?? 0]),
      ];
    case 'bonus':
      return [...own, method.cap ?? 0, ...method.items.map((item) => item.points)];
    case 'yesNo':
      return [...own, method.yes, method.no];
    case 'choice':
      return [...own, ...method.options.map((option) => option.points ?? 0)];
    case 'relative':
      return [...own, ...method.points];
    case 'years':
      return [...own, ...method.pointsByYearsMet];
    case 'judgement':
      return [...own, method.step];
    default:
      return own;
  }
}

/** The product of two short decimals, without the tail of binary fractions. */
function product(left: Figure, right: Figure): Figure {
  return Number((left * right).toPrecision(12));
}
