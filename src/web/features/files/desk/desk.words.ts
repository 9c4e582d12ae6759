import { linkOptions } from '@tanstack/react-router';
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
  noticeWords: {
    'files.shortened': '缩短了附件的保存期',
    'files.detached': '移除了附件',
    'files.restored': '恢复了附件',
    'files.ending': '附件即将清理',
  },
};
