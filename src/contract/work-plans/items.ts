import { z } from 'zod';
import { day, done } from '../kit/kit.shape.ts';
import { writtenReason, writtenText } from '../kit/texts.shape.ts';
import { route } from '../route.ts';
import { note, writtenItem } from './plan.shape.ts';

const planId = z.object({ planId: z.uuid() });
const itemId = planId.extend({ itemId: z.uuid() });
/** An issued plan is changed with a reason, which the counties read. */
const amendment = z.object({ revision: z.number().int(), reason: writtenReason(300) });
const amended = z.object({ itemId: z.uuid(), revision: z.number().int(), counties: z.number().int() });

export const add = route({
  name: 'work-plans.addItem',
  method: 'POST',
  path: '/api/work-plans/:planId/items',
  access: 'work-plan.issue',
  reach: 'unit',
  summary: '在已印发的计划中增补一项任务',
  params: planId,
  body: amendment.extend({ item: writtenItem }),
  /** `counties`: how many counties are told of it. */
  output: amended,
});

export const change = route({
  name: 'work-plans.changeItem',
  method: 'PUT',
  path: '/api/work-plans/:planId/items/:itemId',
  access: 'work-plan.issue',
  reach: 'unit',
  summary: '调整已印发计划中的一项任务：内容、单位、期限、位置',
  params: itemId,
  /** `position`: the place in the plan, from 1; without it the item stays where it is. */
  body: amendment.extend({ item: writtenItem, position: z.number().int().min(1).optional() }),
  output: amended,
});

export const withdraw = route({
  name: 'work-plans.withdrawItem',
  method: 'POST',
  path: '/api/work-plans/:planId/items/:itemId/withdrawal',
  access: 'work-plan.issue',
  reach: 'unit',
  summary: '从已印发的计划中撤出一项任务，写明原因',
  params: itemId,
  body: amendment,
  output: amended,
});

export const write = route({
  name: 'work-plans.note',
  method: 'POST',
  path: '/api/work-plans/:planId/items/:itemId/notes',
  access: 'work-plan.note',
  reach: 'unit',
  summary: '记录一项任务的落实情况；没有关联工作的任务可以据此认定完成',
  params: itemId,
  body: z.object({ body: writtenText(2000).min(2, '请写明落实情况'), day, settles: z.boolean().default(false) }),
  output: note,
});

export const reopen = route({
  name: 'work-plans.reopenItem',
  method: 'POST',
  path: '/api/work-plans/:planId/items/:itemId/reopening',
  access: 'work-plan.note',
  reach: 'unit',
  summary: '撤回“已完成”的认定，写明原因',
  params: itemId,
  body: z.object({ reason: writtenReason(300) }),
  output: done,
});
