import { Link } from '@tanstack/react-router';
import type { previewImport } from '#contract/rectifications/import.ts';
import type { RouteOutput } from '#contract/route.ts';
import { findingSeverityTitles } from '#domain/flow/finding.ts';
import type { ImportView } from '#web/shared/import/import-view.ts';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { findingMarks } from '../desk/state-marks.ts';

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

const known: ReadonlyArray<Column<Line>> = [
  { key: 'row', title: '序号', align: 'end', width: '4rem', cell: (row) => row.row },
  {
    key: 'title',
    title: '问题',
    fact: 1,
    cell: (row) =>
      row.known && (
        <Link to="/findings/$findingId" params={{ findingId: row.known.id }} target="_blank">
          {row.title}
        </Link>
      ),
  },
  { key: 'duty', title: '责任单位', cell: (row) => row.dutyName },
  {
    key: 'state',
    title: '台账中的状态',
    fact: 2,
    cell: (row) => row.known && <StateMark state={findingMarks[row.known.state]} />,
  },
  {
    key: 'due',
    title: '台账中的时限',
    cell: (row) => row.known?.dueOn ?? <Missing reason="还没有下发" />,
  },
  { key: 'closed', title: '文件中的销号', fact: 3, cell: (row) => row.closedOn ?? '未销号' },
];

/** The findings that a ledger would enter, and those of its rows that the ledger of the platform holds already. */
export function ledgerImportView({ changes }: Preview): ImportView {
  const lines = changes.map((line, at) => ({ ...line, row: at + 1 }));
  const rows = lines.filter((line) => line.known === undefined);
  const skipped = lines.filter((line) => line.known !== undefined);
  const closed = rows.filter(({ closedOn }) => closedOn !== null).length;
  return {
    changes: (
      <Stack>
        {rows.length > 0 && <DataTable caption="台账" columns={columns} rows={rows} rowKey={(row) => row.row} />}
        {skipped.length > 0 && (
          <>
            <h3>跳过的 {skipped.length} 行</h3>
            <DataTable caption="已在台账中的问题" columns={known} rows={skipped} rowKey={(row) => row.row} />
          </>
        )}
      </Stack>
    ),
    words: { subject: '问题', part: '列' },
    take: {
      verb: `导入 ${rows.length} 个问题`,
      sentence: `导入 ${rows.length} 个问题，其中已销号 ${closed} 个。要么全部导入，要么一个不导入；已销号的标明由台账导入。`,
      nothing: skipped.length > 0 ? '文件中的问题都已在台账中，没有要导入的。' : '台账里没有问题。',
    },
  };
}
