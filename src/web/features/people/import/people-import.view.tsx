import type { previewImport } from '#contract/people/import.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { ImportView } from '#web/shared/import/import-view.ts';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatNumber } from '#web/shared/words/format.ts';

type Preview = RouteOutput<typeof previewImport>;
type ListedPost = Preview['changes']['people'][number];
type Count = Preview['changes']['counts'][number];

const states: Record<ListedPost['state'], string> = {
  'new-account': '新账户',
  'new-post': '新岗位',
  same: '与现在相同',
};

const unfilled = <Missing reason="名单里没有填写" />;
const columns: ReadonlyArray<Column<ListedPost>> = [
  { key: 'row', title: '行', align: 'end', width: '4rem', cell: (row) => row.row },
  { key: 'name', title: '姓名', fact: 1, cell: (row) => row.name || unfilled },
  { key: 'phone', title: '电话', cell: (row) => row.phone || unfilled },
  { key: 'role', title: '角色', fact: 2, cell: (row) => row.roleName || unfilled },
  {
    key: 'place',
    title: '单位或学校',
    fact: 3,
    cell: (row) => [row.placeName, row.sectionName].filter(Boolean).join(' ') || unfilled,
  },
  {
    key: 'username',
    title: '用户名',
    cell: (row) => row.username || <Missing reason="更正后由系统给出" />,
  },
  { key: 'state', title: '变化', cell: (row) => states[row.state] },
];

const countColumns: ReadonlyArray<Column<Count>> = [
  { key: 'county', title: '单位', fact: 1, cell: (row) => row.countyName },
  { key: 'role', title: '角色', fact: 2, cell: (row) => row.roleName },
  { key: 'posts', title: '岗位', fact: 3, align: 'end', cell: (row) => row.posts },
];

/** The accounts that a list of people would make, and the posts that it would propose. */
export function peopleImportView({ changes }: Preview): ImportView {
  const { people, counts, total, accounts, posts, same } = changes;
  return {
    changes: (
      <>
        {counts.length > 0 && (
          <DataTable
            caption="按单位和角色"
            columns={countColumns}
            rows={counts}
            rowKey={(row) => `${row.countyName} ${row.roleName}`}
          />
        )}
        {total > people.length && (
          <p className="caption">
            名单有 {formatNumber(total)} 行，以下是前 {formatNumber(people.length)} 行，需要更正的排在前面。
          </p>
        )}
        <DataTable
          caption="名单"
          columns={columns}
          rows={people}
          rowKey={(row) => row.row}
          rowTone={(row) => (row.faulty ? 'fails' : undefined)}
        />
      </>
    ),
    words: { subject: '人员', part: '列' },
    take: {
      verb: `提出 ${formatNumber(posts)} 个岗位`,
      sentence: `建立 ${formatNumber(accounts)} 个账户，提出 ${formatNumber(posts)} 个岗位${same > 0 ? `，${formatNumber(same)} 行与现在相同` : ''}；岗位由安全管理员成批授予后生效。要么全部提出，要么一个不提。`,
      nothing: total > 0 ? '名单与现在相同，没有可提出的岗位。' : '名单里没有人员。',
    },
  };
}
