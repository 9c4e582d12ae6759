import type { Evaluation } from '../evaluation-reply.ts';
import { LayerCells, LayerHead, layersSaid } from '../tree/LayerCells.tsx';
import { shownCode } from '../tree/LeafLine.tsx';
import { indentOf, levelsOf } from '../tree/levels.ts';
import style from './EvaluationPage.module.css';

/** On paper: the whole tree with the points of each layer that this person sees. */
export function PrintedLeaves({ evaluation }: { evaluation: Evaluation }) {
  const layers = layersSaid(evaluation);
  const levels = levelsOf(evaluation.nodes);
  return (
    <div className="print-only">
      <table className={style.branch}>
        <caption className="visually-hidden">指标和得分</caption>
        <LayerHead layers={layers} />
        <tbody>
          {evaluation.nodes.map((node) => (
            <tr key={node.code} data-branch={!node.isLeaf || undefined}>
              <th scope="row">
                <div style={indentOf(levels.get(node.code))}>
                  {shownCode(node)} {node.title}
                </div>
              </th>
              <LayerCells node={node} layers={layers} missing="—" />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
