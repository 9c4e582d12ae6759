import { undoAction } from '../../flow/undo.ts';
import type { EvaluationAction } from '../lists.ts';

/** What people do with an evaluation, as buttons and refusals say it. */
export const evaluationActionTitles: Readonly<Record<EvaluationAction, string>> = {
  answer: '填写自评',
  submit: '提交自评',
  confirmSelf: '确认自评',
  takeBack: '撤回自评',
  return: '退回补充',
  receive: '接收自评',
  moveOn: '转入下一步',
  score: '评分',
  openTalk: '公开评分并合议',
  settle: '合议定分',
  conclude: '拟写评估意见',
  release: '反馈初步意见',
  releaseAgain: '重新反馈',
  state: '提出申辩',
  waiveStatement: '表示没有申辩意见',
  answerStatement: '答复申辩',
  issueOpinion: '出具督导意见书',
  submitResult: '提请确认结果',
  confirmResult: '确认结果',
  returnResult: '退回结果',
  finish: '整改办结',
  close: '办结（没有问题）',
  cancel: '取消评估',
};

const storedTitles: Readonly<Record<string, string>> = {
  ...evaluationActionTitles,
  [undoAction]: '撤销',
  opened: '开启',
  extended: '延期',
  reminded: '提醒',
  workPassed: '移交',
};

/** The title of a step by the act that it holds; an act that is not known any more is shown by its stored name. */
export function evaluationStepTitle(action: string): string {
  return storedTitles[action] ?? action;
}
