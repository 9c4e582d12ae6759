import type { previewImport } from '#contract/balance-tracking/figures.ts';
import type { RouteOutput } from '#contract/route.ts';
import { compositeKey } from '#domain/balance-tracking/difference.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import type { ImportView } from '#web/shared/import/import-view.ts';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';

type Preview = RouteOutput<typeof previewImport>;
type Line = Preview['changes'][number] & { readonly row: number };

const columns: ReadonlyArray<Column<Line>> = [
  { key: 'row', title: '序号', align: 'end', width: '4rem', cell: (row) => row.row },
  { key: 'county', title: '县（市、区）', fact: 1, cell: (row) => row.countyName },
  { key: 'year', title: '学年', fact: 2, cell: (row) => row.year },
  { key: 'document', title: '文号', fact: 3, cell: (row) => row.documentNumber },
  { key: 'kind', title: '处理', cell: (row) => (row.replaces ? '更正' : '录入') },
  { key: 'published', title: '公布日期', cell: (row) => row.publishedOn },
  ...compulsoryLevels.map(
    (level): Column<Line> => ({
      key: level,
      title: `${schoolLevelNames[level]}综合差异系数`,
      align: 'end',
      cell: ({ figures }) =>
        figures.find((one) => one.level === level && one.indicator === compositeKey)?.value ?? (
          <Missing reason="文件里没有填" />
        ),
    }),
  ),
  { key: 'figures', title: '数据', unit: '项', align: 'end', cell: (row) => row.figures.length },
];

/** The figures that a table would enter. */
export function figuresImportView({ changes }: Preview): ImportView {
  const rows = changes.map((line, at) => ({ ...line, row: at + 1 }));
  return {
    changes: <DataTable caption="省公布数据" columns={columns} rows={rows} rowKey={(row) => row.row} />,
    words: { subject: '县（市、区）', part: '列' },
    take: {
      verb: `录入 ${rows.length} 个县（市、区）`,
      sentence: `录入 ${rows.length} 行，要么全部写入，要么一行也不写；已有数据的作为更正，原来的保留。`,
      nothing: '文件里没有数据。',
    },
  };
}
