import { z } from 'zod';
import { setDay } from '../kit/kit.shape.ts';
import { revision } from '../kit/steps.shape.ts';
import { writtenText } from '../kit/texts.shape.ts';
import { route } from '../route.ts';
import { evaluationParams, reason, stepped } from './evaluations.shape.ts';
import { opinionComment, opinionDetail, opinionFinding } from './opinion.shape.ts';

/** From the scores of the city to the confirmed result: preliminary opinion, statement, opinion letter, result. */

const act = {
  params: evaluationParams,
  output: stepped,
  method: 'POST',
  touches: ['campaigns', 'notices', 'official-documents', 'rectifications'],
} as const;

export const opinion = route({
  name: 'evaluations.opinion',
  method: 'GET',
  path: '/api/evaluations/:evaluationId/opinion',
  access: ['evaluation.read', 'evaluation.conclude'],
  scoped: true,
  summary: '评估结论：得分、等次、四类意见、问题、申辩、偏高指数；被评单位看到的是已公开的',
  params: evaluationParams,
  output: opinionDetail,
});

export const saveOpinion = route({
  ...act,
  name: 'evaluations.saveOpinion',
  method: 'PUT',
  path: '/api/evaluations/:evaluationId/opinion',
  access: 'evaluation.conclude',
  summary: '保存结论草稿：亮点、成绩、问题、建议和要整改的问题',
  body: revision.extend({
    comments: z.array(opinionComment).max(200),
    findings: z.array(opinionFinding.omit({ raisedAt: true })).max(200),
  }),
});

export const release = route({
  ...act,
  name: 'evaluations.release',
  path: '/api/evaluations/:evaluationId/release',
  access: 'evaluation.conclude',
  summary: '反馈初步意见：把评定得分和意见交给被评单位，定下申辩的截止日',
  body: revision.extend({ statementDue: setDay }),
});

/** What is concluded otherwise than it was fed back is fed back anew, also after its letter. */
export const releaseAgain = route({
  ...act,
  name: 'evaluations.releaseAgain',
  path: '/api/evaluations/:evaluationId/release/again',
  access: 'evaluation.conclude',
  summary: '重新反馈：结论与已反馈的不同时，写明原因，重新听取申辩',
  body: revision.extend({ statementDue: setDay, reason }),
});

export const state = route({
  ...act,
  name: 'evaluations.state',
  path: '/api/evaluations/:evaluationId/statements',
  access: ['evaluation.confirm', 'evaluation.answer'],
  summary: '提出申辩',
  body: revision.extend({ text: writtenText(4000).min(2, '请写明申辩的内容') }),
});

export const waiveStatement = route({
  ...act,
  name: 'evaluations.waiveStatement',
  path: '/api/evaluations/:evaluationId/waiver',
  access: 'evaluation.confirm',
  summary: '被评单位负责人表示没有申辩',
  body: revision,
});

export const answerStatement = route({
  ...act,
  name: 'evaluations.answerStatement',
  path: '/api/evaluations/:evaluationId/statements/:statementId/answer',
  params: evaluationParams.extend({ statementId: z.uuid() }),
  access: 'evaluation.conclude',
  summary: '答复申辩：采纳与否，写明理由',
  body: revision.extend({ accepted: z.boolean(), answer: writtenText(2000).min(2, '请写明答复') }),
});

/** Drafts the letter and moves on; it is checked, signed and issued as every other letter. */
export const issueOpinion = route({
  ...act,
  name: 'evaluations.issueOpinion',
  path: '/api/evaluations/:evaluationId/opinion-letter',
  access: 'evaluation.conclude',
  summary: '拟督导意见书（公文草稿）',
  body: revision,
});

export const submitResult = route({
  ...act,
  name: 'evaluations.submitResult',
  path: '/api/evaluations/:evaluationId/result',
  access: 'evaluation.conclude',
  summary: '提请确认结果',
  body: revision,
});

export const confirmResult = route({
  ...act,
  name: 'evaluations.confirmResult',
  path: '/api/evaluations/:evaluationId/result/confirmation',
  access: 'evaluation.conclude',
  summary: '确认结果：提请人不能确认；问题进入整改台账，拟结果通报',
  body: revision,
});

export const returnResult = route({
  ...act,
  name: 'evaluations.returnResult',
  path: '/api/evaluations/:evaluationId/result/return',
  access: 'evaluation.conclude',
  summary: '退回结论，写明原因',
  body: revision.extend({ reason }),
});

export const finish = route({
  ...act,
  name: 'evaluations.finish',
  path: '/api/evaluations/:evaluationId/end',
  access: 'evaluation.conclude',
  summary: '办结：问题都已销号，或写明原因',
  body: revision.extend({ reason: writtenText(500) }),
});
