import type { z } from 'zod';
import type { campaignSummary } from '#contract/campaigns/campaigns.ts';
import type { FileToMake } from '#contract/route.ts';
import { campaignStateTitles, evaluationKindTitles } from '#domain/evaluation/kind.ts';
import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type ListedColumn, listedSheet, workbookReply } from '#platform/documents/workbook.ts';

type Row = z.input<typeof campaignSummary>;

/** What a draft has not come to yet stays empty and is no zero. */
const sinceOpening =
  (figure: (row: Row) => number) =>
  (row: Row): number | string =>
    row.state === 'draft' ? '' : figure(row);

const columns: readonly ListedColumn<Row>[] = [
  { title: '序号', width: 6, value: (_row, at) => at + 1 },
  { title: '项目', width: 32, value: ({ title }) => title },
  { title: '种类', width: 14, value: ({ kind }) => evaluationKindTitles[kind] },
  { title: '状态', width: 10, value: ({ state }) => campaignStateTitles[state] },
  { title: '考评年度', width: 10, value: ({ assessmentYear }) => assessmentYear },
  { title: '认定年度', width: 10, value: ({ decisionYear }) => decisionYear },
  { title: '指标体系', width: 32, value: ({ edition }) => `${edition.title}（第 ${edition.revision} 版）` },
  { title: '指标体系性质', width: 28, value: ({ edition }) => editionMark(edition) },
  { title: '牵头单位', width: 24, value: ({ leadUnitName }) => leadUnitName },
  { title: '配合单位', width: 24, value: ({ partnerUnitName }) => partnerUnitName ?? '' },
  { title: '评估对象', width: 10, value: ({ subjects }) => subjects },
  { title: '逾期', width: 8, value: sinceOpening(({ late }) => late) },
  { title: '已确认', width: 8, value: sinceOpening(({ confirmed }) => confirmed) },
  { title: '开始', width: 12, value: ({ from }) => from ?? '' },
  { title: '结束', width: 12, value: ({ to }) => to ?? '' },
];

/** The campaigns of a list as a workbook, in its order, each with the mark of the edition by which it judges. */
export function campaignsReply(rows: readonly Row[], today: Day, person: string): FileToMake {
  const sheet = listedSheet({
    ...{ name: '评估项目', title: `督导评估项目（${today}）`, columns, rows, frozenColumns: 2 },
  });
  return workbookReply(`督导评估项目_${today}.xlsx`, [sheet], person);
}
