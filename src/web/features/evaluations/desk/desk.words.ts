import { linkOptions } from '@tanstack/react-router';
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
  finders: [{ permission: ['evaluation.read', 'evaluation.judge'], load: () => import('./evaluation-finder.ts') }],
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
    ...line('toConfirm', 'evaluations.confirmation', {
      ...{ mark: '待确认', of: '项自评已报送，等负责人确认', waited: since('报送'), verb: '查看' },
    }),
  },
  deadlineWords: {
    'evaluations.step': {
      title: '评估步骤到期',
      unit: '个对象',
      link: (unit) => linkOptions({ to: '/evaluations', search: unit === null ? {} : { unit } }),
    },
  },
  noticeWords: {
    'evaluation.opened': '开启了督导评估',
    'evaluation.reminded': '提醒办理督导评估',
    'evaluation.extended': '延长了督导评估的期限',
    'evaluation.leavesGiven': '指定您填写自评指标',
    'evaluation.submitted': '自评待您确认',
    'evaluation.selfConfirmed': '自评已由负责人确认',
    'evaluation.returned': '退回了自评，须补充',
    'evaluation.movedOn': '督导评估转入下一步',
    'evaluation.notMovedOn': '有评估对象没有转入下一步',
    'evaluation.doneOnMany': '批量办理已办完',
    'evaluation.scoreVoided': '您的评分因材料改动作废，须重新评分',
    'evaluation.talkOpened': '评分差距超过规定，须合议',
    'evaluation.released': '反馈了初步意见，可以申辩',
    'evaluation.stated': '提出了申辩意见',
    'evaluation.statementAnswered': '答复了申辩意见',
    'evaluation.resultSubmitted': '评估结果待您确认',
    'evaluation.resultReturned': '退回了评估结果',
    'evaluation.confirmed': '确认了评估结果',
    'evaluation.closed': '办结了督导评估',
    'evaluation.cancelled': '取消了督导评估',
    'evaluation.passed': '移交了负责填写的自评指标',
    'evaluation.severalPassed': '移交了负责填写的自评指标',
  },
  noticeLinks: {
    'evaluation.opened': evaluation,
    'evaluation.reminded': evaluation,
    'evaluation.extended': evaluation,
    'evaluation.leavesGiven': evaluation,
    'evaluation.submitted': evaluation,
    'evaluation.selfConfirmed': evaluation,
    'evaluation.returned': evaluation,
    'evaluation.movedOn': evaluation,
    // Who did not move on is told of the whole campaign.
    'evaluation.notMovedOn': (campaignId) => linkOptions({ to: '/campaigns/$campaignId', params: { campaignId } }),
    'evaluation.doneOnMany': (campaignId) => linkOptions({ to: '/campaigns/$campaignId', params: { campaignId } }),
    'evaluation.scoreVoided': evaluation,
    'evaluation.talkOpened': evaluation,
    'evaluation.released': evaluation,
    'evaluation.stated': evaluation,
    'evaluation.statementAnswered': evaluation,
    'evaluation.resultSubmitted': evaluation,
    'evaluation.resultReturned': evaluation,
    'evaluation.confirmed': evaluation,
    'evaluation.closed': evaluation,
    'evaluation.cancelled': evaluation,
    'evaluation.passed': evaluation,
    'evaluation.severalPassed': () => waiting('answer'),
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
