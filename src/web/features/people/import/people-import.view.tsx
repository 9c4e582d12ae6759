import type { previewImport } from '#contract/people/import.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { ImportView } from '#web/shared/import/import-view.ts';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';

type Preview = RouteOutput<typeof previewImport>;
type ListedPerson = Preview['changes']['people'][number];

const columns: ReadonlyArray<Column<ListedPerson>> = [
  { key: 'row', title: '行', align: 'end', width: '4rem', cell: (row) => row.row },
  { key: 'name', title: '姓名', fact: 1, cell: (row) => row.name || <Missing reason="名单里没有填写" /> },
  { key: 'username', title: '用户名', fact: 2, cell: (row) => row.username || <Missing reason="名单里没有填写" /> },
  { key: 'phone', title: '电话', fact: 3, cell: (row) => row.phone || <Missing reason="名单里没有填写" /> },
];

/** The accounts that a list of people would make. */
export function peopleImportView({ changes: { people } }: Preview): ImportView {
  return {
    changes: (
      <DataTable
        caption="名单"
        columns={columns}
        rows={people}
        rowKey={(row) => row.row}
        rowTone={(row) => (row.faulty ? 'fails' : undefined)}
      />
    ),
    words: { subject: '人员', part: '列' },
    take: {
      verb: `建立 ${people.length} 个账户`,
      sentence: `${people.length} 人都可以建立。要么全部建立，要么一个不建。`,
      nothing: '名单里没有人员。',
    },
  };
}
