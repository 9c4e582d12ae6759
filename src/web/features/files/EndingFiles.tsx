import { Link, type LinkProps } from '@tanstack/react-router';
import * as files from '#contract/files/attachments.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { deskWords, here } from '#web/shared/desk/registry.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { endingSearch } from './files.search.ts';

type Ending = RouteOutput<typeof files.ending>['rows'][number];

/** The marked files of subjects that the person judges whose content goes soon; each leads to its subject, where it is prolonged. */
export default function EndingFiles() {
  const [search, setSearch] = useSearchState(endingSearch);
  const read = useRead(files.ending, { query: search }, { keepPrevious: true });
  return (
    <Page title="即将清理的附件" state={read.data && `涉及未成年人的附件 ${formatNumber(read.data.total)} 个`}>
      <p className="caption">
        到期后谁都打不开，内容在所列日期清理，不能恢复。仍需使用的，请到所附事项延长保存期；不需要的，不必处理。
      </p>
      <DataTable
        caption="即将清理的附件"
        columns={columns}
        query={read}
        rowKey={({ id }) => id}
        state={search}
        onState={setSearch}
        empty={<Empty title="没有即将清理的附件">您审核的事项里，涉及未成年人的附件在清理前 30 天列在这里。</Empty>}
      />
    </Page>
  );
}

const columns: ReadonlyArray<Column<Ending>> = [
  { key: 'name', title: '文件', fact: 1, cell: (file) => <Name file={file} /> },
  { key: 'whose', title: '学校或单位', fact: 2, cell: ({ whose }) => whose },
  { key: 'purpose', title: '用途', fact: 3, cell: ({ purpose }) => purpose },
  { key: 'keepUntil', title: '保存到', fact: 2, width: '8rem', cell: ({ keepUntil }) => keepUntil },
  { key: 'goneOn', title: '清理日期', fact: 2, width: '8rem', cell: ({ goneOn }) => goneOn },
  { key: 'by', title: '上传人', fact: 3, width: '9rem', cell: ({ addedByName }) => addedByName },
];

/** The name; it leads to the subject on which the file hangs, where that has a page. */
function Name({ file: { name, subjectType, subjectId } }: { file: Ending }) {
  const link = here(deskWords).subjectLinks[subjectType]?.(subjectId);
  return link === undefined ? name : <Link {...(link as LinkProps)}>{name}</Link>;
}
