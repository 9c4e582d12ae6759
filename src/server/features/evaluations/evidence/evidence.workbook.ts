import type { FileToMake } from '#contract/route.ts';
import { confidentialityTitles } from '#domain/evaluation/kind.ts';
import { provedText } from '#domain/evaluation/proved-leaves.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type ListedColumn, listedSheet, workbookReply } from '#platform/documents/workbook.ts';
import type { ListedEvidence } from './evidence.store.ts';

const columns: readonly ListedColumn<ListedEvidence>[] = [
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
  { title: '对应指标', width: 48, value: ({ proves }) => provedText(proves) },
  { title: '登记人', width: 12, value: ({ addedBy }) => addedBy },
];

/** The catalogue of a library as a workbook, in the order of the list. */
export function catalogueReply(rows: readonly ListedEvidence[], today: Day, person: string): FileToMake {
  const sheet = listedSheet({
    ...{ name: '证据目录', title: `证据材料目录（${today}）`, columns, rows, frozenColumns: 4 },
  });
  return workbookReply(`证据材料目录_${today}.xlsx`, [sheet], person);
}
