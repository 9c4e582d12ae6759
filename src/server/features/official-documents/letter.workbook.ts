import type { FileToMake } from '#contract/route.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { senderText } from '#domain/letter/office.ts';
import { letterKindTitles, letterStateTitles, receiptState, receiptStateTitles } from '#domain/letter/state.ts';
import { type ListedColumn, listedSheet, workbookReply } from '#platform/documents/workbook.ts';
import type { ListedLetter } from './letter.list.store.ts';
import type { ReceiptRow } from './receipt/receipt.store.ts';

const sent: readonly ListedColumn<ListedLetter>[] = [
  { title: '序号', width: 6, value: (_row, at) => at + 1 },
  { title: '发文字号', width: 24, value: ({ number }) => number ?? '' },
  { title: '标题', width: 56, value: ({ title }) => title.replaceAll('\n', '') },
  { title: '种类', width: 12, value: ({ kind }) => letterKindTitles[kind] },
  { title: '印发日期', width: 12, value: ({ issuedOn }) => issuedOn ?? '' },
  { title: '状态', width: 10, value: ({ state }) => letterStateTitles[state] },
  { title: '发文单位', width: 14, value: ({ placeName }) => placeName },
  { title: '拟稿人', width: 12, value: ({ draftedByName }) => draftedByName },
  { title: '收文单位数', width: 11, value: ({ recipients }) => recipients },
  { title: '已签收', width: 8, value: ({ received }) => received },
  { title: '备注', width: 14, value: ({ onPaper }) => (onPaper ? '纸质公文补登' : '') },
];

const received: readonly ListedColumn<ReceiptRow>[] = [
  { title: '序号', width: 6, value: (_row, at) => at + 1 },
  { title: '来文字号', width: 24, value: ({ number }) => number },
  { title: '标题', width: 56, value: ({ title }) => title.replaceAll('\n', '') },
  { title: '来文单位', width: 26, value: ({ sender, writer }) => senderText(sender, writer) },
  { title: '种类', width: 12, value: ({ kind }) => letterKindTitles[kind] },
  { title: '印发日期', width: 12, value: ({ issuedOn }) => issuedOn },
  { title: '状态', width: 10, value: (row) => receiptStateTitles[receiptState(row)] },
  { title: '签收人', width: 12, value: ({ receivedByName }) => receivedByName ?? '' },
];

/** 发文登记簿. */
export function registerReply(rows: readonly ListedLetter[], today: Day, person: string): FileToMake {
  const title = `发文登记簿（${today}）`;
  const sheet = listedSheet({ name: '发文登记', title, columns: sent, rows, frozenColumns: 2 });
  return workbookReply(`发文登记簿_${today}.xlsx`, [sheet], person);
}

/** 收文登记簿. */
export function receiptRegisterReply(rows: readonly ReceiptRow[], today: Day, person: string): FileToMake {
  const title = `收文登记簿（${today}）`;
  const sheet = listedSheet({ name: '收文登记', title, columns: received, rows, frozenColumns: 2 });
  return workbookReply(`收文登记簿_${today}.xlsx`, [sheet], person);
}
