import type { z } from 'zod';
import type { resultRow } from '#contract/evaluations/rounds.ts';
import type { FileToMake } from '#contract/route.ts';
import { evaluationStateTitles } from '#domain/evaluation/kind.ts';
import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import type { Edition } from '#domain/framework/edition.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type ListedColumn, listedSheet, workbookReply } from '#platform/documents/workbook.ts';
import { pointsIn } from '../reading/evaluation.workbook.ts';

type Row = z.input<typeof resultRow>;

/** The results of a campaign as a workbook, in the order of the list. What is missing stays empty; places stand where they are allowed. */
export function resultsReply(
  {
    title,
    edition,
    isRanked,
  }: { readonly title: string; readonly edition: Edition | null; readonly isRanked: boolean },
  rows: readonly Row[],
  today: Day,
  person: string,
): FileToMake {
  const columns: readonly ListedColumn<Row>[] = [
    { title: '序号', width: 6, value: (_row, at) => at + 1 },
    { title: '评估对象', width: 28, value: ({ name }) => name },
    { title: '所在县（市、区）', width: 18, value: ({ unitName }) => unitName },
    { title: '步骤', width: 16, value: ({ state }) => evaluationStateTitles[state] },
    { title: '自评得分', width: 12, value: ({ self }) => pointsIn(self) },
    { title: '自评得分（至少）', width: 14, value: ({ selfBetween }) => pointsIn(selfBetween?.from ?? null) },
    { title: '评定得分', width: 12, value: ({ city }) => pointsIn(city) },
    ...(isRanked ? [{ title: '名次', width: 8, value: ({ rank }: Row) => rank ?? '' }] : []),
    { title: '已反馈的结论', width: 24, value: ({ conclusion }) => conclusion ?? '' },
  ];
  const mark = edition === null ? '' : `指标体系：${edition.title}（${editionMark(edition)}）`;
  const sheet = listedSheet({
    ...{ name: '结果', title: `${title}结果（${today}）`, notes: [mark], columns, rows, frozenColumns: 2 },
  });
  return workbookReply(`${title}结果_${today}.xlsx`, [sheet], person);
}
