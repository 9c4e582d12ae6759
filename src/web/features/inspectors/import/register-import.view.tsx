import type { previewImport } from '#contract/inspectors/import.ts';
import type { RouteOutput } from '#contract/route.ts';
import { inspectorKindTitles } from '#domain/inspection/inspector.ts';
import type { ImportView } from '#web/shared/import/import-view.ts';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';

type Preview = RouteOutput<typeof previewImport>;
type Line = Preview['changes'][number] & { readonly row: number };

const unfilled = <Missing reason="名册里没有填写" />;

const columns: ReadonlyArray<Column<Line>> = [
  { key: 'row', title: '序号', align: 'end', width: '4rem', cell: (row) => row.row },
  { key: 'name', title: '姓名', fact: 1, cell: (row) => row.name || unfilled },
  { key: 'kind', title: '类别', fact: 2, cell: (row) => inspectorKindTitles[row.kind] },
  { key: 'employer', title: '工作单位', cell: (row) => row.employer || unfilled },
  { key: 'certificate', title: '督学证号', cell: (row) => row.certificateNumber ?? unfilled },
  { key: 'from', title: '任期开始', fact: 3, cell: (row) => row.from ?? '待推荐' },
  {
    ...{ key: 'earlier', title: '以前的任期', width: '7rem' },
    cell: ({ earlier }) => (earlier.length === 0 ? unfilled : `${earlier.length} 个`),
  },
  { key: 'known', title: '导入', cell: (row) => (row.known ? '已在名册，跳过' : '登记') },
];

/** The people that a list would enter, and those that the register holds already. */
export function registerImportView({ changes }: Preview): ImportView {
  const rows = changes.map((line, at) => ({ ...line, row: at + 1 }));
  const fresh = rows.filter(({ known }) => known === undefined);
  const serving = fresh.filter(({ from }) => from !== null).length;
  return {
    changes: rows.length > 0 && <DataTable caption="名册" columns={columns} rows={rows} rowKey={(row) => row.row} />,
    words: { subject: '人员', part: '列' },
    take: {
      verb: `导入 ${fresh.length} 名`,
      sentence: `导入 ${fresh.length} 名，其中在任 ${serving} 名。要么全部导入，要么一个不导入；标明由名册导入。`,
      nothing: rows.length > 0 ? '文件中的人员都已在名册中，没有要导入的。' : '名册里没有人员。',
    },
  };
}
