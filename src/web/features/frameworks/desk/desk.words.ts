import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';
import { marksOf } from '#web/shared/desk/marks-of.ts';
import { editionMarks } from './state-marks.ts';

const stateMarks = marksOf('frameworks', editionMarks);

export const words: DeskWords<keyof typeof stateMarks> = {
  stateMarks,
  actions: [
    {
      title: '补全指标体系',
      terms: 'buquanzhibiaotixi bqzbtx fuzhi caogao',
      link: linkOptions({ to: '/frameworks', search: { state: 'incomplete' } }),
      permission: 'framework.manage',
    },
    {
      title: '新建指标体系',
      terms: 'xinjianzhibiaotixi xjzbtx bianzhi',
      link: linkOptions({ to: '/frameworks', search: { begin: true } }),
      permission: 'framework.manage',
    },
    {
      title: '比较两个指标体系',
      terms: 'bijiaolianggezhibiaotixi bjlgzbtx duibi',
      link: linkOptions({ to: '/frameworks/comparison' }),
      permission: 'framework.read',
    },
  ],
  finders: [{ permission: 'framework.read', load: () => import('./framework-finder.ts') }],
  permissionWords: { framework: '指标体系' },
};
