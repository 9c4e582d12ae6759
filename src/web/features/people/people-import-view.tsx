import type { previewList } from '#contract/people/people.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { ImportView } from '#web/shared/import/import-view.ts';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';

export type Preview = RouteOutput<typeof previewList>;
type PreviewRow = Preview['rows'][number];

const columns: ReadonlyArray<Column<PreviewRow>> = [
  { key: 'row', title: '行', align: 'end', width: '4rem', cell: (row) => row.row },
  { key: 'name', title: '姓名', fact: 1, cell: (row) => row.name || <Missing reason="名单里没有填写" /> },
  { key: 'username', title: '用户名', fact: 2, cell: (row) => row.username || <Missing reason="名单里没有填写" /> },
  { key: 'phone', title: '电话', fact: 3, cell: (row) => row.phone || <Missing reason="名单里没有填写" /> },
];

/** What was understood of a list of people. */
export function peopleImportView({ rows, problems }: Preview): ImportView {
  const findings = rows.flatMap((row) =>
    row.problems.map((rule) => ({
      place: `第 ${row.row} 行`,
      subject: row.name || row.username,
      part: '',
      rule,
      allowed: null,
    })),
  );
  return {
    note: undefined,
    facts: [['名单', `${rows.length} 人`]],
    notes: [],
    changes: (
      <DataTable
        caption="名单"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.row}
        rowTone={(row) => (row.problems.length > 0 ? 'fails' : undefined)}
      />
    ),
    groups: findings.length > 0 ? [{ cause: 'rows', title: '需要更正的人员', weight: 'hard', findings }] : [],
    words: { subject: '人员', part: '列' },
    take: {
      verb: `建立 ${rows.length} 个账户`,
      sentence:
        problems > 0
          ? `${rows.length} 人中有 ${problems} 人需要更正，请改好名单再选一次。`
          : `${rows.length} 人都可以建立。要么全部建立，要么一个不建。`,
      possible: problems === 0 && rows.length > 0,
    },
  };
}
