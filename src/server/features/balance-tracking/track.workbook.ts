import type { FileToMake } from '#contract/route.ts';
import { trackStandingTitles } from '#domain/balance-tracking/state.ts';
import { type Day, type SchoolYear, schoolYearName } from '#domain/kit/school-year.ts';
import { type ListedColumn, listedSheet, workbookReply } from '#platform/documents/workbook.ts';
import type { OverviewRow } from './overview.act.ts';

const columns: readonly ListedColumn<OverviewRow>[] = [
  { title: '序号', width: 6, value: (_row, at) => at + 1 },
  { title: '县（市、区）', width: 16, value: ({ name }) => name },
  {
    title: '进展',
    width: 16,
    value: ({ track }) => (track === null ? '未启动' : trackStandingTitles[track.standing]),
  },
  { title: '时限', width: 12, value: ({ track }) => track?.dueOn ?? '' },
  {
    title: '逾期天数',
    width: 10,
    value: ({ track }) => (track === null || track.daysLate === 0 ? '' : track.daysLate),
  },
  { title: '省公布数据', width: 12, value: ({ published }) => (published ? '已录入' : '未录入') },
  {
    title: '问题数',
    width: 8,
    value: ({ track }) => (track === null || track.ledger.raised === 0 ? '' : track.ledger.raised),
  },
  {
    title: '已销号',
    width: 8,
    value: ({ track }) =>
      track === null || track.ledger.raised === 0 ? '' : track.ledger.settled - track.ledger.cancelled,
  },
  {
    title: '已取消',
    width: 8,
    value: ({ track }) => (track === null || track.ledger.cancelled === 0 ? '' : track.ledger.cancelled),
  },
  {
    title: '逾期问题',
    width: 10,
    value: ({ track }) => (track === null || track.ledger.raised === 0 ? '' : track.ledger.late),
  },
  { title: '优质均衡计划年度', width: 18, value: ({ plannedYear }) => plannedYear ?? '' },
];

/** The overview of a year as a workbook, with the filter of the screen. */
export function trackingReply(rows: readonly OverviewRow[], year: SchoolYear, today: Day, person: string): FileToMake {
  const title = `${schoolYearName(year)}均衡监测年度跟踪（${today}）`;
  const sheet = listedSheet({ name: '均衡跟踪', title, columns, rows, frozenColumns: 2, landscape: false });
  return workbookReply(`均衡跟踪_${year}_${today}.xlsx`, [sheet], person);
}
