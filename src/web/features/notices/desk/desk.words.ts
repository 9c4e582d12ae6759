import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';
import { since } from '#web/shared/desk/since.ts';

export const words: DeskWords = {
  workWords: {
    'notices.failed': {
      state: 'invalid',
      mark: '邮件未送出',
      of: '封邮件没有送出',
      waited: since('产生'),
      verb: '去处理',
      link: linkOptions({ to: '/deliveries', search: { state: 'failed' } }),
    },
  },
};
