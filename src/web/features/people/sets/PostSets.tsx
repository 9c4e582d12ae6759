import { Link, linkOptions } from '@tanstack/react-router';
import { list } from '#contract/people/sets.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { postSetMarks } from '../desk/state-marks.ts';
import { setsSearch } from '../people.search.ts';
import { decidedText, proposedText } from '../people.words.ts';

type SetRow = RouteOutput<typeof list>['rows'][number];

const columns: ReadonlyArray<Column<SetRow>> = [
  { key: 'fileName', title: '名单', fact: 1, cell: (row) => row.fileName },
  { key: 'state', title: '状态', fact: 2, cell: (row) => <StateMark state={postSetMarks[row.state]} /> },
  { key: 'lines', title: '岗位', fact: 3, align: 'end', cell: (row) => row.lines },
  { key: 'accounts', title: '新账户', align: 'end', cell: (row) => row.accounts },
  { key: 'proposed', title: '提出', cell: proposedText },
  {
    key: 'decided',
    title: '办结',
    cell: (row) => (row.decidedAt === null ? <Missing reason="等待安全管理员授予" /> : decidedText(row)),
  },
];

/** The sets of posts: those that wait for the 安全管理员, then the decided ones. */
export default function PostSets() {
  const [search, setSearch] = useSearchState(setsSearch);
  const mayManage = useCan('people.manage');
  const read = useRead(list, { query: { page: search.page, pageSize: search.pageSize } }, { keepPrevious: true });
  return (
    <Page
      title="成批授权"
      above={<Link to="/people">人员与权限</Link>}
      state="系统管理员用一张名单提出，安全管理员核对差异后成批授予。"
      action={mayManage ? <ButtonLink to="/people/import">导入名单</ButtonLink> : undefined}
    >
      <DataTable
        caption="成批授权"
        columns={columns}
        query={read}
        rowKey={(row) => row.id}
        state={search}
        onState={setSearch}
        href={(row) => linkOptions({ to: '/people/sets/$setId', params: { setId: row.id } })}
        empty={<Empty title="还没有成批授权">系统管理员导入人员名单后，在这里等待授予。</Empty>}
      />
    </Page>
  );
}
