import type { z } from 'zod';
import type { matrixRow } from '#contract/campaigns/campaigns.ts';
import type { FileToMake } from '#contract/route.ts';
import { evaluationStateTitles, kindOf } from '#domain/evaluation/kind.ts';
import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type ListedColumn, listedSheet, workbookReply } from '#platform/documents/workbook.ts';
import type { Campaign } from '../campaign.store.ts';

type Row = z.input<typeof matrixRow>;

/** The matrix of subjects and steps as a workbook, in the order of the list. What is missing stays empty and is no zero. */
export function matrixReply(
  campaign: Pick<Campaign, 'kind' | 'title' | 'edition'>,
  rows: readonly Row[],
  today: Day,
  person: string,
): FileToMake {
  const { steps } = kindOf(campaign.kind);
  const columns: readonly ListedColumn<Row>[] = [
    { title: '序号', width: 6, value: (_row, at) => at + 1 },
    { title: '评估对象', width: 28, value: ({ name }) => name },
    { title: '所在步骤', width: 14, value: ({ state }) => evaluationStateTitles[state] },
    { title: '逾期天数', width: 10, value: ({ lateDays }) => lateDays ?? '' },
    { title: '已答指标', width: 10, value: ({ answered }) => answered },
    { title: '指标总数', width: 10, value: ({ leaves }) => leaves },
    { title: '已评指标', width: 10, value: ({ scored }) => scored },
    { title: '退回待补', width: 10, value: ({ returned }) => (returned ? '是' : '') },
    { title: '自评得分', width: 10, value: ({ selfTotal }) => selfTotal ?? '' },
    { title: '自评得分（至少）', width: 14, value: ({ selfBetween }) => selfBetween?.from ?? '' },
    { title: '核定得分', width: 10, value: ({ total }) => total ?? '' },
    { title: '结论', width: 14, value: ({ conclusion }) => conclusion ?? '' },
    ...steps.map(({ step, title }) => ({
      title: `${title}截止`,
      width: 12,
      value: (row: Row) => row.steps.find((one) => one.step === step)?.to ?? '',
    })),
    ...steps.map(({ step, title }) => ({
      title: `${title}办完`,
      width: 12,
      value: (row: Row) => row.steps.find((one) => one.step === step)?.doneOn ?? '',
    })),
  ];
  const { edition } = campaign;
  const sheet = listedSheet({
    ...{ name: '进度', title: `${campaign.title}进度（${today}）`, columns, rows, frozenColumns: 2 },
    notes: [`指标体系：${edition.title}（第 ${edition.revision} 版，${editionMark(edition)}）`],
  });
  return workbookReply(`${campaign.title}进度_${today}.xlsx`, [sheet], person);
}
