import { figureText } from '#web/shared/framework/indicator.words.ts';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { evaluationMarks } from '../desk/state-marks.ts';
import type { Mode } from '../evaluation.words.ts';
import type { TreeNode } from '../evaluation-reply.ts';
import style from './LeafLine.module.css';

/** The mark of a leaf: what is to be done about it in this mode. */
function markOf(node: TreeNode, mode: Mode) {
  if (node.talk === 'open') return evaluationMarks.talk;
  if (mode === 'score' && node.owed) return evaluationMarks[node.own === null ? 'owed' : 'scored'];
  switch (node.standing) {
    case 'open':
      return evaluationMarks.open;
    case 'answered':
      return evaluationMarks.answered;
    case 'returned':
      return evaluationMarks.returned;
    case 'objected':
      return evaluationMarks.objected;
    case 'not-applicable':
      return evaluationMarks.notApplicable;
    case 'unknown':
      return evaluationMarks.unknown;
    default:
      return null;
  }
}

/** The points that a line shows: the newest layer that can be seen behind the self-evaluation, `6→4`. */
export function linePoints(node: TreeNode): string {
  const judged = node.province ?? node.city ?? node.county ?? node.own;
  const { said } = node;
  // A layer that judged without points is not overtaken by points of one before it.
  const words = judged === null ? (said.city ?? said.county ?? (node.self === null ? said.self : null)) : null;
  if (words !== null) return words;
  const shown = judged ?? node.self;
  const points = shown === null ? '' : figureText(shown);
  const max = node.max === null ? '' : figureText(node.max);
  if (!node.isLeaf) return max === '' ? points : points === '' ? max : `${points}/${max}`;
  if (judged !== null && node.self !== null && judged !== node.self) return `${figureText(node.self)}→${points}`;
  return points === '' ? max : max === '' ? points : `${points}/${max}`;
}

/** The root that holds all branches is numbered for machines alone: its `0` reads like a figure. */
export const shownCode = ({ code, parent }: Pick<TreeNode, 'code' | 'parent'>) =>
  parent === null && code === '0' ? '' : code;

/** One line of the tree in words. */
export function lineText(node: TreeNode, mode: Mode): string {
  const mark = node.isLeaf ? markOf(node, mode)?.word : undefined;
  // What is read begins with what is drawn; the mark is drawn without its word.
  return [shownCode(node), node.title ?? '', linePoints(node), mark].filter(Boolean).join('　');
}

/** One line of the tree: mark, code, title, points. */
export function LeafLine({ node, mode }: { node: TreeNode; mode: Mode }) {
  const mark = node.isLeaf ? markOf(node, mode) : null;
  return (
    <span className={style.line} data-branch={!node.isLeaf || undefined}>
      {mark && <StateMark state={mark} markOnly />}
      <span className={style.name}>
        {shownCode(node) !== '' && <span className={style.code}>{shownCode(node)} </span>}
        {node.title}
      </span>
      {node.isLeaf && node.lacksEvidence && mode === 'self' && (
        <StateMark state={evaluationMarks.lacksEvidence} markOnly />
      )}
      <span className={style.points}>{linePoints(node)}</span>
    </span>
  );
}
