import type { FileToMake } from '#contract/route.ts';
import { findingSeverityTitles } from '#domain/flow/finding.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { findingStateTitles } from '#domain/rectification/state.ts';
import { type ListedColumn, listedSheet, workbookReply } from '#platform/documents/workbook.ts';
import type { LedgerRow } from './finding.list.store.ts';

/** The columns of the office's ledger first, in its order and words; what the platform knows besides stands behind them. */
const columns: readonly ListedColumn<LedgerRow>[] = [
  { title: '序号', width: 6, value: (_row, at) => at + 1 },
  { title: '问题', width: 40, value: ({ title }) => title },
  { title: '责任单位', width: 24, value: ({ dutyName }) => dutyName ?? '' },
  { title: '责任人', width: 12, value: ({ dutyPerson }) => dutyPerson },
  { title: '整改措施', width: 44, value: ({ measures }) => measures ?? '' },
  {
    title: '完成时限',
    width: 16,
    value: ({ dueOn, dueProvisional }) => (dueOn === null ? '' : `${dueOn}${dueProvisional ? '（暂定）' : ''}`),
  },
  { title: '整改情况', width: 44, value: ({ report }) => report },
  { title: '是否销号', width: 10, value: ({ state }) => (state === 'closed' ? '是' : '否') },
  { title: '所在单位', width: 12, value: ({ placeName }) => placeName },
  { title: '问题类别', width: 16, value: ({ kindName }) => kindName },
  { title: '严重程度', width: 10, value: ({ severity }) => findingSeverityTitles[severity] },
  {
    title: '状态',
    width: 12,
    value: ({ state, overdue }) => `${findingStateTitles[state]}${overdue ? '（逾期）' : ''}`,
  },
  { title: '发现日期', width: 12, value: ({ foundOn }) => foundOn },
  { title: '销号日期', width: 12, value: ({ closedOn }) => closedOn ?? '' },
];

/** The ledger as a workbook. */
export function ledgerReply(rows: readonly LedgerRow[], today: Day, person: string): FileToMake {
  const title = `问题整改台账（${today}）`;
  const sheet = listedSheet({ name: '整改台账', title, columns, rows, frozenColumns: 2, landscape: false });
  return workbookReply(`整改台账_${today}.xlsx`, [sheet], person);
}
