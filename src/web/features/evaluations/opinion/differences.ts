import type { SlopeLine } from '#web/shared/chart/SlopePicture.tsx';
import { differenceText, numberOf } from '../evaluation.words.ts';
import type { Evaluation, TreeNode } from '../evaluation-reply.ts';

/** The branches that are compared: the highest level of the tree with more than one. */
export function comparedBranches(nodes: Evaluation['nodes']): readonly TreeNode[] {
  let level = nodes.filter(({ parent }) => parent === null);
  while (level.length === 1 && level[0] && !level[0].isLeaf) {
    const [only] = level;
    level = nodes.filter(({ parent }) => parent === only.code);
  }
  return level;
}

/** The branches that both layers have scored, as shares of their points. */
export function slopeLines(branches: readonly TreeNode[], from: 'self' | 'county', to: 'city' | 'county'): SlopeLine[] {
  return branches.flatMap((branch) => {
    const [one, other, max] = [branch[from], branch[to], branch.max];
    if (one === null || other === null || max === null || numberOf(max) === 0) return [];
    return [
      {
        ...{ key: branch.code, name: branch.title ?? branch.code },
        from: numberOf(one) / numberOf(max),
        to: numberOf(other) / numberOf(max),
      },
    ];
  });
}

/** The answer to the question which branches claimed too much, in one sentence. */
export function slopeSentence(branches: readonly TreeNode[], lines: readonly SlopeLine[]): string {
  if (lines.length === 0) return '还没有两层都有得分的分支。';
  const falling = lines
    .filter(({ from, to }) => to < from)
    .sort((one, other) => one.to - one.from - (other.to - other.from));
  const [worst] = falling;
  if (worst === undefined) return `${lines.length} 个分支的评定得分都不低于自评。`;
  const branch = branches.find(({ code }) => code === worst.key);
  const points = branch ? differenceText(branch.self, branch.city) : undefined;
  const rest = falling.length === 1 ? '其余不低于自评' : `另有 ${falling.length - 1} 个分支低于自评`;
  return `“${worst.name}”相差最大${points === undefined ? '' : `（${points} 分）`}，${rest}。`;
}
