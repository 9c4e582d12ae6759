import { layerTitles } from '#domain/evaluation/kind.ts';
import type { Layer } from '#domain/evaluation/lists.ts';
import { figureText, numberOf } from '#web/shared/framework/indicator.words.ts';
import { type StateLook, StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { evaluationMarks } from '../desk/state-marks.ts';
import type { Mode } from '../evaluation.words.ts';
import type { TreeNode } from '../evaluation-reply.ts';
import { givenBy } from './LayerCells.tsx';
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

type Mark = NonNullable<ReturnType<typeof markOf>>;

/** What is looked at first where the leaves of a branch differ; a leaf that is done marks no branch. */
const gravest: readonly Mark[] = [
  evaluationMarks.talk,
  evaluationMarks.returned,
  evaluationMarks.objected,
  evaluationMarks.owed,
  evaluationMarks.open,
  evaluationMarks.unknown,
];

/** The mark of a branch: how grave it is, of how many leaves it tells, and how many lack evidence. */
export interface BranchMark {
  readonly mark: Mark | null;
  readonly leaves: number;
  readonly lackEvidence: number;
}

/** The marks of all branches, so that a folded tree shows in which of them something waits. */
export function branchMarks(nodes: readonly TreeNode[], mode: Mode): ReadonlyMap<string, BranchMark> {
  const byCode = new Map(nodes.map((node) => [node.code, node]));
  const marks = new Map<string, BranchMark>();
  for (const leaf of nodes) {
    if (!leaf.isLeaf) continue;
    const mark = markOf(leaf, mode);
    const rank = mark === null ? -1 : gravest.indexOf(mark);
    const lacks = leaf.lacksEvidence ? 1 : 0;
    for (let at = leaf.parent; at !== null; at = byCode.get(at)?.parent ?? null) {
      const known = marks.get(at) ?? { mark: null, leaves: 0, lackEvidence: 0 };
      const before = known.mark === null ? gravest.length : gravest.indexOf(known.mark);
      const told =
        rank < 0 || rank > before
          ? { mark: known.mark, leaves: known.leaves }
          : { mark, leaves: rank === before ? known.leaves + 1 : 1 };
      marks.set(at, { ...told, lackEvidence: known.lackEvidence + lacks });
    }
  }
  return marks;
}

/** What the marks of a line say: of a branch with the number of its leaves. */
function marksOf(node: TreeNode, mode: Mode, branches: ReadonlyMap<string, BranchMark>): readonly StateLook[] {
  const evidence = evaluationMarks.lacksEvidence;
  if (node.isLeaf) {
    const mark = markOf(node, mode);
    return [...(mark ? [mark] : []), ...(node.lacksEvidence && mode === 'self' ? [evidence] : [])];
  }
  const { mark, leaves, lackEvidence } = branches.get(node.code) ?? { mark: null, leaves: 0, lackEvidence: 0 };
  return [
    ...(mark ? [{ ...mark, word: `${leaves} 项${mark.word}` }] : []),
    ...(lackEvidence > 0 && mode === 'self' ? [{ ...evidence, word: `${lackEvidence} 项${evidence.word}` }] : []),
  ];
}

/** Whose figures the tree shows: a layer, or the own scores while nothing is settled. */
export type TreeLayer = Layer | 'own';

/** What the province gave is entered leaf by leaf from a document: it stands in the columns, and is no sum of the tree. */
const judging = ['city', 'county', 'own'] as const;

/** What a layer has at a node, in points or in words; own scores are points alone. */
function givenAt(node: TreeNode, layer: TreeLayer): string | null {
  if (layer !== 'own') return givenBy(node, layer);
  return node.own === null ? null : figureText(node.own);
}

/** The newest layer that has anything at all: the figures of the tree are of this one, so that they add up. */
export const treeLayerOf = (nodes: readonly TreeNode[]): TreeLayer =>
  judging.find((layer) => nodes.some((node) => node.isLeaf && givenAt(node, layer) !== null)) ?? 'self';

/** The name of what a figure is of: `市`, `我评`. */
export const treeLayerTitle = (layer: TreeLayer) => (layer === 'own' ? '我评' : layerTitles[layer]);

/** The figure of one line. */
export interface LinePoints {
  readonly text: string;
  /** It is of another layer than the tree, and counts in no sum: `自评`. Null where it is of the tree's own. */
  readonly of: string | null;
}

/**
 * The points that a line shows: those of the layer of the tree, `6→4` where the self-evaluation differs. Where that layer has none yet,
 * the layer before it, named.
 */
export function linePoints(node: TreeNode, layer: TreeLayer): LinePoints {
  const max = node.max === null ? '' : figureText(node.max);
  const given = givenAt(node, layer);
  if (given === null) {
    // A branch of which nothing is judged yet shows what it is worth: a sum of another layer would not add up.
    const before = node.isLeaf
      ? ([...judging, 'self', 'province'] as const).find((one) => givenAt(node, one) !== null)
      : undefined;
    return before === undefined
      ? { text: max, of: null }
      : { text: givenAt(node, before)!, of: treeLayerTitle(before) };
  }
  const { self } = node;
  if (node[layer] === null) return { text: given, of: null };
  if (node.isLeaf && self !== null && self !== node[layer]) return { text: `${figureText(self)}→${given}`, of: null };
  // A branch of points beside the tree is worth nothing of it: `0.5` and not `0.5/0`.
  return { text: node.max === null || numberOf(node.max) === 0 ? given : `${given}/${max}`, of: null };
}

/** Whether some lines show another layer than the tree. */
export const mixesLayers = (nodes: readonly TreeNode[], layer: TreeLayer): boolean =>
  nodes.some((node) => linePoints(node, layer).of !== null);

/** The root that holds all branches is numbered for machines alone: its `0` reads like a figure. */
export const shownCode = ({ code, parent }: Pick<TreeNode, 'code' | 'parent'>) =>
  parent === null && code === '0' ? '' : code;

const noBranches: ReadonlyMap<string, BranchMark> = new Map();

/** One line of the tree in words. */
export function lineText(node: TreeNode, mode: Mode, layer: TreeLayer, branches = noBranches): string {
  const { text, of } = linePoints(node, layer);
  const marks = marksOf(node, mode, branches).map(({ word }) => word);
  // What is read begins with what is drawn; the marks are drawn without their words.
  return [shownCode(node), node.title ?? '', [of, text].filter(Boolean).join(' '), ...marks].filter(Boolean).join('　');
}

interface LeafLineProps {
  node: TreeNode;
  mode: Mode;
  layer: TreeLayer;
  branches: ReadonlyMap<string, BranchMark>;
}

/** One line of the tree: mark, code, title, what lacks evidence, points. */
export function LeafLine({ node, mode, layer, branches }: LeafLineProps) {
  const points = linePoints(node, layer);
  const marks = marksOf(node, mode, branches);
  const drawn = (isEvidence: boolean) =>
    marks
      .filter(({ shape }) => (shape === evaluationMarks.lacksEvidence.shape) === isEvidence)
      .map((mark) => <StateMark key={mark.word} state={mark} markOnly />);
  return (
    <span className={style.line} data-branch={!node.isLeaf || undefined}>
      {drawn(false)}
      <span className={style.name}>
        {shownCode(node) !== '' && <span className={style.code}>{shownCode(node)} </span>}
        {node.title}
      </span>
      {drawn(true)}
      <span className={style.points} data-other={points.of !== null || undefined}>
        {[points.of, points.text].filter(Boolean).join(' ')}
      </span>
    </span>
  );
}
