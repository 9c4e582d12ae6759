import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { evaluationListSearch, evaluationSearch } from './evaluation.search.ts';
import { evidenceSearch } from './evidence/evidence.search.ts';

const pages = [
  page({
    path: '/evaluations',
    title: '评估对象',
    terms: 'pingguduixiang pgdx dudaopinggu ddpg ziping zp pingfen pf',
    permission: ['evaluation.read', 'evaluation.judge'],
    year: '所选学年认定结果的评估（勾选“仅本学年”时）',
    outlivesYear: true,
    search: evaluationListSearch,
    load: () => import('./list/EvaluationList.tsx'),
  }),
  page({
    path: '/evaluations/$evaluationId',
    title: '评估',
    permission: ['evaluation.read', 'evaluation.judge'],
    year: null,
    search: evaluationSearch,
    load: () => import('./page/EvaluationPage.tsx'),
  }),
  page({
    path: '/evidence',
    title: '材料库',
    terms: 'cailiaoku clk zhengjucailiao zjcl zuozheng dangan',
    permission: 'evaluation.read',
    year: null,
    search: evidenceSearch,
    load: () => import('./evidence/EvidenceList.tsx'),
  }),
] as const;

export const evaluationsDesk: Desk<typeof pages> = {
  name: 'evaluations',
  pages,
  menu: { group: '督政', order: 20, label: '督导评估' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/evaluations/audit.words.ts'),
  drafts: {
    kind: 'self-answer',
    load: () => import('./leaf/answer-drafts.ts'),
    // The name of a leaf is that of `leaf-name.ts`, which the door does not load.
    link: (leaf) => {
      const [evaluationId = '', code = ''] = leaf.split('~').map(decodeURIComponent);
      return { to: '/evaluations/$evaluationId', params: { evaluationId }, search: { node: code } };
    },
  },
};
