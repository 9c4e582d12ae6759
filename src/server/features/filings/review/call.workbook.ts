import { reminderMailTitles } from '#domain/filing/review/call.ts';
import { type Day, dayInChina } from '#domain/kit/school-year.ts';
import type { WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';
import type { Call } from './call.act.ts';

const columns: ReadonlyArray<{
  readonly title: string;
  readonly width: number;
  readonly value: (call: Call, at: number) => string | number | null;
}> = [
  { title: '序号', width: 6, value: (_call, at) => at + 1 },
  { title: '县（市、区）', width: 14, value: ({ school }) => school.countyName },
  { title: '学校', width: 32, value: ({ school }) => school.name },
  { title: '联系人', width: 12, value: ({ contact }) => contact?.name ?? null },
  { title: '电话', width: 18, value: ({ contact }) => contact?.phone ?? null },
  { title: '缺项', width: 8, value: ({ filled, required }) => Math.max(0, required - filled) },
  { title: '应报截止', width: 12, value: ({ dueOn }) => dueOn },
  { title: '已逾天数', width: 10, value: ({ lateDays }) => lateDays },
  { title: '最近催报', width: 12, value: ({ reminded }) => (reminded ? dayInChina(new Date(reminded.at)) : null) },
  { title: '邮件', width: 12, value: ({ reminded }) => (reminded ? reminderMailTitles[reminded.mail] : '没有催过') },
  { title: '通话记录', width: 30, value: () => null },
];

const cell = (value: string | number | null, look?: 'title' | 'heading'): WorkbookCell | null =>
  value === null ? null : { value, ...(look ? { look } : {}) };

/** The list as people take it to the telephone, with a column to write into. */
export function callSheet(rows: readonly Call[], today: Day): WorkbookSheet {
  return {
    name: '电话催报单',
    columnWidths: columns.map(({ width }) => width),
    frozen: { rows: 2, columns: 3 },
    rows: [
      [cell(`电话催报单（${today}）`, 'title')],
      columns.map(({ title }) => cell(title, 'heading')),
      ...rows.map((row, at) => columns.map(({ value }) => cell(value(row, at)))),
    ],
  };
}
