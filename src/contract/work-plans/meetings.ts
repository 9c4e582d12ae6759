import { z } from 'zod';
import { day, done } from '../kit/kit.shape.ts';
import { personName } from '../kit/names.shape.ts';
import { revision } from '../kit/steps.shape.ts';
import { writtenLine, writtenReason, writtenText } from '../kit/texts.shape.ts';
import { route } from '../route.ts';
import { attendee, meetingDetail, meetingRow, writtenItem } from './plan.shape.ts';

const meetingId = z.object({ meetingId: z.uuid() });
const content = z.object({
  heldOn: day,
  title: writtenLine(120).min(2, '请填写会议名称'),
  agenda: writtenText(4000),
});

export const list = route({
  name: 'meetings.list',
  method: 'GET',
  path: '/api/meetings',
  access: 'work-plan.read',
  reach: 'unit',
  scoped: true,
  summary: '一年的会议，最新在前',
  /** Without a year: the calendar year under way. */
  query: z.object({ year: z.coerce.number().int().optional() }),
  output: z.object({
    rows: z.array(meetingRow),
    mayCall: z.boolean(),
    /** Counties that can be invited. */
    counties: z.array(z.object({ unitId: z.number().int(), name: z.string() })),
  }),
});

export const read = route({
  name: 'meetings.read',
  method: 'GET',
  path: '/api/meetings/:meetingId',
  access: 'work-plan.read',
  reach: 'unit',
  scoped: true,
  summary: '一次会议：议程、签到、纪要和议定事项',
  params: meetingId,
  output: meetingDetail,
});

export const call = route({
  name: 'meetings.call',
  method: 'POST',
  path: '/api/meetings',
  access: 'work-plan.write',
  reach: 'unit',
  scoped: true,
  summary: '召集一次会议，通知受邀的县（市、区）',
  body: content.extend({ invited: z.array(z.number().int()).max(200) }),
  output: z.object({ id: z.uuid(), ...revision.shape }),
});

export const change = route({
  name: 'meetings.change',
  method: 'PUT',
  path: '/api/meetings/:meetingId',
  access: 'work-plan.write',
  reach: 'unit',
  summary: '修改会议的日期、名称、议程，记录纪要',
  params: meetingId,
  body: content.extend({ ...revision.shape, minutes: writtenText(20_000), held: z.boolean() }),
  output: revision,
});

export const cancel = route({
  name: 'meetings.cancel',
  method: 'POST',
  path: '/api/meetings/:meetingId/cancellation',
  access: 'work-plan.write',
  reach: 'unit',
  summary: '撤销一次会议，写明原因并告知受邀单位',
  params: meetingId,
  body: revision.extend({ reason: writtenReason(300) }),
  output: revision,
});

export const signIn = route({
  name: 'meetings.signIn',
  method: 'POST',
  path: '/api/meetings/:meetingId/attendees',
  access: 'work-plan.note',
  reach: 'unit',
  summary: '签到：本人签到，或由记录人代签并记下双方姓名',
  params: meetingId,
  /** Without a name the person signs in for herself. */
  body: z.object({ name: personName.optional(), unitId: z.number().int().optional() }),
  output: attendee,
});

export const takeSignInBack = route({
  name: 'meetings.takeSignInBack',
  method: 'DELETE',
  path: '/api/meetings/:meetingId/attendees/:attendeeId',
  access: 'work-plan.note',
  reach: 'unit',
  summary: '撤销自己录入的签到，会议撤销以前可以；审计保留签到和撤销',
  params: meetingId.extend({ attendeeId: z.uuid() }),
  output: done,
});

export const decide = route({
  name: 'meetings.decide',
  method: 'POST',
  path: '/api/meetings/:meetingId/decisions',
  access: 'work-plan.issue',
  reach: 'unit',
  summary: '把一项议定事项列入工作计划',
  touches: ['work-plans'],
  params: meetingId,
  body: z.object({ planId: z.uuid(), ...revision.shape, item: writtenItem }),
  output: z.object({ itemId: z.uuid(), revision: z.number().int(), counties: z.number().int() }),
});
