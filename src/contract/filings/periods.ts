import { z } from 'zod';
import { collectionStates } from '#domain/collection/collection.ts';
import { meaningfulText } from '#domain/kit/meaningful-text.ts';
import { day } from '../kit/kit.shape.ts';
import { writtenLine, writtenText } from '../kit/texts.shape.ts';
import { route } from '../route.ts';

export const period = z.object({
  id: z.number().int(),
  schoolYear: z.number().int(),
  name: z.string(),
  edition: z.string(),
  state: z.enum(collectionStates),
  /** It ended with nothing handed in: no page means it unless it is named. */
  passedOver: z.boolean(),
  /** The day on which the school year was archived, and by whom: since then it is read only. */
  archivedOn: day.nullable(),
  archivedBy: z.string().nullable(),
  opensOn: day,
  deadline: day,
  graceDays: z.number().int(),
  cityDeadline: day,
  daysLeft: z.number().int(),
  cityDaysLeft: z.number().int(),
});

const writtenReason = writtenText(300).min(2, '请写明原因').regex(meaningfulText, '请写明原因');

export const list = route({
  name: 'periods.list',
  method: 'GET',
  path: '/api/periods',
  access: 'filing.read',
  scoped: true,
  summary: '填报周期列表，最新在前',
  output: z.object({ periods: z.array(period), current: z.number().int().nullable() }),
});

/** A preview of the opening of a period. */
export const preview = route({
  name: 'periods.preview',
  method: 'GET',
  path: '/api/periods/preview',
  access: 'period.manage',
  scoped: true,
  summary: '开启前核对：应报学校数、不需填报的学校及原因',
  /** The list is of the schools on this day; today without it. */
  query: z.object({ year: z.coerce.number().int(), opensOn: day.optional() }),
  output: z.object({
    schoolYear: z.number().int(),
    exists: z.boolean(),
    owes: z.number().int(),
    /** Schools whose values of the year before are approved. Opening copies these values; nothing copies them later. */
    withLastYear: z.number().int(),
    exempt: z.array(z.object({ reason: z.string(), schools: z.number().int() })),
  }),
});

export const open = route({
  name: 'periods.open',
  method: 'POST',
  path: '/api/periods',
  access: 'period.manage',
  reach: 'city',
  scoped: true,
  summary: '开启一个学年的填报：固定应报学校名单，带入去年值',
  touches: ['filings'],
  body: z.object({
    schoolYear: z.number().int().min(2000).max(2200),
    /** Filling begins on this day; the list contains the schools that the register has on it. */
    opensOn: day,
    deadline: day,
    graceDays: z.number().int().min(0).max(90).default(0),
    cityDeadline: day,
  }),
  output: z.object({ period, owes: z.number().int(), exempt: z.number().int(), withLastYear: z.number().int() }),
});

export const change = route({
  name: 'periods.change',
  method: 'PATCH',
  path: '/api/periods/:periodId',
  access: 'period.manage',
  reach: 'city',
  scoped: true,
  summary: '调整期限',
  touches: ['filings'],
  params: z.object({ periodId: z.coerce.number().int() }),
  body: z.object({ deadline: day, graceDays: z.number().int().min(0).max(90), cityDeadline: day }),
  output: period,
});

export const close = route({
  name: 'periods.close',
  method: 'POST',
  path: '/api/periods/:periodId/closing',
  access: 'period.manage',
  reach: 'city',
  scoped: true,
  summary: '结束一个填报周期：此后不再填写和提交，重新开放和延期除外',
  touches: ['filings'],
  params: z.object({ periodId: z.coerce.number().int() }),
  output: period,
});

export const reopen = route({
  name: 'periods.reopen',
  method: 'POST',
  path: '/api/periods/:periodId/reopening',
  access: 'period.manage',
  reach: 'city',
  scoped: true,
  summary: '恢复误结束的填报周期；下一学年已带入它的数据时不能恢复',
  touches: ['filings', 'balance'],
  params: z.object({ periodId: z.coerce.number().int() }),
  body: z.object({ reason: writtenReason }),
  output: period,
});

/** What stands against archiving a year, and what archiving closes. */
const beforeArchiving = z.object({
  isOver: z.boolean(),
  endsOn: day,
  /** Each follows its count: 3 份填报没有接收. With one that bars the year is not archived; the others stay as they are. */
  unfinished: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      /** What has to be done first; null where it bars nobody. */
      way: z.string().nullable(),
      count: z.number().int(),
      bars: z.boolean(),
      names: z.array(z.string()),
    }),
  ),
});

export const previewArchiving = route({
  name: 'periods.previewArchiving',
  method: 'GET',
  path: '/api/periods/:periodId/archiving',
  access: 'period.manage',
  reach: 'city',
  scoped: true,
  summary: '归档前核对：学年是否结束，填报、测算和均衡跟踪还有什么没有办完',
  params: z.object({ periodId: z.coerce.number().int() }),
  output: beforeArchiving,
});

export const archive = route({
  name: 'periods.archive',
  method: 'POST',
  path: '/api/periods/:periodId/archiving',
  access: 'period.manage',
  reach: 'city',
  scoped: true,
  summary: '归档一个学年：填报、名单、均衡测算、省公布数据和均衡跟踪此后只能查阅；问题台账照常办理',
  touches: ['filings', 'balance', 'balance-tracking'],
  params: z.object({ periodId: z.coerce.number().int() }),
  output: period,
});

export const unarchive = route({
  name: 'periods.unarchive',
  method: 'POST',
  path: '/api/periods/:periodId/archiving/end',
  access: 'period.manage',
  reach: 'city',
  scoped: true,
  summary: '解除一个学年的归档，须写明原因',
  touches: ['filings', 'balance', 'balance-tracking'],
  params: z.object({ periodId: z.coerce.number().int() }),
  body: z.object({ reason: writtenReason }),
  output: period,
});

export const withdraw = route({
  name: 'periods.withdraw',
  method: 'DELETE',
  path: '/api/periods/:periodId',
  access: 'period.manage',
  reach: 'city',
  scoped: true,
  summary: '撤销误开的填报周期：名单与空白填报一并撤销，可以重新开启；已有人填写的不能撤销',
  touches: ['filings', 'balance'],
  params: z.object({ periodId: z.coerce.number().int() }),
  query: z.object({ reason: writtenReason.optional() }),
  /** How many schools have lost an empty filing with it. */
  output: z.object({ schoolYear: z.number().int(), schools: z.number().int() }),
});

export const unlisted = route({
  name: 'periods.unlisted',
  method: 'GET',
  path: '/api/periods/:periodId/schools',
  access: 'period.manage',
  reach: 'city',
  scoped: true,
  summary: '名单固定之后设立、应报而不在名单上的学校',
  params: z.object({ periodId: z.coerce.number().int() }),
  output: z.object({
    schools: z.array(
      z.object({
        schoolId: z.number().int(),
        countyId: z.number().int(),
        code: z.string().nullable(),
        name: z.string(),
        schoolTypeName: z.string(),
      }),
    ),
  }),
});

export const addSchools = route({
  name: 'periods.addSchools',
  method: 'POST',
  path: '/api/periods/:periodId/schools',
  access: 'period.manage',
  reach: 'city',
  scoped: true,
  summary: '把名单固定之后设立的学校补入应报名单；本学年均衡监测随之计入',
  touches: ['filings', 'balance'],
  params: z.object({ periodId: z.coerce.number().int() }),
  body: z.object({
    schoolIds: z.array(z.number().int()).min(1, '请至少选择一所学校').max(50, '一次最多补入 50 所学校'),
    /** The document by which they are added: 泉教〔2025〕3号. */
    document: writtenLine(60).min(2, '请填写依据的文号'),
    note: writtenText(300).optional(),
    /** A day of their own, where that of the list lies behind or too near. */
    until: day.optional(),
  }),
  output: z.object({ added: z.number().int() }),
});
