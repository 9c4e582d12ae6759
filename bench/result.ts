/** One measured figure and its goal. Ratios carry the spread of their rounds. */
export interface Result {
  readonly name: string;
  /** What is compared, in words. */
  readonly what: string;
  readonly ours: number;
  /** The figure of the bare server in the same run, or the fixed bound. */
  readonly limit: number;
  readonly ratio: number;
  readonly spread?: readonly [number, number];
  readonly goal: number;
  /** True where more is better: the ratio must reach the goal. False: it must stay within the goal. */
  readonly more: boolean;
  readonly unit: string;
  readonly holds: boolean;
  /** Further figures of the same measurement. */
  readonly figures?: Readonly<Record<string, number | string>>;
}

export interface Pair {
  readonly ours: number;
  readonly limit: number;
}

/** A ratio of alternating rounds: the median over the pairs, with the smallest and the largest. */
export function fromPairs(
  about: Pick<Result, 'name' | 'what' | 'goal' | 'more' | 'unit'>,
  pairs: readonly Pair[],
  figures?: Record<string, number | string>,
): Result {
  const ratios = pairs.map(({ ours, limit }) => ours / limit).sort((a, b) => a - b);
  const ratio = median(ratios);
  return {
    ...about,
    ours: median(pairs.map((pair) => pair.ours)),
    limit: median(pairs.map((pair) => pair.limit)),
    ratio,
    spread: [ratios[0] ?? Number.NaN, ratios.at(-1) ?? Number.NaN],
    holds: about.more ? ratio >= about.goal : ratio <= about.goal,
    ...(figures ? { figures: figures } : {}),
  };
}

/** A figure against a fixed bound: bytes, megabytes. */
export function against(about: Pick<Result, 'name' | 'what' | 'unit'>, ours: number, limit: number): Result {
  const ratio = ours / limit;
  return { ...about, ours, limit, ratio, goal: 1, more: false, holds: ratio <= 1 };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
