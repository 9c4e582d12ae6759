import { z } from 'zod';
import { undoableInspectorActions } from '#domain/inspection/flow.ts';
import { revision } from '../kit/steps.shape.ts';
import { writtenReason } from '../kit/texts.shape.ts';
import { route } from '../route.ts';
import { inspectorParams, newPaper, newPublicNotice, newTerm, reasoned, stepped } from './inspectors.shape.ts';

/** The way of an inspector through the appointment. */

const act = { params: inspectorParams, output: stepped, method: 'POST', reach: 'unit', touches: ['files'] } as const;

export const recommend = route({
  ...act,
  name: 'inspectors.recommend',
  path: '/api/inspectors/:inspectorId/recommendation',
  access: 'inspector.write',
  summary: '推荐：登记表报送审核；有账号的须先由本人填写，没有账号的写明纸质登记表存放在哪里',
  body: revision.extend({ paperForm: writtenReason(200).nullable().default(null) }),
});

export const review = route({
  ...act,
  name: 'inspectors.review',
  path: '/api/inspectors/:inspectorId/review',
  access: 'inspector.review',
  summary: '审核通过；推荐人不能审核',
  body: revision,
});

export const confirm = route({
  ...act,
  name: 'inspectors.confirm',
  path: '/api/inspectors/:inspectorId/confirmation',
  access: 'inspector.review',
  summary: '复审通过，由审核人以外的人或市级办理',
  body: revision,
});

export const publicise = route({
  ...act,
  name: 'inspectors.publicise',
  path: '/api/inspectors/:inspectorId/public-notice',
  access: 'inspector.appoint',
  summary: '公示，写明起止日期',
  body: newPublicNotice.extend(revision.shape),
});

export const appoint = route({
  ...act,
  name: 'inspectors.appoint',
  path: '/api/inspectors/:inspectorId/appointment',
  access: 'inspector.appoint',
  summary: '公布聘任，写明任期和文号',
  body: newTerm.extend(revision.shape),
});

export const renew = route({
  ...act,
  name: 'inspectors.renew',
  path: '/api/inspectors/:inspectorId/term',
  access: 'inspector.appoint',
  summary: '续聘一个任期；超过连任规定的写明理由',
  body: newTerm.extend(revision.shape),
});

export const sendBack = route({
  ...act,
  name: 'inspectors.return',
  path: '/api/inspectors/:inspectorId/return',
  access: ['inspector.review', 'inspector.appoint'],
  summary: '退回推荐单位，写明原因',
  body: reasoned,
});

export const end = route({
  ...act,
  name: 'inspectors.end',
  path: '/api/inspectors/:inspectorId/end',
  access: 'inspector.appoint',
  summary: '办理离任，写明原因',
  body: reasoned,
});

export const withdraw = route({
  ...act,
  name: 'inspectors.withdraw',
  path: '/api/inspectors/:inspectorId/withdrawal',
  access: ['inspector.write', 'inspector.appoint'],
  summary: '撤销还没有公布的聘任，写明原因',
  body: reasoned,
});

export const reopen = route({
  ...act,
  name: 'inspectors.reopen',
  path: '/api/inspectors/:inspectorId/reopening',
  access: 'inspector.write',
  summary: '重新登记已离任或已撤销的人员',
  body: reasoned,
});

export const undo = route({
  ...act,
  name: 'inspectors.undo',
  path: '/api/inspectors/:inspectorId/undo',
  access: ['inspector.write', 'inspector.review', 'inspector.appoint'],
  summary: '撤销本人一分钟内的审核、复审、退回或撤销聘任；之后又有变动的不撤销并说明',
  body: z.object({ action: z.enum(undoableInspectorActions) }),
});

export const handPaper = route({
  ...act,
  name: 'inspectors.handPaper',
  path: '/api/inspectors/:inspectorId/papers',
  access: 'inspector.write',
  summary: '登记督学交来的学期计划或学期总结',
  body: newPaper,
  output: z.object({ id: z.uuid() }),
});

export const letter = route({
  ...act,
  name: 'inspectors.letter',
  path: '/api/inspectors/:inspectorId/letter',
  access: ['inspector.write', 'inspector.appoint'],
  touches: ['official-documents'],
  summary: '按当前任期拟一份聘书（公文草稿）',
  /** `way`: who sends, checks, signs and numbers it, by name. */
  output: z.object({ letterId: z.uuid(), way: z.string() }),
});
