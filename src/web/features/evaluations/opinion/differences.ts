import type { SlopeLine } from '#web/shared/chart/SlopePicture.tsx';
import { differenceText, numberOf } from '#web/shared/framework/indicator.words.ts';
import type { Evaluation, TreeNode } from '../evaluation-reply.ts';
import { leavesUnder } from '../tree/leaf-filter.ts';

/** The branches that are compared: the highest level of the tree with more than one. */
export function comparedBranches(nodes: Evaluation['nodes']): readonly TreeNode[] {
  let level = nodes.filter(({ parent }) => parent === null);
  while (level.length === 1 && level[0] && !level[0].isLeaf) {
    const [only] = level;
    level = nodes.filter(({ parent }) => parent === only.code);
  }
  return level;
}

/** A branch as it is drawn, with the difference in points at the same leaves. */
interface ComparedLine extends SlopeLine {
  readonly points: number;
}

/**
 * The branches by the leaves that both layers have scored, as shares of the points of these leaves: what one layer has not said is
 * no zero.
 */
export function slopeLines(nodes: Evaluation['nodes'], from: 'self' | 'county', to: 'city' | 'county'): ComparedLine[] {
  return comparedBranches(nodes).flatMap((branch) => {
    const leaves = branch.isLeaf ? [branch] : leavesUnder(nodes, branch.code);
    const both = leaves.flatMap(({ max, ...leaf }) => {
      const [one, other] = [leaf[from], leaf[to]];
      return one === null || other === null || max === null ? [] : [[numberOf(one), numberOf(other), numberOf(max)]];
    });
    const [one, other, max] = [0, 1, 2].map((at) => both.reduce((sum, row) => sum + row[at]!, 0)) as [
      ...[number, number, number],
    ];
    if (max === 0) return [];
    const name = { key: branch.code, name: branch.title ?? branch.code };
    return [{ ...name, from: one / max, to: other / max, points: other - one }];
  });
}

/** The answer to the question which branches claimed too much, in one sentence. */
export function slopeSentence(lines: readonly ComparedLine[]): string {
  if (lines.length === 0) return '还没有两层都有得分的分支。';
  const falling = lines
    .filter(({ from, to }) => to < from)
    .sort((one, other) => one.to - one.from - (other.to - other.from));
  const [worst] = falling;
  if (worst === undefined) return `${lines.length} 个分支的评定得分都不低于自评。`;
  const points = differenceText('0', String(worst.points));
  const rest = falling.length === 1 ? '其余不低于自评' : `另有 ${falling.length - 1} 个分支低于自评`;
  return `“${worst.name}”相差最大${points === undefined ? '' : `（${points} 分）`}，${rest}。`;
}
