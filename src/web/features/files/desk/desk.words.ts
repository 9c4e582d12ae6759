import { linkOptions } from '@tanstack/react-router';
import { fileNoticeTitles } from '#domain/file/notice.ts';
import type { DeskWords } from '#web/shared/desk/desk.ts';

export const words: DeskWords = {
  workWords: {
    'files.ending': {
      state: 'attention',
      mark: '即将清理',
      of: '个涉及未成年人的附件快到清理日期',
      verb: '去查看',
      link: linkOptions({ to: '/attachments/ending' }),
    },
  },
  noticeWords: fileNoticeTitles,
};
