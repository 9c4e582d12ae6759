import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';
import { since } from '#web/shared/desk/since.ts';

const failed = linkOptions({ to: '/jobs', search: { state: 'failed' } });

export const words: DeskWords = {
  actions: [
    {
      title: '处理失败的后台任务',
      terms: 'chulishibaidehoutairenwu clsbdhtrw sbrw',
      link: failed,
      permission: 'setting.manage',
    },
  ],
  workWords: {
    'jobs.failed': {
      state: 'invalid',
      mark: '任务失败',
      of: '项后台任务没有做成',
      waited: since('失败'),
      verb: '去处理',
      link: failed,
    },
  },
};
