import { layerTitles } from '#domain/evaluation/kind.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import style from './EvaluationPage.module.css';

/** On paper: the whole tree with the points of each layer that this person sees. */
export function PrintedLeaves({ evaluation }: { evaluation: Evaluation }) {
  const layers = evaluation.totals.map(({ layer }) => layer);
  return (
    <div className="print-only">
      <table className={style.branch}>
        <caption className="visually-hidden">指标和得分</caption>
        <thead>
          <tr>
            <th scope="col">指标</th>
            <th scope="col" className={style.end}>
              分值
            </th>
            {layers.map((layer) => (
              <th key={layer} scope="col" className={style.end}>
                {layerTitles[layer]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {evaluation.nodes.map((node) => (
            <tr key={node.code}>
              <th scope="row">
                {node.code} {node.title}
              </th>
              <td className={style.end}>{node.max === null ? '—' : figureText(node.max)}</td>
              {layers.map((layer) => (
                <td key={layer} className={style.end}>
                  {node[layer] === null ? '—' : figureText(node[layer])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
