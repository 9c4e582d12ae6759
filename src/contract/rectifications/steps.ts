import { z } from 'zod';
import { undoableFindingActions } from '#domain/rectification/flow.ts';
import { day } from '../kit/kit.shape.ts';
import { revision } from '../kit/steps.shape.ts';
import { writtenText } from '../kit/texts.shape.ts';
import { route } from '../route.ts';
import {
  findingParams,
  newFinding,
  newHandOver,
  newPlan,
  newQuestion,
  newReport,
  reason,
  stepped,
} from './rectifications.shape.ts';

/** The acts on findings. */

/** Who may attach files follows from where a finding stands. */
const act = { params: findingParams, output: stepped, method: 'POST', touches: ['files'] } as const;

/** A 整改通知书 to each duty body is drafted too. */
const withLetter = z.boolean().default(false);

export const enter = route({
  name: 'rectifications.enter',
  method: 'POST',
  path: '/api/findings',
  access: 'rectification.enter',
  summary: '录入一个问题；写明原问题的，作为它的子问题',
  body: newFinding.extend({ parentId: z.uuid().optional() }),
  output: stepped,
});

export const edit = route({
  ...act,
  name: 'rectifications.edit',
  method: 'PUT',
  path: '/api/findings/:findingId',
  access: 'rectification.enter',
  summary: '修改尚未下发的问题',
  body: newFinding.extend(revision.shape),
});

export const notice = route({
  ...act,
  name: 'rectifications.notice',
  path: '/api/findings/:findingId/notice',
  access: 'rectification.enter',
  summary: '下发给责任主体；期限按类别的工作日数计算，或指定日期',
  body: revision.extend({ dueOn: day.optional(), letter: withLetter }),
});

/** As many findings are sent out together at most. */
export const mostNoticed = 200;

export const noticeMany = route({
  name: 'rectifications.noticeMany',
  method: 'POST',
  path: '/api/finding-notices',
  access: 'rectification.enter',
  scoped: true,
  summary: '一次下发列明的问题；已有变动的列出不发',
  body: z.object({
    findings: z
      .array(z.object({ findingId: z.uuid(), revision: z.number().int() }))
      .min(1)
      .max(mostNoticed),
    dueOn: day.optional(),
    letter: withLetter,
  }),
  output: z.object({
    done: z.number().int(),
    /** How many letters are drafted with them. */
    letters: z.number().int(),
    refused: z.array(z.object({ findingId: z.uuid(), title: z.string(), message: z.string() })).max(mostNoticed),
  }),
});

export const plan = route({
  ...act,
  name: 'rectifications.plan',
  path: '/api/findings/:findingId/plan',
  access: 'rectification.plan',
  summary: '责任主体制定或修改整改措施',
  body: revision.extend(newPlan.shape),
});

export const report = route({
  ...act,
  name: 'rectifications.report',
  path: '/api/findings/:findingId/report',
  access: 'rectification.plan',
  summary: '责任主体报告整改完成，写明整改情况',
  body: revision.extend(newReport.shape),
});

export const check = route({
  ...act,
  name: 'rectifications.check',
  path: '/api/findings/:findingId/check',
  access: 'rectification.check',
  summary: '核查通过；报告人本人不能核查',
  body: revision.extend({ note: writtenText(500).optional() }),
});

export const reject = route({
  ...act,
  name: 'rectifications.reject',
  path: '/api/findings/:findingId/rejection',
  access: 'rectification.check',
  summary: '核查不通过，退回重新整改，须写原因',
  body: revision.extend({ reason }),
});

export const close = route({
  ...act,
  name: 'rectifications.close',
  path: '/api/findings/:findingId/closing',
  access: 'rectification.close',
  summary: '销号；子问题全部办结后才能销号',
  body: revision,
});

export const cancel = route({
  ...act,
  name: 'rectifications.cancel',
  path: '/api/findings/:findingId/cancellation',
  access: ['rectification.enter', 'rectification.close'],
  summary: '取消问题，须写原因，告知责任主体；记录保留',
  body: revision.extend({ reason }),
});

export const undo = route({
  ...act,
  name: 'rectifications.undo',
  path: '/api/findings/:findingId/undo',
  access: 'rectification.check',
  summary: '撤销本人一分钟内的核查通过或退回；之后又有变动的不撤销并说明',
  body: z.object({ action: z.enum(undoableFindingActions) }),
});

export const handOver = route({
  ...act,
  name: 'rectifications.handOver',
  path: '/api/findings/:findingId/hand-over',
  access: 'rectification.enter',
  summary: '移交给同一县（市、区）的另一责任主体，双方都列名',
  body: revision.extend(newHandOver.shape),
});

export const acknowledge = route({
  ...act,
  name: 'rectifications.acknowledge',
  path: '/api/findings/:findingId/acknowledgement',
  access: 'rectification.check',
  summary: '签收紧急隐患：本级已有人知悉并处置',
});

export const ask = route({
  ...act,
  name: 'rectifications.ask',
  path: '/api/findings/:findingId/extension',
  access: 'rectification.plan',
  summary: '责任主体申请延期，须写原因',
  body: newQuestion,
});

export const withdraw = route({
  ...act,
  name: 'rectifications.withdraw',
  path: '/api/findings/:findingId/extension-withdrawal',
  access: 'rectification.plan',
  summary: '申请人在答复前撤回延期申请，须写原因，告知督办单位',
  body: z.object({ reason }),
});

export const decide = route({
  ...act,
  name: 'rectifications.decide',
  path: '/api/findings/:findingId/extension-decision',
  access: 'rectification.check',
  summary: '审批延期申请；不同意的须写原因，申请人本人不能审批',
  body: z.discriminatedUnion('decision', [
    z.object({ decision: z.literal('granted'), note: writtenText(500).optional() }),
    z.object({ decision: z.literal('refused'), note: reason }),
  ]),
});
