import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { letterListSearch, receiptListSearch, seriesSearch } from './letter.search.ts';

const pages = [
  page({
    path: '/letters',
    title: '发文',
    terms: 'fawen fw gongwen gw',
    permission: 'letter.read',
    year: null,
    search: letterListSearch,
    load: () => import('./list/LetterList.tsx'),
  }),
  page({
    path: '/letters/received',
    title: '收文',
    terms: 'shouwen sw laiwen lw qianshou',
    permission: 'letter.receive',
    year: null,
    search: receiptListSearch,
    load: () => import('./receipt/ReceiptList.tsx'),
  }),
  page({
    path: '/letters/series',
    title: '机关代字',
    terms: 'jiguandaizi jgdz wenhao bianhao',
    permission: 'letter.read',
    year: null,
    search: seriesSearch,
    load: () => import('./series/LetterSeries.tsx'),
  }),
  page({
    path: '/letters/received/$receiptId',
    title: '来文',
    permission: 'letter.receive',
    year: null,
    load: () => import('./receipt/ReceiptPage.tsx'),
  }),
  page({
    path: '/letters/$letterId',
    title: '公文',
    permission: 'letter.read',
    year: null,
    load: () => import('./letter/LetterPage.tsx'),
  }),
  page({
    path: '/letters/$letterId/edit',
    title: '修改公文',
    permission: 'letter.draft',
    year: null,
    load: () => import('./edit/LetterEditor.tsx'),
  }),
] as const;

export const officialDocumentsDesk: Desk<typeof pages> = {
  name: 'official-documents',
  pages,
  menu: { group: '公文', order: 10, label: '公文' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/official-documents/audit.words.ts'),
};
