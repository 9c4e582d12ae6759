import { linkOptions } from '@tanstack/react-router';
import { list } from '#contract/rectifications/rectifications.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { findingMarks } from '../desk/state-marks.ts';

type Finding = RouteOutput<typeof list>['rows'][number];

const columns: ReadonlyArray<Column<Finding>> = [
  { key: 'title', title: '问题', fact: 1, value: (row) => row.title, cell: (row) => row.title },
  {
    key: 'state',
    title: '状态',
    fact: 2,
    value: (row) => findingMarks[row.state].word,
    cell: (row) => <StateMark state={findingMarks[row.state]} />,
  },
  { key: 'kind', title: '类别', value: (row) => row.kindName, cell: (row) => row.kindName },
  { key: 'found', title: '发现', value: (row) => row.foundOn, cell: (row) => row.foundOn },
  {
    key: 'due',
    title: '完成时限',
    fact: 3,
    value: (row) => row.dueOn,
    cell: (row) => row.dueOn ?? <Missing reason="还没有下发" />,
  },
];

/** For the page of a school: what was found there, newest first. */
export default function SchoolFindings({ schoolId }: { schoolId: number }) {
  const read = useRead(list, { query: { schoolId, sort: '-foundOn', pageSize: 50 } });
  return (
    <Section title="问题整改">
      <DataTable
        caption="问题整改"
        columns={columns}
        query={read}
        rowKey={(row) => row.id}
        href={({ id }) => linkOptions({ to: '/findings/$findingId', params: { findingId: id } })}
        empty={<Empty title="没有记录在案的问题" />}
      />
    </Section>
  );
}
