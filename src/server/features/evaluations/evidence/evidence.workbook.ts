import type { FileToMake } from '#contract/route.ts';
import { confidentialityTitles } from '#domain/evaluation/kind.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type WorkbookCell, workbookReply } from '#platform/documents/workbook.ts';
import type { CatalogueLine } from './evidence.store.ts';

const columns: readonly {
  readonly title: string;
  readonly width: number;
  value(row: CatalogueLine, at: number): string | number;
}[] = [
  { title: '序号', width: 6, value: (_row, at) => at + 1 },
  { title: '单位', width: 24, value: ({ unitName }) => unitName },
  { title: '目录号', width: 14, value: ({ catalogueNumber }) => catalogueNumber ?? '' },
  { title: '档案盒号', width: 12, value: ({ boxNumber }) => boxNumber ?? '' },
  { title: '材料名称', width: 40, value: ({ title }) => title },
  { title: '文件', width: 30, value: ({ file }) => file?.name ?? '' },
  { title: '材料日期', width: 12, value: ({ aboutDay }) => aboutDay ?? '' },
  { title: '收到日期', width: 12, value: ({ receivedOn }) => receivedOn },
  { title: '密级', width: 8, value: ({ confidentiality }) => confidentialityTitles[confidentiality] },
  { title: '有效期至', width: 12, value: ({ expiresOn }) => expiresOn ?? '' },
  { title: '版本', width: 6, value: ({ version }) => version },
  { title: '对应指标', width: 30, value: ({ codes }) => codes ?? '' },
  { title: '登记人', width: 12, value: ({ addedBy }) => addedBy },
];

const cell = (value: string | number, look?: WorkbookCell['look']): WorkbookCell =>
  look === undefined ? { value } : { value, look };

/** The catalogue of a library as a workbook, in the order of the list. */
export function catalogueReply(rows: readonly CatalogueLine[], today: Day, person: string): FileToMake {
  const sheet = {
    name: '证据目录',
    columnWidths: columns.map(({ width }) => width),
    frozen: { rows: 2, columns: 4 },
    landscape: true,
    rows: [
      [cell(`证据材料目录（${today}）`, 'title')],
      columns.map(({ title }) => cell(title, 'heading')),
      ...rows.map((row, at) => columns.map(({ value }) => cell(value(row, at)))),
    ],
  };
  return workbookReply(`证据材料目录_${today}.xlsx`, [sheet], person);
}
