import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import {
  comparisonSearch,
  draftSearch,
  frameworkImportSearch,
  frameworkListSearch,
  frameworkSearch,
  mappingSearch,
  questionSearch,
  trialSearch,
} from './frameworks.search.ts';

const pages = [
  page({
    path: '/frameworks',
    title: '指标体系',
    terms: 'zhibiaotixi zbtx dudaopinggu',
    permission: 'framework.read',
    year: null,
    search: frameworkListSearch,
    load: () => import('./FrameworkList.tsx'),
  }),
  page({
    path: '/frameworks/comparison',
    title: '比较指标体系',
    terms: 'bijiaozhibiaotixi bjzbtx',
    permission: 'framework.read',
    year: null,
    search: comparisonSearch,
    load: () => import('./FrameworkComparison.tsx'),
  }),
  page({
    path: '/frameworks/import',
    title: '导入指标体系',
    terms: 'daoruzhibiaotixi drzbtx excel gongzuobu',
    permission: 'framework.manage',
    year: null,
    search: frameworkImportSearch,
    load: () => import('./import/FrameworkImport.tsx'),
  }),
  page({
    path: '/frameworks/mapping',
    title: '指标对应',
    terms: 'zhibiaoduiying zbdy yanyong',
    permission: 'framework.manage',
    year: null,
    search: mappingSearch,
    load: () => import('./mapping/FrameworkMapping.tsx'),
  }),
  page({
    path: '/frameworks/questions',
    title: '评估事实',
    terms: 'pinggushishi pgss tianbao gongyong wenti',
    entry: '评估事实',
    permission: ['framework.read', 'framework.answer'],
    year: null,
    search: questionSearch,
    load: () => import('./questions/QuestionList.tsx'),
  }),
  page({
    path: '/frameworks/$key',
    title: '指标体系',
    permission: 'framework.read',
    year: null,
    search: frameworkSearch,
    load: () => import('./reading/FrameworkPage.tsx'),
  }),
  page({
    path: '/frameworks/$key/trial',
    title: '试算',
    permission: 'framework.read',
    year: null,
    search: trialSearch,
    load: () => import('./trial/TrialPage.tsx'),
  }),
  page({
    path: '/frameworks/drafts/$draftId',
    title: '编制指标体系',
    permission: 'framework.manage',
    year: null,
    search: draftSearch,
    load: () => import('./draft/DraftPage.tsx'),
  }),
] as const;

export const frameworksDesk: Desk<typeof pages> = {
  name: 'frameworks',
  pages,
  menu: { group: '督政', order: 21, label: '督导评估' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/frameworks/audit.words.ts'),
};
