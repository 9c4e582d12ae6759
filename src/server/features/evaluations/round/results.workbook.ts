import type { z } from 'zod';
import type { resultRow } from '#contract/evaluations/rounds.ts';
import type { FileToMake } from '#contract/route.ts';
import { evaluationStateTitles } from '#domain/evaluation/kind.ts';
import { readExactPoints } from '#domain/evaluation/points/score.ts';
import { letterPoints } from '#domain/evaluation/result/letter-words.ts';
import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import type { Edition } from '#domain/framework/edition.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type WorkbookCell, workbookReply } from '#platform/documents/workbook.ts';

type Row = z.input<typeof resultRow>;

const cell = (value: string | number, look?: WorkbookCell['look']): WorkbookCell =>
  look === undefined ? { value } : { value, look };

/** As letters print points: a fraction is no figure for a sheet. */
const pointsIn = (points: string | null): string => (points === null ? '' : letterPoints(readExactPoints(points)));

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
  const columns: readonly { title: string; width: number; value(row: Row, at: number): string | number }[] = [
    { title: '序号', width: 6, value: (_row, at) => at + 1 },
    { title: '评估对象', width: 28, value: ({ name }) => name },
    { title: '所在县（市、区）', width: 18, value: ({ unitName }) => unitName },
    { title: '步骤', width: 16, value: ({ state }) => evaluationStateTitles[state] },
    { title: '自评得分', width: 12, value: ({ self }) => pointsIn(self) },
    { title: '评定得分', width: 12, value: ({ city }) => pointsIn(city) },
    ...(isRanked ? [{ title: '名次', width: 8, value: ({ rank }: Row) => rank ?? '' }] : []),
    { title: '已反馈的结论', width: 24, value: ({ conclusion }) => conclusion ?? '' },
  ];
  const mark = edition === null ? '' : `指标体系：${edition.title}（${editionMark(edition)}）`;
  const sheet = {
    name: '结果',
    columnWidths: columns.map(({ width }) => width),
    frozen: { rows: 3, columns: 2 },
    landscape: true,
    rows: [
      [cell(`${title}结果（${today}）`, 'title')],
      [cell(mark, 'note')],
      columns.map(({ title: heading }) => cell(heading, 'heading')),
      ...rows.map((row, at) => columns.map(({ value }) => cell(value(row, at)))),
    ],
  };
  return workbookReply(`${title}结果_${today}.xlsx`, [sheet], person);
}
