import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { letterListSearch, receiptListSearch, seriesSearch } from './letter.search.ts';

/** The pages come together: each file is one more name in the doors, and they share nearly all of it. */
const loadPage = async (
  name: 'LetterEditor' | 'LetterList' | 'LetterPage' | 'LetterSeries' | 'ReceiptList' | 'ReceiptPage',
) => ({ default: (await import('./pages.ts'))[name] });

const pages = [
  page({
    path: '/letters',
    title: '发文',
    terms: 'fawen fw gongwen gw',
    permission: 'letter.read',
    year: null,
    search: letterListSearch,
    load: () => loadPage('LetterList'),
  }),
  page({
    path: '/letters/received',
    title: '收文',
    terms: 'shouwen sw laiwen lw qianshou',
    permission: 'letter.receive',
    year: null,
    search: receiptListSearch,
    load: () => loadPage('ReceiptList'),
  }),
  page({
    path: '/letters/series',
    title: '机关代字',
    terms: 'jiguandaizi jgdz wenhao bianhao',
    permission: 'letter.read',
    year: null,
    search: seriesSearch,
    load: () => loadPage('LetterSeries'),
  }),
  page({
    path: '/letters/received/$receiptId',
    title: '来文',
    permission: 'letter.receive',
    year: null,
    load: () => loadPage('ReceiptPage'),
  }),
  page({
    path: '/letters/$letterId',
    title: '公文',
    permission: 'letter.read',
    year: null,
    load: () => loadPage('LetterPage'),
  }),
  page({
    path: '/letters/$letterId/edit',
    title: '修改公文',
    permission: 'letter.draft',
    year: null,
    load: () => loadPage('LetterEditor'),
  }),
] as const;

export const officialDocumentsDesk: Desk<typeof pages> = {
  name: 'official-documents',
  pages,
  menu: { group: '公文', order: 10, label: '公文' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/official-documents/audit.words.ts'),
};
