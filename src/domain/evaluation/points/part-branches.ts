import type { Code } from '../../framework/edition.ts';
import type { Prepared } from '../../framework/result.ts';
import { besideOf } from '../../framework/score/method/leaf.ts';
import { maxOf } from '../../framework/score/score-leaf.ts';
import { add, type Exact, zero } from '../../kit/decimal.ts';

/** A branch above a part of the leaves: those of them that count in it, and what they are worth together, in points. */
export interface PartBranch {
  readonly leaves: readonly Code[];
  readonly max: Exact;
}

/**
 * What each branch is for somebody who sees a part of the leaves, such as an expert by a seat: a sum of the part stands against the
 * part, since against the whole it would pass for a low result. What stands beside the tree (附加分) is worth nothing of it. A leaf
 * that does not apply is worth nothing where the edition leaves it out (缺项换算). Never throws.
 * @param seen the leaves of the part, and whether each applies to the subject; null: nobody knows yet
 * @returns by the code of the branch; one that is no plain sum of what stands below it is absent, as is one with a leaf whose points
 *   nobody knows: its part is worth nothing that could be named
 */
export function partBranches(
  prepared: Prepared,
  seen: readonly { readonly code: Code; readonly applies: boolean | null }[],
): ReadonlyMap<Code, PartBranch> {
  const applies = new Map(seen.map((leaf) => [leaf.code, leaf.applies]));
  const found = new Map<Code, PartBranch>();
  const below = (code: Code): PartBranch | null => {
    const indicator = prepared.byCode.get(code)!;
    const children = (prepared.children.get(code) ?? []).map((at) => prepared.order[at]!.code);
    if (children.length === 0) {
      const isOut = applies.get(code) === false && prepared.edition.notApplicable === 'rebase';
      if (!applies.has(code) || isOut || besideOf(indicator) !== null || indicator.points === 'none')
        return { leaves: [], max: zero };
      const max = maxOf(indicator);
      return max && { leaves: [code], max };
    }
    const parts = children.map(below);
    if (indicator.rollUp !== undefined || indicator.weight !== undefined) return null;
    let sum: PartBranch = { leaves: [], max: zero };
    for (const part of parts) {
      if (part === null) return null;
      sum = { leaves: [...sum.leaves, ...part.leaves], max: add(sum.max, part.max) };
    }
    found.set(code, sum);
    return sum;
  };
  for (const at of prepared.children.get(null) ?? []) below(prepared.order[at]!.code);
  return found;
}
