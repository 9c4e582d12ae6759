import { linkOptions } from '@tanstack/react-router';
import { evaluationNoticeTitles } from '#domain/evaluation/notice.ts';
import type { DeskWords, WorkWords } from '#web/shared/desk/desk.ts';
import { marksOf } from '#web/shared/desk/marks-of.ts';
import { since } from '#web/shared/desk/since.ts';
import type { waitingKinds } from '../evaluation.search.ts';
import { evaluationMarks } from './state-marks.ts';

const stateMarks = marksOf('evaluations', evaluationMarks);
type State = keyof typeof stateMarks;

const evaluation = (evaluationId: string) =>
  linkOptions({ to: '/evaluations/$evaluationId', params: { evaluationId } });
const waiting = (kind: (typeof waitingKinds)[number]) => linkOptions({ to: '/evaluations', search: { waiting: kind } });

const line = (
  kind: (typeof waitingKinds)[number],
  state: State,
  given: Pick<WorkWords, 'mark' | 'of' | 'verb'> & Partial<Pick<WorkWords, 'waited'>>,
): Readonly<Record<string, WorkWords<State>>> => ({
  [`evaluations.${kind}`]: { state, ...given, link: waiting(kind), open: evaluation },
});

export const words: DeskWords<State> = {
  stateMarks,
  actions: [
    {
      title: '登记证据材料',
      terms: 'dengjizhengjucailiao djzjcl shangchuan sc',
      link: linkOptions({ to: '/evidence', search: { adding: true } }),
      permission: 'evaluation.answer',
    },
  ],
  finders: [{ permission: 'evaluation.read', load: () => import('./evaluation-finder.ts') }],
  workWords: {
    ...line('answer', 'evaluations.selfEvaluation', { mark: '待自评', of: '项评估的自评', verb: '去填写' }),
    'evaluations.returned': {
      ...{ state: 'evaluations.returned', mark: '退回给我', of: '项自评须补充', waited: since('退回'), verb: '去补充' },
      ...{ link: waiting('answer'), open: evaluation },
    },
    ...line('confirm', 'evaluations.confirmation', {
      ...{ mark: '待确认', of: '项自评等您署名确认', waited: since('报送'), verb: '去确认' },
    }),
    ...line('score', 'evaluations.owed', { mark: '待评分', of: '个对象等您评分', verb: '去评分' }),
    ...line('talk', 'evaluations.talk', { mark: '待合议', of: '个对象的评分须合议', verb: '去合议' }),
    ...line('state', 'evaluations.statement', {
      ...{ mark: '征求申辩', of: '份初步意见等您申辩或表示没有意见', verb: '去办理' },
    }),
    ...line('decide', 'evaluations.preliminaryOpinion', {
      mark: '待办理',
      of: '个对象等您出具意见或确认',
      verb: '去办理',
    }),
    'evaluations.toConfirm': {
      ...{ state: 'evaluations.confirmation', mark: '待确认', of: '项自评已报送，等负责人确认', waited: since('报送') },
      ...{ verb: '查看', link: linkOptions({ to: '/evaluations', search: {} }), open: evaluation },
    },
  },
  deadlineWords: {
    'evaluations.step': {
      title: '评估步骤到期',
      unit: '个对象',
      link: (unit) => linkOptions({ to: '/evaluations', search: unit === null ? {} : { unit } }),
    },
  },
  noticeWords: evaluationNoticeTitles,
  noticeLinks: {
    ...Object.fromEntries(Object.keys(evaluationNoticeTitles).map((kind) => [kind, evaluation])),
    // Who did not move on is told of the whole campaign.
    'evaluation.notMovedOn': (campaignId) => linkOptions({ to: '/campaigns/$campaignId', params: { campaignId } }),
  },
  subjectLinks: {
    evaluation,
    evidence: (piece) => linkOptions({ to: '/evidence', search: { piece } }),
  },
  permissionWords: { evaluation: '督导评估' },
  schoolPanels: [
    {
      permission: 'evaluation.read',
      tab: { key: 'evaluations', label: '督导评估' },
      load: () => import('../panel/SchoolEvaluations.tsx'),
    },
  ],
  homePanels: [
    {
      shown: (figures) => (figures['evaluations.open'] ?? 0) + (figures['evaluations.confirmed'] ?? 0) > 0,
      load: () => import('../panel/EvaluationStanding.tsx'),
    },
  ],
};
