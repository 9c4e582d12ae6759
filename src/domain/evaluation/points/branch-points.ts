import type { Code } from '../../framework/edition.ts';
import type { Prepared } from '../../framework/result.ts';
import { add, type Exact, zero } from '../../kit/decimal.ts';
import { missing } from '../../kit/value.ts';
import { type LayerPoint, readExactPoints, scoreLayer } from '../score.ts';

/** What a branch of the tree has got, and what it can get. Null: not judged whole, or nobody knows. */
export interface BranchPoints {
  readonly code: Code;
  readonly points: Exact | null;
  readonly max: Exact | null;
}

const nothingKnown = { read: (name: string) => missing('not-filed', [name]), members: () => [] };

/**
 * The points of each top branch by those that are stored at its leaves. A branch has points once every leaf below it has:
 * a part would pass for a low result. Branches that are plain sums are added up; others go through the engine.
 * @param points by the code of a leaf, as they are stored (`4.5`, `2/3`)
 * @returns branches in the order of the edition
 */
export function branchPoints(prepared: Prepared, points: ReadonlyMap<Code, string>): BranchPoints[] {
  const branches = branchesOf(prepared);
  const given = new Map(
    [...points].map(([code, text]): [Code, LayerPoint] => [code, { points: readExactPoints(text), answer: null }]),
  );
  const needsEngine = branches.some(({ isSum, leaves }) => !isSum && leaves.every((code) => given.has(code)));
  const scored = needsEngine ? scoreLayer({ prepared, facts: nothingKnown, context: {} }, given) : undefined;
  return branches.map(({ code, leaves, isSum, max }) => {
    if (!leaves.every((leaf) => given.has(leaf))) return { code, points: null, max };
    if (!isSum) return { code, points: scored?.nodes.find((node) => node.code === code)?.points ?? null, max };
    return { code, points: leaves.reduce((all, leaf) => add(all, given.get(leaf)!.points!), zero), max };
  });
}

interface Branch {
  readonly code: Code;
  readonly leaves: readonly Code[];
  readonly isSum: boolean;
  readonly max: Exact | null;
}

/** Branches by edition: an edition never changes. */
const known = new WeakMap<Prepared, Branch[]>();

function branchesOf(prepared: Prepared): Branch[] {
  const found = known.get(prepared);
  if (found) return found;
  const { nodes } = scoreLayer({ prepared, facts: nothingKnown, context: {} }, new Map());
  const below = (code: Code): Code[] => {
    const children = prepared.children.get(code) ?? [];
    return children.length === 0 ? [code] : children.flatMap((at) => below(prepared.order[at]!.code));
  };
  const isSum = (code: Code): boolean => {
    const children = prepared.children.get(code) ?? [];
    if (children.length === 0) return true;
    const { rollUp, weight } = prepared.byCode.get(code)!;
    return rollUp === undefined && weight === undefined && children.every((at) => isSum(prepared.order[at]!.code));
  };
  // A tree with one root is divided by what stands below it.
  let top = prepared.children.get(null) ?? [];
  for (let [only] = top; top.length === 1 && only !== undefined; [only] = top) {
    const under = prepared.children.get(prepared.order[only]!.code) ?? [];
    if (under.length === 0) break;
    top = under;
  }
  const branches = top.map((at) => {
    const { code } = prepared.order[at]!;
    const max = nodes.find((node) => node.code === code)?.max ?? null;
    return { code, leaves: below(code), isSum: isSum(code), max };
  });
  known.set(prepared, branches);
  return branches;
}
