import { useCallback, useMemo } from 'react';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { LeftWriting } from '#web/shared/drafts/writing/LeftWriting.tsx';
import { CodeSplit } from '#web/shared/framework/CodeSplit.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Progress } from '#web/shared/kit/feedback/Progress.tsx';
import { evaluationSearch } from '../evaluation.search.ts';
import type { Mode } from '../evaluation.words.ts';
import type { Evaluation, TreeNode } from '../evaluation-reply.ts';
import { LeafView } from '../leaf/LeafView.tsx';
import { useScoreEdits } from '../leaf/score-edits.ts';
import { BranchView } from '../tree/BranchView.tsx';
import {
  branchMarks,
  LeafLine,
  lineText,
  mixesLayers,
  type TreeLayer,
  treeLayerOf,
  treeLayerTitle,
} from '../tree/LeafLine.tsx';
import {
  adoptableCodes,
  filledLeaves,
  filterCounts,
  filteredNodes,
  type LeafFilter,
  leafFilterTitles,
} from '../tree/leaf-filter.ts';
import style from './EvaluationPage.module.css';
import { PrintedLeaves } from './PrintedLeaves.tsx';
import { ReviewReturn } from './ReviewReturn.tsx';

interface LeavesPartProps {
  evaluation: Evaluation;
  mode: Mode;
}

/** The tree of leaves with one of them open. */
export function LeavesPart({ evaluation, mode }: LeavesPartProps) {
  const [search, setSearch] = useSearchState(evaluationSearch);
  const edits = useScoreEdits(evaluation);
  const items = useMemo(
    () => filteredNodes(evaluation.nodes, search.show, search.node),
    [evaluation.nodes, search.show, search.node],
  );
  const layer = useMemo(() => treeLayerOf(evaluation.nodes), [evaluation.nodes]);
  const branches = useMemo(() => branchMarks(evaluation.nodes, mode), [evaluation.nodes, mode]);
  const label = useCallback((node: TreeNode) => lineText(node, mode, layer, branches), [mode, layer, branches]);
  const draw = useCallback(
    (node: TreeNode) => <LeafLine node={node} mode={mode} layer={layer} branches={branches} />,
    [mode, layer, branches],
  );
  const open = (node: string | null) => setSearch({ node: node ?? undefined, proof: undefined }, { replace: true });
  const head = (
    <TreeHead
      evaluation={evaluation}
      mode={mode}
      layer={layer}
      show={search.show}
      onShow={(show) => setSearch({ show })}
    />
  );
  if (items.length === 0) {
    return (
      <>
        {head}
        <Empty
          title={search.show ? `没有“${leafFilterTitles[search.show]}”的指标` : '这次评估没有指标'}
          action={search.show && <Button onClick={() => setSearch({ show: undefined })}>查看全部指标</Button>}
        />
      </>
    );
  }
  return (
    <>
      <LeftWriting left={edits.left} onTake={({ value }) => edits.take(value.byLeaf)} />
      <div className="screen-only">
        <ReviewReturn evaluation={evaluation}>
          {(picking) => (
            <CodeSplit
              items={items}
              open={search.node ?? null}
              onOpen={open}
              label={label}
              draw={draw}
              stops={isLeaf}
              columns="minmax(15rem, 21rem) minmax(0, 1fr)"
              head={head}
              walksItself
            >
              {(node, walk) =>
                node.isLeaf ? (
                  <LeafView
                    evaluation={evaluation}
                    code={node.code}
                    mode={mode}
                    walk={walk}
                    edits={edits}
                    picking={picking}
                    proof={search.proof}
                    onProof={(proof) => setSearch({ proof }, { replace: true })}
                  />
                ) : (
                  <BranchView evaluation={evaluation} branch={node} onOpen={open} />
                )
              }
            </CodeSplit>
          )}
        </ReviewReturn>
      </div>
      <PrintedLeaves evaluation={evaluation} />
    </>
  );
}

const isLeaf = (node: TreeNode) => node.isLeaf;

/** Which filters say something in a mode. */
const filtersOf: Readonly<Record<Mode, readonly LeafFilter[]>> = {
  self: ['mine', 'open', 'returned', 'evidence'],
  score: ['owed', 'returned', 'differ', 'evidence'],
  result: ['differ', 'evidence'],
};

interface TreeHeadProps extends LeavesPartProps {
  layer: TreeLayer;
  show: LeafFilter | undefined;
  onShow: (show: LeafFilter | undefined) => void;
}

/** How far it is, and which leaves the tree shows. */
function TreeHead({ evaluation, mode, layer, show, onShow }: TreeHeadProps) {
  const counts = filterCounts(evaluation.nodes);
  const offered = filtersOf[mode].filter((filter) => counts[filter] > 0 || filter === show);
  return (
    <div className={style.treeHead}>
      {mode === 'self' && (
        <Progress label="已填" value={filledLeaves(evaluation.nodes)} of={evaluation.leaves} unit="项" />
      )}
      {mode === 'score' && evaluation.toScore + evaluation.scored > 0 && (
        <Progress label="已评" value={evaluation.scored} of={evaluation.toScore + evaluation.scored} unit="项" />
      )}
      {mode === 'score' && evaluation.can.adopt && evaluation.seen === 'blind' && (
        <p className="caption">
          {adoptableCodes(evaluation.nodes).length === 0
            ? '本项目先独立评分，评完以前看不到自评，所以不能“其余各项同意自评”；由数据计分的可以按数据评。'
            : '本项目先独立评分：看不到自评的各项须自己评，评完以前不能同意自评；由数据计分的可以按数据评。'}
        </p>
      )}
      {mixesLayers(evaluation.nodes, layer) && (
        <p className="caption">
          数字为{treeLayerTitle(layer)}
          {layer === 'own' ? '' : '得分'}；灰色的是别层的得分，不计入上级的和。
        </p>
      )}
      {offered.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: pressed buttons in one line and no fields
        <div className={style.filters} role="group" aria-label="只看部分指标">
          {offered.map((filter) => (
            <button
              key={filter}
              type="button"
              className={style.filter}
              aria-pressed={filter === show}
              onClick={() => onShow(filter === show ? undefined : filter)}
            >
              {leafFilterTitles[filter]} {counts[filter]}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
