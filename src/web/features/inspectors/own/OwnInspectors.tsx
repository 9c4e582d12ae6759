import { linkOptions } from '@tanstack/react-router';
import { mine } from '#contract/inspectors/inspectors.ts';
import type { RouteOutput } from '#contract/route.ts';
import { inspectorKindTitles } from '#domain/inspection/inspector.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { inspectorMarks } from '../desk/state-marks.ts';
import { termText } from '../inspector.words.ts';

type Own = RouteOutput<typeof mine>['rows'][number];

const columns: ReadonlyArray<Column<Own>> = [
  { key: 'place', title: '聘任单位', fact: 1, cell: (row) => row.placeName },
  { key: 'kind', title: '类别', fact: 2, cell: (row) => inspectorKindTitles[row.kind] },
  { key: 'state', title: '状态', fact: 3, cell: (row) => <StateMark state={inspectorMarks[row.state]} /> },
  {
    key: 'term',
    title: '任期',
    cell: ({ termFrom, termTo }) => (termFrom === null ? <Missing reason="还没有聘任" /> : termText(termFrom, termTo)),
  },
];

/** The own entries: one person may be an inspector of several units, beside a post at a school. */
export default function OwnInspectors() {
  const read = useRead(mine, {});
  return (
    <Page title="我的督学登记">
      <Loaded of={read} shape="table">
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title="您没有督学登记">督学由聘任单位登记，关联您的账户后在这里填写。</Empty>
          ) : (
            <DataTable
              caption="我的督学登记"
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              href={({ id }) => linkOptions({ to: '/own-inspector/$inspectorId', params: { inspectorId: id } })}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
