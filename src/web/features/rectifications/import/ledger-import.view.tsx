import type { previewImport } from '#contract/rectifications/import.ts';
import type { RouteOutput } from '#contract/route.ts';
import { findingSeverityTitles } from '#domain/flow/finding.ts';
import type { ImportView } from '#web/shared/import/import-view.ts';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';

type Preview = RouteOutput<typeof previewImport>;
type Line = Preview['changes'][number] & { readonly row: number };

const unfilled = <Missing reason="台账里没有填写" />;

const columns: ReadonlyArray<Column<Line>> = [
  { key: 'row', title: '序号', align: 'end', width: '4rem', cell: (row) => row.row },
  { key: 'title', title: '问题', fact: 1, cell: (row) => row.title || unfilled },
  { key: 'duty', title: '责任单位', fact: 2, cell: (row) => row.dutyName || unfilled },
  { key: 'kind', title: '类别', cell: (row) => row.kind },
  { key: 'severity', title: '程度', cell: (row) => findingSeverityTitles[row.severity] },
  { key: 'due', title: '完成时限', cell: (row) => row.dueOn ?? unfilled },
  { key: 'closed', title: '销号', fact: 3, cell: (row) => row.closedOn ?? '未销号' },
];

/** The findings that a ledger would enter. */
export function ledgerImportView({ changes }: Preview): ImportView {
  const rows = changes.map((line, at) => ({ ...line, row: at + 1 }));
  const closed = rows.filter(({ closedOn }) => closedOn !== null).length;
  return {
    changes: <DataTable caption="台账" columns={columns} rows={rows} rowKey={(row) => row.row} />,
    words: { subject: '问题', part: '列' },
    take: {
      verb: `导入 ${rows.length} 个问题`,
      sentence: `导入 ${rows.length} 个问题，其中已销号 ${closed} 个。要么全部导入，要么一个不导入；已销号的标明由台账导入。`,
      nothing: '台账里没有问题。',
    },
  };
}
