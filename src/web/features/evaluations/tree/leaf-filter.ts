import type { leafFilters } from '../evaluation.search.ts';
import { differs } from '../evaluation.words.ts';
import type { Evaluation, TreeNode } from '../evaluation-reply.ts';

export type LeafFilter = (typeof leafFilters)[number];

export const leafFilterTitles: Readonly<Record<LeafFilter, string>> = {
  mine: '只看我的',
  owed: '待我评分',
  open: '未填',
  returned: '退回',
  differ: '有分歧',
  evidence: '缺材料',
};

const tests: Readonly<Record<LeafFilter, (node: TreeNode) => boolean>> = {
  mine: ({ mine }) => mine,
  owed: ({ owed, own }) => owed && own === null,
  open: ({ standing }) => standing === 'open',
  returned: ({ standing }) => standing === 'returned',
  differ: (node) => node.talk === 'open' || differs(node),
  evidence: ({ lacksEvidence }) => lacksEvidence,
};

/** Whether nothing is left to fill in at a leaf: one for which data are still to be entered is not, whatever was noted at it. */
export const isFilled = ({ standing }: TreeNode): boolean => standing !== 'open' && standing !== 'returned';

/** How many leaves have nothing left to fill in; the others are those that the filters 未填 and 退回 show. */
export const filledLeaves = (nodes: readonly TreeNode[]): number =>
  nodes.filter((node) => node.isLeaf && isFilled(node)).length;

/** How many leaves each filter shows. */
export function filterCounts(nodes: readonly TreeNode[]): Readonly<Record<LeafFilter, number>> {
  const leaves = nodes.filter(({ isLeaf }) => isLeaf);
  const count = (filter: LeafFilter) => leaves.filter(tests[filter]).length;
  return {
    ...{ mine: count('mine'), owed: count('owed'), open: count('open') },
    ...{ returned: count('returned'), differ: count('differ'), evidence: count('evidence') },
  };
}

/** The nodes that a filter leaves: its leaves, and what stands above them. The open leaf stays while it is open. */
export function filteredNodes(
  nodes: readonly TreeNode[],
  filter: LeafFilter | undefined,
  open: string | undefined,
): readonly TreeNode[] {
  if (filter === undefined) return nodes;
  const byCode = new Map(nodes.map((node) => [node.code, node]));
  const kept = new Set<string>();
  for (const node of nodes) {
    if (!node.isLeaf || !(tests[filter](node) || node.code === open)) continue;
    for (let at: TreeNode | undefined = node; at && !kept.has(at.code); ) {
      kept.add(at.code);
      at = at.parent === null ? undefined : byCode.get(at.parent);
    }
  }
  return nodes.filter(({ code }) => kept.has(code));
}

/** What one branch comes to in each layer that is seen, by the points of its leaves as far as they are given. */
export function leavesUnder(nodes: Evaluation['nodes'], code: string): TreeNode[] {
  const parents = new Map(nodes.map((node) => [node.code, node.parent]));
  const isUnder = (node: TreeNode): boolean => {
    for (let at = node.parent; at !== null; at = parents.get(at) ?? null) if (at === code) return true;
    return false;
  };
  return nodes.filter((node) => node.isLeaf && isUnder(node));
}

/** The leaves at which this person can still agree to the self-evaluation: what may not be seen before the own score cannot be agreed to. */
export const adoptableCodes = (nodes: readonly TreeNode[]): string[] =>
  nodes
    .filter(({ isLeaf, owed, own, self }) => isLeaf && owed && own === null && self !== null)
    .map(({ code }) => code);
