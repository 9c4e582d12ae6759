import type { FileToMake } from '#contract/route.ts';
import { evaluationKindTitles, evaluationStateTitles } from '#domain/evaluation/kind.ts';
import { readExactPoints } from '#domain/evaluation/points/score.ts';
import { letterPoints } from '#domain/evaluation/result/letter-words.ts';
import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type ListedColumn, listedSheet, workbookReply } from '#platform/documents/workbook.ts';
import type { ExportedEvaluation } from './list.store.ts';

/** As letters print points: a fraction is no figure for a sheet. */
export const pointsIn = (points: string | null): string =>
  points === null ? '' : letterPoints(readExactPoints(points));

const columns: readonly ListedColumn<ExportedEvaluation>[] = [
  { title: '序号', width: 6, value: (_row, at) => at + 1 },
  { title: '对象', width: 28, value: ({ subjectName }) => subjectName },
  { title: '项目', width: 28, value: ({ title }) => title },
  { title: '种类', width: 16, value: ({ kind }) => evaluationKindTitles[kind] },
  { title: '评估年度', width: 10, value: ({ assessmentYear }) => assessmentYear },
  { title: '指标体系', width: 28, value: ({ edition }) => `${edition.title}（第 ${edition.revision} 版）` },
  { title: '指标体系性质', width: 20, value: ({ edition }) => editionMark(edition) },
  { title: '牵头单位', width: 20, value: ({ leadUnitName }) => leadUnitName },
  { title: '配合单位', width: 20, value: ({ partnerUnitName }) => partnerUnitName ?? '' },
  { title: '步骤', width: 16, value: ({ state }) => evaluationStateTitles[state] },
  { title: '截止', width: 12, value: ({ due }) => due ?? '' },
  { title: '已填', width: 8, value: ({ answered }) => answered },
  { title: '指标', width: 8, value: ({ leaves }) => leaves },
  { title: '自评得分', width: 12, value: ({ selfTotal }) => pointsIn(selfTotal) },
  { title: '自评得分（至少）', width: 14, value: ({ selfBetween }) => pointsIn(selfBetween?.from ?? null) },
  { title: '评定得分', width: 12, value: ({ total }) => pointsIn(total) },
  { title: '结论', width: 12, value: ({ conclusion }) => conclusion ?? '' },
];

/** The evaluations of a list as a workbook, in its order. */
export function evaluationsReply(rows: readonly ExportedEvaluation[], today: Day, person: string): FileToMake {
  const sheet = listedSheet({
    ...{ name: '评估对象', title: `督导评估对象（${today}）`, columns, rows, frozenColumns: 2 },
  });
  return workbookReply(`督导评估对象_${today}.xlsx`, [sheet], person);
}
