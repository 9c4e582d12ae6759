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

/** What a line of the tree shows: what is to be done, and that evidence lacks. */
interface LineMarks {
  readonly standing: StateLook | null;
  readonly evidence: StateLook | null;
}

function leafMarks(leaf: TreeNode, mode: Mode): LineMarks {
  const isAsked = leaf.lacksEvidence && mode === 'self';
  return { standing: markOf(leaf, mode), evidence: isAsked ? evaluationMarks.lacksEvidence : null };
}

/** What is looked at first where the leaves of a branch differ; a leaf that is done marks no branch. */
const gravest: readonly StateLook[] = [
  evaluationMarks.talk,
  evaluationMarks.returned,
  evaluationMarks.objected,
  evaluationMarks.owed,
  evaluationMarks.open,
  evaluationMarks.unknown,
];

/** How many leaves below a branch have each mark. */
type MarkCounts = ReadonlyMap<StateLook, number>;

/** The marks below all branches, so that a folded tree shows in which of them something waits. */
export function branchMarks(nodes: readonly TreeNode[], mode: Mode): ReadonlyMap<string, MarkCounts> {
  const byCode = new Map(nodes.map((node) => [node.code, node]));
  const branches = new Map<string, Map<StateLook, number>>();
  for (const leaf of nodes) {
    if (!leaf.isLeaf) continue;
    const marks = Object.values(leafMarks(leaf, mode)).filter((mark) => mark !== null);
    for (let at = leaf.parent; at !== null; at = byCode.get(at)?.parent ?? null) {
      const counts = branches.get(at) ?? new Map<StateLook, number>();
      for (const mark of marks) counts.set(mark, (counts.get(mark) ?? 0) + 1);
      branches.set(at, counts);
    }
  }
  return branches;
}

/** The marks of a line: of a branch the gravest alone, with the number of its leaves. */
function marksOf(node: TreeNode, mode: Mode, branches: ReadonlyMap<string, MarkCounts>): LineMarks {
  if (node.isLeaf) return leafMarks(node, mode);
  const counts = branches.get(node.code);
  const counted = (mark: StateLook | undefined) => {
    const leaves = mark && counts?.get(mark);
    return mark && leaves ? { ...mark, word: `${leaves} 项${mark.word}` } : null;
  };
  return {
    standing: counted(gravest.find((mark) => counts?.has(mark))),
    evidence: counted(evaluationMarks.lacksEvidence),
  };
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

const noBranches: ReadonlyMap<string, MarkCounts> = new Map();

/** One line of the tree in words. */
export function lineText(node: TreeNode, mode: Mode, layer: TreeLayer, branches = noBranches): string {
  const { text, of } = linePoints(node, layer);
  const { standing, evidence } = marksOf(node, mode, branches);
  // What is read begins with what is drawn; the marks are drawn without their words.
  const drawn = [shownCode(node), node.title ?? '', [of, text].filter(Boolean).join(' ')];
  return [...drawn, standing?.word, evidence?.word].filter(Boolean).join('　');
}

interface LeafLineProps {
  node: TreeNode;
  mode: Mode;
  layer: TreeLayer;
  branches: ReadonlyMap<string, MarkCounts>;
}

/** One line of the tree: mark, code, title, what lacks evidence, points. */
export function LeafLine({ node, mode, layer, branches }: LeafLineProps) {
  const points = linePoints(node, layer);
  const { standing, evidence } = marksOf(node, mode, branches);
  return (
    <span className={style.line} data-branch={!node.isLeaf || undefined}>
      {standing && <StateMark state={standing} markOnly />}
      <span className={style.name}>
        {shownCode(node) !== '' && <span className={style.code}>{shownCode(node)} </span>}
        {node.title}
      </span>
      {evidence && <StateMark state={evidence} markOnly />}
      <span className={style.points} data-other={points.of !== null || undefined}>
        {[points.of, points.text].filter(Boolean).join(' ')}
      </span>
    </span>
  );
}
