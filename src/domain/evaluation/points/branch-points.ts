import { noFacts } from '../../framework/answer.ts';
import type { Code, Edition } from '../../framework/edition.ts';
import type { Prepared } from '../../framework/result.ts';
import { besideOf } from '../../framework/score/method/leaf.ts';
import { maxOf } from '../../framework/score/score-leaf.ts';
import { add, type Exact, zero } from '../../kit/decimal.ts';
import { type LayerPoint, readExactPoints, scoreLayer } from './score.ts';

/**
 * What a branch of the tree has got, and what it can get by the leaves that apply: nothing where none does. Null: not judged
 * whole, or nobody knows.
 */
export interface BranchPoints {
  readonly code: Code;
  readonly points: Exact | null;
  readonly max: Exact | null;
}

/**
 * The points of each top branch by those that are stored at its leaves. A branch has points once every leaf below it that
 * applies has: a part would pass for a low result. A leaf that does not apply counts as the edition says (缺项换算); a branch
 * of which nothing applies has no points. What stands beside the tree (附加分) is in no branch that has other leaves. Branches
 * that are plain sums are added up; others go through the engine.
 * @param points by the code of a leaf, as they are stored (`4.5`, `2/3`)
 * @param out codes of the leaves that do not apply
 * @returns branches in the order of the edition
 */
export function branchPoints(
  prepared: Prepared,
  points: ReadonlyMap<Code, string>,
  out: ReadonlySet<Code> = new Set(),
): BranchPoints[] {
  const branches = branchesOf(prepared);
  const given = new Map([...points].map(([code, text]) => [code, readExactPoints(text)]));
  const isJudged = ({ leaves }: Branch) => leaves.every(({ code }) => given.has(code) || out.has(code));
  const judged = new Map(branches.map((branch) => [branch.code, isJudged(branch)]));
  const needsEngine = branches.some(({ code, isSum }) => !isSum && judged.get(code));
  const nodes = needsEngine ? engineNodes(prepared, given, out) : undefined;
  return branches.map((branch) => {
    const { code, leaves, isSum, max } = branch;
    if (leaves.every((leaf) => out.has(leaf.code))) return { code, points: null, max: zero };
    if (!judged.get(code)) return { code, points: null, max };
    if (isSum) return { code, ...summed(leaves, given, out, prepared.edition.notApplicable) };
    const node = nodes?.get(code);
    return { code, points: node?.points ?? null, max: node?.max ?? max };
  });
}

function engineNodes(prepared: Prepared, given: ReadonlyMap<Code, Exact>, out: ReadonlySet<Code>) {
  const layer = new Map([
    ...[...given].map(([code, points]): [Code, LayerPoint] => [code, { points, answer: null }]),
    ...[...out].map((code): [Code, LayerPoint] => [code, { points: null, answer: { notApplicable: true } }]),
  ]);
  const { nodes } = scoreLayer({ prepared, facts: noFacts, context: {} }, layer);
  return new Map(nodes.map((node) => [node.code, node]));
}

/** The leaves of a plain sum: what applies, or counts although it does not. */
function summed(
  leaves: readonly BranchLeaf[],
  given: ReadonlyMap<Code, Exact>,
  out: ReadonlySet<Code>,
  notApplicable: Edition['notApplicable'],
): Pick<BranchPoints, 'points' | 'max'> {
  let points = zero;
  let max: Exact | null = zero;
  for (const leaf of leaves) {
    const isOut = out.has(leaf.code);
    if (isOut && notApplicable === 'rebase') continue;
    max = max === null || leaf.max === null ? null : add(max, leaf.max);
    if (!isOut) points = add(points, given.get(leaf.code)!);
    else if (notApplicable === 'full' && leaf.max !== null) points = add(points, leaf.max);
  }
  return { points, max };
}

interface BranchLeaf {
  readonly code: Code;
  readonly max: Exact | null;
}

interface Branch {
  readonly code: Code;
  readonly leaves: readonly BranchLeaf[];
  readonly isSum: boolean;
  readonly max: Exact | null;
}

/** Branches by edition: an edition never changes. */
const known = new WeakMap<Prepared, Branch[]>();

function branchesOf(prepared: Prepared): Branch[] {
  const found = known.get(prepared);
  if (found) return found;
  const { nodes } = scoreLayer({ prepared, facts: noFacts, context: {} }, new Map());
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
    const all = below(code).map((leaf) => prepared.byCode.get(leaf)!);
    const inTree = all.filter((leaf) => besideOf(leaf) === null);
    const isBeside = inTree.length === 0;
    const leaves = (isBeside ? all : inTree).map((leaf) => ({ code: leaf.code, max: isBeside ? zero : maxOf(leaf) }));
    return { code, leaves, isSum: isSum(code), max };
  });
  known.set(prepared, branches);
  return branches;
}
