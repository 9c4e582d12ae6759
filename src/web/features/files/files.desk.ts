import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { deskWords } from '#web/shared/desk/registry.ts';
import { endingSearch } from './files.search.ts';

const pages = [
  page({
    path: '/attachments/ending',
    title: '即将清理的附件',
    terms: 'jijiangqinglidefujian jjqldfj baocunqi bcq',
    year: null,
    search: endingSearch,
    needs: deskWords,
    load: () => import('./EndingFiles.tsx'),
  }),
] as const;

/** Files hang on the pages of other features, by the pieces of `shared/files`; what goes soon is listed here. */
export const filesDesk: Desk<typeof pages> = {
  name: 'files',
  pages,
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/files/audit.words.ts'),
};
