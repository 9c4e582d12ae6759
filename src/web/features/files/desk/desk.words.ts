import { fileNoticeTitles } from '#domain/file/notice.ts';
import type { DeskWords } from '#web/shared/desk/desk.ts';

export const words: DeskWords = {
  noticeWords: fileNoticeTitles,
};
