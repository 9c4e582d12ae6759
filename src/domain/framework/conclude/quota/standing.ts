import { compare } from '../../../kit/decimal.ts';
import { type Bounded, compared } from '../range.ts';

/** A candidate with the figures by which candidates are put in order: the total, then the nodes of the ties. */
export interface Ranked {
  readonly subject: string;
  /** The same figures in the same order for all candidates; none where the edition has no points. */
  readonly figures: readonly Bounded[];
}

/** How many stand ahead of those who stand equal, and against whom that is still open; subjects in the order of the candidates. */
export interface Standing {
  readonly ahead: number;
  /** Those who stand equal, the candidate itself among them. */
  readonly equal: readonly string[];
  readonly unknown: readonly string[];
}

/**
 * Where each candidate stands among all: those without anything open are sorted, and only one with something open is compared with
 * every other, so that a thousand settled schools take a sorting and not a million comparisons.
 * @returns by the place of the candidate; equals share one value
 */
export function standingsOf(candidates: readonly Ranked[]): readonly Standing[] {
  const vague = candidates.filter((one) => !isSettled(one));
  const settled = candidates.flatMap((one, at) => (isSettled(one) ? [{ one, at }] : []));
  // Sorting keeps equals in the order of the candidates.
  settled.sort((left, right) => ranks[order(left.one, right.one)]);
  const standings: Standing[] = new Array(candidates.length);
  for (let from = 0; from < settled.length; ) {
    const { one } = settled[from]!;
    let to = from + 1;
    while (to < settled.length && order(settled[to]!.one, one) === 'equal') to += 1;
    const equals = settled.slice(from, to);
    const standing = against(one, vague, { ahead: from, equal: equals.map((other) => other.one.subject) });
    for (const { at } of equals) standings[at] = standing;
    from = to;
  }
  for (const [at, one] of candidates.entries()) {
    if (!isSettled(one)) standings[at] = against(one, candidates, { ahead: 0, equal: [] });
  }
  return standings;
}

/** A standing with those of `others` who are ahead, equal, or not to be told apart yet. */
function against(one: Ranked, others: readonly Ranked[], { ahead, equal }: Omit<Standing, 'unknown'>): Standing {
  const found = { ahead, equal: [...equal], unknown: [] as string[] };
  for (const other of others) {
    const place = order(other, one);
    if (place === 'ahead') found.ahead += 1;
    else if (place !== 'behind') found[place].push(other.subject);
  }
  return found;
}

const ranks = { ahead: -1, behind: 1, equal: 0, unknown: 0 } as const;

/** Whether every figure is known, or known to be none. */
const isSettled = ({ figures }: Ranked): boolean =>
  figures.every(
    (one) => one === 'notApplicable' || (one.low !== null && one.high !== null && compare(one.low, one.high) === 0),
  );

/** Where left stands against right; what has no figure stands behind what has one. */
export function order(left: Ranked, right: Ranked): 'ahead' | 'behind' | 'equal' | 'unknown' {
  // A candidate stands beside itself, whatever is open in it.
  if (left === right) return 'equal';
  for (const [at, mine] of left.figures.entries()) {
    const other = right.figures[at] ?? 'notApplicable';
    if (mine === 'notApplicable' || other === 'notApplicable') {
      if (mine === other) continue;
      return mine === 'notApplicable' ? 'behind' : 'ahead';
    }
    if (compared(mine, '>', other) === true) return 'ahead';
    if (compared(mine, '<', other) === true) return 'behind';
    if (compared(mine, '=', other) !== true) return 'unknown';
  }
  return 'equal';
}
