import { missingEvidence } from '#contract/evaluations/evaluations.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { evaluationSearch } from '../evaluation.search.ts';
import type { Evaluation } from '../evaluation-reply.ts';

type Row = RouteOutput<typeof missingEvidence>['rows'][number];

/** What still has to be brought, for the screen and for paper. */
export function MissingEvidence({ evaluation }: { evaluation: Evaluation }) {
  const loaded = useRead(missingEvidence, { params: { evaluationId: evaluation.id } });
  const [, setSearch] = useSearchState(evaluationSearch);
  const columns: ReadonlyArray<Column<Row>> = [
    {
      key: 'code',
      title: '指标',
      fact: 1,
      value: ({ code }) => code,
      cell: ({ code, title }) => (
        <>
          <Button kind="quiet" small onClick={() => setSearch({ part: 'leaves', node: code })}>
            {code}
          </Button>
          {title}
        </>
      ),
    },
    {
      key: 'asked',
      title: '要求的材料',
      fact: 2,
      value: ({ asked }) => asked,
      cell: ({ asked }) => asked ?? <Missing reason="指标体系没有写明" />,
    },
    {
      key: 'responsible',
      title: '责任人',
      fact: 3,
      width: '12rem',
      value: ({ responsible }) => responsible,
      cell: ({ responsible }) => responsible ?? <Missing reason="没有指定" />,
    },
  ];
  return (
    <Loaded of={loaded} shape="table">
      {({ rows, closedByData }) => (
        <Section
          title="缺少材料的指标"
          note={`${closedByData} 项由已批准的数据计分，不用上传；本单位自己填报的数要附依据，登记了没有文件的不算`}
        >
          <DataTable<Row>
            caption="缺少材料的指标"
            columns={columns}
            rows={rows}
            rowKey={({ code }) => code}
            empty={<Empty title="要求材料的指标都已有材料" />}
          />
        </Section>
      )}
    </Loaded>
  );
}
