import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';
import { marksOf } from '#web/shared/desk/marks-of.ts';
import { since } from '#web/shared/desk/since.ts';
import { itemMarks, planMarks } from './state-marks.ts';

const stateMarks = marksOf('work-plans', { ...planMarks, ...itemMarks });

export const words: DeskWords<keyof typeof stateMarks> = {
  stateMarks,
  actions: [
    {
      title: '拟订工作计划',
      terms: 'nidinggongzuojihua ndgzjh xinjian zhantie',
      link: linkOptions({ to: '/work-plans', search: { drafting: true } }),
      permission: 'work-plan.write',
    },
    {
      title: '召集会议',
      terms: 'zhaojihuiyi zjhy',
      link: linkOptions({ to: '/meetings', search: { calling: true } }),
      permission: 'work-plan.write',
    },
  ],
  noticeWords: {
    'work-plan.issued': '下发了工作要点任务',
    'work-plan.amended': '修改了工作要点任务',
    'work-plan.cancelled': '撤销了工作要点',
    'meeting.called': '通知了会议',
    'meeting.changed': '会议有变动',
    'meeting.cancelled': '会议取消了',
  },
  workWords: {
    'work-plans.unplanned': {
      state: 'attention',
      mark: '待列入计划',
      of: '项市里下达的任务还没有列入本县计划',
      waited: since('下达'),
      verb: '去制定',
      link: linkOptions({ to: '/work-plans' }),
    },
    'work-plans.overdue': {
      state: 'work-plans.overdue',
      mark: '任务逾期',
      of: '项计划任务已过期限，没有认定完成',
      waited: (days) => `最长逾期 ${days} 天`,
      verb: '去记录',
      link: linkOptions({ to: '/work-plans' }),
      open: (planId) => linkOptions({ to: '/work-plans/$planId', params: { planId }, search: { standing: 'overdue' } }),
    },
  },
  deadlineWords: {
    'work-plans.item': { title: '任务期限', unit: '项', link: () => linkOptions({ to: '/work-plans' }) },
  },
  homePanels: [
    {
      shown: (figures) => (figures['work-plans.items'] ?? 0) > 0,
      load: () => import('../PlanProgress.tsx'),
    },
  ],
  finders: [{ permission: 'work-plan.read', load: () => import('./item-finder.ts') }],
  permissionWords: { 'work-plan': '工作计划' },
};
