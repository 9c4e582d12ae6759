import { useMemo, useState } from 'react';
import { trace } from '#contract/evaluations/evaluations.ts';
import { layerTitles } from '#domain/evaluation/kind.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import { Tabs } from '#web/shared/kit/choice/Tabs.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import type { Evaluation, TotalLine } from '../evaluation-reply.ts';
import { plainStep } from '../leaf/trace-lines.ts';
import { shownCode } from '../tree/LeafLine.tsx';
import { indentOf, levelsOf } from '../tree/levels.ts';
import { type TracedLayer, totalText } from './layer-totals.ts';

interface TraceDialogProps {
  evaluation: Evaluation;
  layers: readonly TracedLayer[];
  at: TracedLayer;
  onClose: () => void;
}

/** How a total came about: every node with its sum, conversion and rounding, and what stands beside the tree. */
export function TraceDialog({ evaluation, layers, at, onClose }: TraceDialogProps) {
  const [layer, setLayer] = useState(at);
  const read = useRead(trace, { params: { evaluationId: evaluation.id }, query: { layer } });
  const columns = useMemo(() => columnsOf(evaluation.nodes), [evaluation.nodes]);
  return (
    <Dialog open size="wide" title="总分怎么来的" onClose={onClose}>
      <Tabs label="层" tabs={layers.map((key) => ({ key, label: layerTitles[key] }))} value={layer} onChange={setLayer}>
        <Loaded of={read} shape="table">
          {({ total, lines }) => (
            <>
              <p>
                {layerTitles[layer]}：<strong>{totalText(total)}</strong>
              </p>
              <DataTable
                caption={`${evaluation.subjectName}：${layerTitles[layer]}总分的来历`}
                columns={columns}
                rows={[...lines.slice(-1), ...lines.slice(0, -1)]}
                rowKey={({ code }) => code}
              />
            </>
          )}
        </Loaded>
      </Tabs>
    </Dialog>
  );
}

/** @param nodes of the tree, whose levels indent the lines */
function columnsOf(nodes: Evaluation['nodes']): ReadonlyArray<Column<TotalLine>> {
  const levels = levelsOf(nodes);
  const parents = new Map(nodes.map(({ code, parent }) => [code, parent]));
  const nameOf = ({ code, title }: TotalLine) =>
    `${shownCode({ code, parent: parents.get(code) ?? null })} ${title ?? ''}`.trim();
  return [
    {
      ...{ key: 'node', title: '指标', fact: 1 },
      value: nameOf,
      cell: (line) =>
        line.code === '' || levels.get(line.code) === 0 ? (
          <strong>{nameOf(line)}</strong>
        ) : (
          <div style={indentOf(levels.get(line.code))}>{nameOf(line)}</div>
        ),
    },
    ...figureColumns,
  ];
}

const figureColumns: ReadonlyArray<Column<TotalLine>> = [
  {
    ...{ key: 'points', title: '得分', align: 'end', width: '8rem' },
    value: ({ points }) => points,
    cell: ({ points }) => (points === null ? <Missing reason="还没有得分，或不计分" /> : figureText(points)),
  },
  {
    ...{ key: 'max', title: '可得', align: 'end', width: '6rem' },
    value: ({ max }) => max,
    cell: ({ max }) => (max === null ? <Missing reason="分值未见" /> : figureText(max)),
  },
  {
    ...{ key: 'steps', title: '怎么算的', fact: 2 },
    value: (line) => saidOf(line).join('；'),
    cell: (line) => saidOf(line).map((words) => <div key={words}>{words}</div>),
  },
];

const saidOf = ({ steps, rounded }: TotalLine): string[] => [
  ...steps.map(plainStep),
  ...(rounded === null ? [] : [`取整：${rounded.from} → ${rounded.to}`]),
];
