import type { Desk } from '#web/shared/desk/desk.ts';

/** Files hang on the pages of other features, by the pieces of `shared/files`; this feature has no page of its own. */
export const filesDesk: Desk<readonly []> = {
  name: 'files',
  pages: [],
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/files/audit.words.ts'),
};
