import { figureText } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import type { Evaluation, TreeNode } from '../evaluation-reply.ts';
import style from '../page/EvaluationPage.module.css';
import { LayerCells, LayerHead, layersSaid } from './LayerCells.tsx';
import { shownCode } from './LeafLine.tsx';
import { leavesUnder } from './leaf-filter.ts';

interface BranchViewProps {
  evaluation: Evaluation;
  branch: TreeNode;
  onOpen: (code: string) => void;
}

/** A branch: what stands directly below it, with the points of each layer that is seen. */
export function BranchView({ evaluation, branch, onOpen }: BranchViewProps) {
  const children = evaluation.nodes.filter(({ parent }) => parent === branch.code);
  const layers = layersSaid(evaluation);
  const leaves = leavesUnder(evaluation.nodes, branch.code);
  const open = leaves.filter(({ standing }) => standing === 'open' || standing === 'unknown').length;
  return (
    <Section
      title={[shownCode(branch), branch.title ?? '名称未见'].filter(Boolean).join('　')}
      note={[
        branch.max === null ? '' : `${figureText(branch.max)} 分`,
        `${leaves.length} 项末级指标`,
        open === 0 ? '' : `${open} 项还没有自评`,
      ]
        .filter(Boolean)
        .join(' · ')}
    >
      <table className={style.branch}>
        <caption className="visually-hidden">{branch.title} 的下级指标</caption>
        <LayerHead layers={layers} />
        <tbody>
          {children.map((node) => (
            <tr key={node.code}>
              <th scope="row">
                <Button kind="quiet" small onClick={() => onOpen(node.code)}>
                  {node.code}
                </Button>
                {node.title}
              </th>
              <LayerCells node={node} layers={layers} missing={<Missing reason="还没有得分，或暂不显示" />} />
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
