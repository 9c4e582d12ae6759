import { z } from 'zod';
import { dutyTypes } from '#domain/flow/finding.ts';
import { day, newestEntries } from '../kit/kit.shape.ts';
import { file, listOutput, listQuery, route, workbookType } from '../route.ts';
import {
  changedKind,
  findingDetail,
  findingFilter,
  findingKind,
  findingParams,
  findingSeverity,
  findingState,
  findingSummary,
  kindKey,
} from './rectifications.shape.ts';

export * from './rectifications.shape.ts';
export * from './reproofs.ts';
export * from './steps.ts';

/** Sort columns: `turn` (default: open first, by the day), `dueOn`, `foundOn`, `title`, `severity`, `state`, `closedOn`. */
export const list = route({
  name: 'rectifications.list',
  method: 'GET',
  path: '/api/findings',
  access: 'rectification.read',
  scoped: true,
  summary: '整改台账：按状态、类别、单位、学校、程度、是否逾期、学年、来源筛选',
  query: listQuery.extend(findingFilter),
  /** What this person may do with several at once. */
  output: listOutput(findingSummary.extend({ can: z.object({ notice: z.boolean() }) })),
});

export const workbook = route({
  name: 'rectifications.workbook',
  method: 'GET',
  path: '/api/findings/workbook',
  access: 'rectification.read',
  scoped: true,
  summary: '按列表的筛选下载整改台账（序号、问题、责任单位、责任人、整改措施、完成时限、整改情况、是否销号）',
  query: z.object({ ...findingFilter, search: listQuery.shape.search, sort: listQuery.shape.sort }),
  output: file(workbookType),
});

export const board = route({
  name: 'rectifications.board',
  method: 'GET',
  path: '/api/findings/board',
  access: 'rectification.read',
  reach: 'unit',
  scoped: true,
  summary: '整改进度：各单位逐月的未办结、到期、逾期、销号数',
  query: z.object({ year: z.coerce.number().int(), unitId: z.coerce.number().int().optional() }),
  output: z.object({
    /** The units of the city, or the duty bodies of one county. */
    by: z.enum(['unit', 'duty']),
    rows: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        /** The unit or school to which the row leads; null where neither. */
        unitId: z.number().int().nullable(),
        schoolId: z.number().int().nullable(),
        months: z
          .array(
            z.object({
              month: z.string(),
              open: z.number().int(),
              due: z.number().int(),
              overdue: z.number().int(),
              closed: z.number().int(),
            }),
          )
          .max(12),
      }),
    ),
  }),
});

export const halfLives = route({
  name: 'rectifications.halfLives',
  method: 'GET',
  path: '/api/findings/half-lives',
  access: 'rectification.read',
  reach: 'unit',
  scoped: true,
  summary: '各类问题从发现到销号的中位天数（未办结的按已历天数截尾计入）',
  query: z.object({ unitId: z.coerce.number().int().optional() }),
  output: z.object({
    kinds: z.array(
      z.object({
        kind: kindKey,
        name: z.string(),
        findings: z.number().int(),
        closed: z.number().int(),
        /** How many came closed from a ledger that was kept elsewhere. */
        imported: z.number().int(),
        days: z.number().int().nullable(),
      }),
    ),
  }),
});

export const read = route({
  name: 'rectifications.read',
  method: 'GET',
  path: '/api/findings/:findingId',
  access: 'rectification.read',
  scoped: true,
  summary: '一个问题的全部内容：责任、措施、期限、经过、子问题、同类问题、可办事项',
  params: findingParams,
  output: findingDetail,
});

export const duties = route({
  name: 'rectifications.duties',
  method: 'GET',
  path: '/api/finding-duties',
  access: 'rectification.enter',
  scoped: true,
  summary: '可作责任主体的单位、科室和学校（按名称、代码、拼音查找）',
  query: z.object({ search: z.string().trim().max(60).default(''), unitId: z.coerce.number().int().optional() }),
  output: z.object({
    rows: z
      .array(z.object({ type: z.enum(dutyTypes), id: z.number().int(), name: z.string(), placeName: z.string() }))
      .max(20),
    more: z.boolean(),
  }),
});

export const kinds = route({
  name: 'rectifications.kinds',
  method: 'GET',
  path: '/api/finding-kinds',
  access: 'rectification.read',
  scoped: true,
  summary: '问题类别：默认程度、整改期限和逾期升级的工作日数、依据',
  output: z.object({ kinds: z.array(findingKind), canChange: z.boolean() }),
});

export const changeKind = route({
  name: 'rectifications.changeKind',
  method: 'PUT',
  path: '/api/finding-kinds/:kindKey',
  access: 'rectification.manage',
  reach: 'city',
  scoped: true,
  summary: '修改一个问题类别；已下发的问题期限不变',
  params: z.object({ kindKey }),
  body: changedKind,
  output: findingKind,
});

export const passes = route({
  name: 'rectifications.passes',
  method: 'GET',
  path: '/api/finding-passes',
  access: 'rectification.read',
  scoped: true,
  summary: '转入学校带来的未办结问题：由原县（市、区）继续督办，按转入当日抄录',
  query: z.object({ unitId: z.coerce.number().int().optional() }),
  output: z.object({
    rows: z
      .array(
        z.object({
          id: z.uuid(),
          schoolId: z.number().int(),
          schoolName: z.string(),
          originName: z.string(),
          title: z.string(),
          kindName: z.string(),
          severity: findingSeverity,
          state: findingState,
          dueOn: day.nullable(),
          passedOn: day,
        }),
      )
      .max(newestEntries),
  }),
});
