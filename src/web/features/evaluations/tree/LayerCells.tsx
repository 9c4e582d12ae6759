import type { ReactNode } from 'react';
import { layerTitles } from '#domain/evaluation/kind.ts';
import type { Layer } from '#domain/evaluation/lists.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import type { Evaluation, TreeNode } from '../evaluation-reply.ts';
import style from '../page/EvaluationPage.module.css';

/** The head of a table of indicators with the points of some layers. */
export function LayerHead({ layers }: { layers: readonly Layer[] }) {
  return (
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
  );
}

interface LayerCellsProps {
  node: TreeNode;
  layers: readonly Layer[];
  /** What stands where a layer has no points. */
  missing: ReactNode;
}

/** What a layer has at a node: its points, else what it says in words (`达到`, `不适用`); null where it has neither. */
export const givenBy = (node: TreeNode, layer: Layer): string | null =>
  node[layer] === null ? node.said[layer] : figureText(node[layer]);

/** The layers that a table of indicators has columns for: the self-evaluation, and those that say something anywhere. */
export const layersSaid = ({ totals, nodes }: Pick<Evaluation, 'totals' | 'nodes'>): Layer[] =>
  totals
    .map(({ layer }) => layer)
    .filter((layer) => layer === 'self' || nodes.some((node) => givenBy(node, layer) !== null));

/** What an indicator is worth, and its points in each layer. */
export function LayerCells({ node, layers, missing }: LayerCellsProps) {
  return (
    <>
      <td className={style.end}>{node.max === null ? '—' : figureText(node.max)}</td>
      {layers.map((layer) => (
        <td key={layer} className={style.end}>
          {givenBy(node, layer) ?? missing}
        </td>
      ))}
    </>
  );
}
