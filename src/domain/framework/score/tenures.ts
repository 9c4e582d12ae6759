import { add, divide, type Exact, exact, multiply, zero } from '../../kit/decimal.ts';
import type { Result } from '../result.ts';

/** One of the people who held a post in the assessed year: each is scored alone, with the own answers and facts. */
export interface Tenure {
  /** Whole months of the year, at least one. */
  readonly months: number;
  readonly result: Pick<Result, 'total' | 'provisional'>;
}

/** The year of a post over its holders. */
export interface PostYear {
  readonly months: number;
  /** Null while the total of one of them is not known. */
  readonly total: Exact | null;
  /** The ends between which it still lies, where they are known. */
  readonly provisional: { readonly from: Exact; readonly to: Exact | null } | null;
}

/**
 * The total of a post whose holder changed within the year (年内换任的按任职月份分段计分): the mean of the holders' totals by their months,
 * exactly. The conclusion stays with each holder; a post has none.
 */
export function postYear(tenures: readonly Tenure[]): PostYear {
  const months = tenures.reduce((all, tenure) => all + tenure.months, 0);
  const mean = (figures: readonly (Exact | null)[]): Exact | null => {
    if (months === 0 || figures.includes(null)) return null;
    const parts = figures.map((figure, at) => multiply(figure!, exact(tenures[at]!.months)));
    return divide(parts.reduce(add, zero), exact(months));
  };
  const open = tenures.some(({ result }) => result.provisional !== null);
  if (!open) return { months, total: mean(tenures.map(({ result }) => result.total)), provisional: null };
  const from = mean(tenures.map(({ result: { provisional, total } }) => provisional?.from ?? total));
  const to = mean(tenures.map(({ result: { provisional, total } }) => (provisional === null ? total : provisional.to)));
  return { months, total: null, provisional: from === null ? null : { from, to } };
}
