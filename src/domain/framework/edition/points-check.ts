import { compare, type Exact, exact, round, sum } from '../../kit/decimal.ts';
import type { FrameworkIssue } from '../../kit/problems/framework.ts';
import type { Code, Edition, Figure, Indicator, Points, RollUp } from '../edition.ts';
import type { Tree } from './tree.ts';

/** A node whose children are to be compared with it; the edition itself has no code. */
interface Above {
  readonly code: Code | null;
  readonly path: string;
  readonly points: Points;
  readonly rollUp: RollUp | undefined;
}

/**
 * The points of children and gaps must add up to their parent's, the weights to 1 or 100. What is not known is not
 * added: then the rest must leave room for it. Our readings of a document are never summed. A bonus and a block of
 * deductions stand beside the points of their parent.
 */
export function pointIssues(edition: Edition, tree: Tree): FrameworkIssue[] {
  const nodes: Above[] = edition.indicators.flatMap((indicator, at): Above[] =>
    tree.children.has(indicator.code)
      ? [
          {
            code: indicator.code,
            path: `indicators[${at}]`,
            points: indicator.reading ? null : indicator.points,
            rollUp: indicator.rollUp,
          },
        ]
      : [],
  );
  const whole: Above = { code: null, path: 'max', points: edition.max, rollUp: edition.rollUp };
  return [whole, ...nodes].flatMap((above) => [
    ...sumIssues(edition, tree, above),
    ...weightIssues(edition, tree, above),
  ]);
}

function sumIssues(edition: Edition, tree: Tree, { code, path, points, rollUp }: Above): FrameworkIssue[] {
  const at = code === null ? '总分' : `“${code}”`;
  if (rollUp?.convertTo !== undefined && typeof points === 'number' && points !== rollUp.convertTo) {
    return [{ path, code, message: `${at}写为 ${points} 分，折算为 ${rollUp.convertTo} 分，两者应一致` }];
  }
  const adds = rollUp === undefined || (rollUp.rule === 'sum' && rollUp.convertTo === undefined);
  if (!adds || typeof points !== 'number') return [];
  const parts: Points[] = [
    ...tree
      .childrenOf(code)
      .filter((child) => !standsBeside(child))
      .map((child) => (child.reading ? null : child.points)),
    ...edition.gaps.filter(({ under }) => under === code).map((gap) => gap.points),
  ];
  if (parts.every((part) => part === 'none')) return [];
  const known = sum(parts.filter((part) => typeof part === 'number').map(exact));
  const order = compare(known, exact(points));
  if (order === 0 || (order < 0 && parts.includes(null))) return [];
  const message = parts.includes(null)
    ? `下级已知分值之和 ${shortest(known)} 超过${at}的 ${points} 分`
    : `下级分值之和为 ${shortest(known)}，与${at}的 ${points} 分不等，请改分值或补上缺项`;
  return [{ path, code, message }];
}

/** A bonus beside the points, and a block that only deducts. */
function standsBeside({ method }: Indicator): boolean {
  return method?.kind === 'bonus' || (method?.kind === 'deduction' && method.start === 'zero');
}

function weightIssues(edition: Edition, tree: Tree, { code, rollUp }: Above): FrameworkIssue[] {
  const children = tree.childrenOf(code);
  const issue = (child: Indicator, message: string): FrameworkIssue => ({
    path: `indicators[${edition.indicators.indexOf(child)}].weight`,
    code: child.code,
    message,
  });
  if (rollUp?.rule !== 'weighted') {
    return children
      .filter(({ weight }) => weight !== undefined)
      .map((child) => issue(child, '上级不按权重合成，不能写权重：请去掉权重，或把上级改为按权重合成'));
  }
  const lacking = children.filter(({ weight }) => weight === undefined);
  if (lacking.length > 0) return lacking.map((child) => issue(child, '上级按权重合成，缺少权重'));
  const weights = children.map(({ weight }) => weight ?? null);
  if (weights.includes(null) || rollUp.weights === 'ratio') return [];
  const total = sum((weights as Figure[]).map(exact));
  if (compare(total, exact(1)) === 0 || compare(total, exact(100)) === 0) return [];
  const way = '权重之和应为 100%；若本来就是比例（如 3:5:2），请注明按比例折算';
  return [
    {
      path: code === null ? 'rollUp' : `indicators[${edition.indicators.findIndex((one) => one.code === code)}].rollUp`,
      code,
      message: `下级权重之和为 ${shortest(total)}：${way}`,
    },
  ];
}

function shortest(value: Exact): string {
  return round(value, 6).replace(/\.?0+$/, '');
}
