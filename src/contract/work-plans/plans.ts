import { z } from 'zod';
import { shownText } from '#domain/text/characters.ts';
import { workPlanKinds } from '#domain/work-plan/plan.ts';
import { revision } from '../kit/steps.shape.ts';
import { writtenLine, writtenReason, writtenText } from '../kit/texts.shape.ts';
import { file, route, workbookType } from '../route.ts';
import { part, planDetail, planRow, writtenItem } from './plan.shape.ts';

export * from './plan.shape.ts';

const planId = z.object({ planId: z.uuid() });
const year = z.number().int().min(2000).max(2200);
const title = writtenLine(120).min(2, '请填写计划名称');
const documentNumber = writtenLine(60).nullable();
/** A plan of a year has some ten points; a text of a hundred pages is no plan. */
const pastedText = z.string().overwrite(shownText).max(60_000, '文字过长，最多 60000 字');

export const list = route({
  name: 'work-plans.list',
  method: 'GET',
  path: '/api/work-plans',
  access: 'work-plan.read',
  reach: 'unit',
  scoped: true,
  summary: '一年的工作计划，以及市里下达给本县的任务',
  /** Without a year: the calendar year under way. */
  query: z.object({ year: z.coerce.number().int().optional(), unitId: z.coerce.number().int().optional() }),
  output: z.object({
    year,
    /** Years for which there is a plan, newest first. */
    years: z.array(year),
    rows: z.array(planRow),
    parts: z.array(part),
    /** Kinds of plan that this person may draw up. */
    mayCreate: z.array(z.enum(workPlanKinds)),
    /** The county's plan that takes up what is not in it yet, where this person may do so. */
    mayTake: z.object({ planId: z.uuid(), revision: z.number().int() }).nullable(),
    /** Sections for which the person may draw up a plan. */
    sections: z.array(z.object({ id: z.number().int(), name: z.string() })),
  }),
});

export const read = route({
  name: 'work-plans.read',
  method: 'GET',
  path: '/api/work-plans/:planId',
  access: 'work-plan.read',
  reach: 'unit',
  scoped: true,
  summary: '一份工作计划：任务、单位、期限和自动计算的进度',
  params: planId,
  output: planDetail,
});

export const create = route({
  name: 'work-plans.create',
  method: 'POST',
  path: '/api/work-plans',
  access: 'work-plan.write',
  reach: 'unit',
  summary: '拟订一份工作计划：从粘贴的文字中识别任务，或据市里下达的任务建立',
  body: z.object({
    kind: z.enum(workPlanKinds),
    year,
    /** The section whose plan it is. */
    unitId: z.number().int().nullable().default(null),
    title: writtenLine(120).default(''),
    documentNumber: documentNumber.default(null),
    text: pastedText.default(''),
    /** A county's plan takes over what the city issued to it. */
    fromParts: z.boolean().default(false),
  }),
  output: z.object({ id: z.uuid(), revision: z.number().int(), items: z.number().int() }),
});

export const takeParts = route({
  name: 'work-plans.takeParts',
  method: 'POST',
  path: '/api/work-plans/:planId/parts',
  access: ['work-plan.write', 'work-plan.issue'],
  reach: 'unit',
  summary: '把市里后来下达的任务列入本县计划：草稿由拟订的岗位列入，已印发的由印发的岗位增补',
  params: planId,
  body: revision.extend({ parts: z.array(z.uuid()).min(1, '请至少选择一项任务').max(300) }),
  output: z.object({ items: z.number().int() }),
});

export const save = route({
  name: 'work-plans.save',
  method: 'PUT',
  path: '/api/work-plans/:planId',
  access: 'work-plan.write',
  reach: 'unit',
  summary: '保存草稿：名称、文号和全部任务',
  params: planId,
  body: revision.extend({
    title,
    documentNumber,
    items: z.array(writtenItem.extend({ id: z.uuid().nullable() })).max(300, '一份计划最多 300 项任务'),
  }),
  output: planDetail,
});

export const paste = route({
  name: 'work-plans.paste',
  method: 'POST',
  path: '/api/work-plans/:planId/text',
  access: 'work-plan.write',
  reach: 'unit',
  summary: '重新粘贴草稿的文字：与原有任务相同的保留编号，其余重新识别',
  params: planId,
  body: revision.extend({ text: pastedText }),
  output: planDetail,
});

export const issue = route({
  name: 'work-plans.issue',
  method: 'POST',
  path: '/api/work-plans/:planId/issue',
  access: 'work-plan.issue',
  reach: 'unit',
  summary: '印发：市级计划的任务同时下达到点名的县（市、区）',
  params: planId,
  body: revision,
  output: planRow,
});

export const close = route({
  name: 'work-plans.close',
  method: 'POST',
  path: '/api/work-plans/:planId/closing',
  access: 'work-plan.issue',
  reach: 'unit',
  summary: '结束一年的计划：此后只供查阅',
  // A plan that has ended takes no more files on its notes.
  touches: ['files'],
  params: planId,
  body: revision,
  output: planRow,
});

export const cancel = route({
  name: 'work-plans.cancel',
  method: 'POST',
  path: '/api/work-plans/:planId/cancellation',
  access: ['work-plan.write', 'work-plan.issue'],
  reach: 'unit',
  summary: '撤销一份计划，写明原因；已下达的任务一并撤回并告知',
  touches: ['files'],
  params: planId,
  body: revision.extend({ reason: writtenReason(300) }),
  output: planRow,
});

export const counties = route({
  name: 'work-plans.counties',
  method: 'GET',
  path: '/api/work-plans/:planId/counties',
  access: 'work-plan.read',
  reach: 'city',
  scoped: true,
  summary: '各县（市、区）据这份计划制定计划的情况',
  params: planId,
  output: z.object({
    rows: z.array(
      z.object({
        unitId: z.number().int(),
        name: z.string(),
        parts: z.number().int(),
        /** The county's own plan of the year; null where it has none. */
        plan: planRow.nullable(),
        /** Parts that items of its plan carry out. */
        taken: z.number().int(),
        /** Its items that are done, of those that stand. */
        done: z.number().int(),
        total: z.number().int(),
      }),
    ),
  }),
});

export const workbook = route({
  name: 'work-plans.workbook',
  method: 'GET',
  path: '/api/work-plans/:planId/workbook',
  access: 'work-plan.read',
  reach: 'unit',
  scoped: true,
  summary: '下载计划与进度（Excel）',
  params: planId,
  output: file(workbookType),
});

export const find = route({
  name: 'work-plans.find',
  method: 'GET',
  path: '/api/work-plan-items',
  access: 'work-plan.read',
  reach: 'unit',
  scoped: true,
  summary: '按文字查找任务',
  query: z.object({ search: writtenText(60).min(1) }),
  output: z.object({
    rows: z.array(
      z.object({
        planId: z.uuid(),
        id: z.uuid(),
        planTitle: z.string(),
        number: z.string().nullable(),
        text: z.string(),
      }),
    ),
  }),
});
