import { add, type Exact, exact, lesser, zero } from '../../../kit/decimal.ts';
import type { Edition } from '../../edition.ts';
import type { Prepared, Scored } from '../../result.ts';
import type { ScoredTree } from './score-tree.ts';
import type { Tally } from './tally.ts';

/** The figures of a whole subject. */
export type Totals = Pick<Scored, 'base' | 'bonus' | 'total' | 'max' | 'provisional' | 'ends'>;

/**
 * The total of a tree: the base, what stands beside it up to its caps, and the range that the total can still take where
 * leaves are unanswered or rows of the document were not seen.
 */
export function totalsOf({ edition }: Prepared, { root, bonus, deductions, unanswered }: ScoredTree): Totals {
  const known = root.pointed && root.applies && root.computable;
  const max = edition.max === null ? (known ? root.whole : null) : exact(edition.max);
  const top = edition.bonus?.beyondMax === false ? max : null;
  const [besideLeast, besidePoints, besideMost] = besideEnds(edition, bonus, deductions);
  const totalOf = (base: Exact, beside: Exact): Exact => {
    const all = add(base, beside);
    return top === null ? all : lesser(all, top);
  };
  const open = unanswered.length > 0 || edition.gaps.some((gap) => gap.points !== 0);
  const [least, most] = endsOf(root);
  const to = most === null || besideMost === null ? null : totalOf(most, besideMost);
  return {
    base: known ? root.points : null,
    bonus: besidePoints,
    total: known ? totalOf(root.points, besidePoints) : null,
    max,
    ends: {
      base: known ? { from: least, to: most } : { from: zero, to: null },
      bonus: { from: besideLeast, to: besideMost },
    },
    provisional: open ? { from: known ? totalOf(least, besideLeast) : zero, to: known ? to : null, unanswered } : null,
  };
}

/** Where nothing surely applies, there is a total only if what is undecided does. */
function endsOf({ least, most, optional }: Tally): readonly [Exact, Exact | null] {
  const [only] = optional;
  return only ? [only.least, only.most] : [least, most];
}

/** Bonuses up to the cap of the edition, and what is taken outside the tree: at least, so far, at most. */
function besideEnds({ bonus: rule }: Edition, bonus: Tally, deductions: Tally): readonly [Exact, Exact, Exact | null] {
  const cap = rule?.cap === undefined || rule.cap === null ? null : exact(rule.cap);
  const capped = (points: Exact): Exact => (cap === null ? points : lesser(points, cap));
  const most = bonus.most === null ? cap : capped(bonus.most);
  return [
    add(capped(bonus.least), deductions.least),
    add(capped(bonus.points), deductions.points),
    most === null || deductions.most === null ? null : add(most, deductions.most),
  ];
}
