import { z } from 'zod';
import { instant, newestEntries } from '../kit/kit.shape.ts';
import { schoolId } from '../kit/school.shape.ts';
import { listOutput, listQuery, route } from '../route.ts';
import {
  catalogue,
  cellValue,
  fieldKey,
  filingDetail,
  filingFilter,
  filingParams,
  filingSummary,
} from './filings.shape.ts';

export * from './calls.ts';
export * from './county.ts';
export * from './filings.shape.ts';
export * from './fill.ts';
export * from './review.ts';
export { timeline } from './timeline.ts';

export const schoolYears = route({
  name: 'filings.schoolYears',
  method: 'GET',
  path: '/api/filings/schools/:schoolId/years',
  access: 'filing.read',
  scoped: true,
  summary: '一所学校历年已批准的数据',
  params: schoolId,
  output: z.object({
    /** Approved figures by school year, newest first, with the facts of the school in that year. */
    years: z.array(
      z.object({
        schoolYear: z.number().int(),
        /** Edition of the field catalogue by which the year was filed. */
        edition: z.string(),
        filingId: z.uuid(),
        name: z.string(),
        schoolType: z.string(),
        values: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
      }),
    ),
    /** Filings that the school owes no longer, newest first: they count nowhere (不计入) and stay readable. */
    released: z.array(z.object({ schoolYear: z.number().int(), filingId: z.uuid(), reason: z.string() })),
  }),
});

/**
 * Sort columns: `name` (default), `code`, `state`, `submittedAt`, `updatedAt`, `findings`, `filled`; and `oddity`, which is
 * never turned round: what differs most from last year and from similar schools comes first. Of more than a thousand the
 * values are not compared, and what waits longest comes first.
 */
export const list = route({
  name: 'filings.list',
  method: 'GET',
  path: '/api/filings',
  access: 'filing.read',
  scoped: true,
  summary: '一个学年的填报列表，含状态、进度、疑点数和可办事项',
  query: listQuery.extend(filingFilter),
  output: listOutput(filingSummary),
});

export const readCatalogue = route({
  name: 'filings.catalogue',
  method: 'GET',
  path: '/api/filing-catalogues/:edition',
  access: 'filing.read',
  scoped: true,
  summary: '数据项目录的一个版本：学段、分组、数据项、规则说明',
  params: z.object({ edition: z.string().max(60) }),
  output: catalogue,
});

export const read = route({
  name: 'filings.read',
  method: 'GET',
  path: '/api/filings/:filingId',
  access: 'filing.read',
  scoped: true,
  summary: '一份填报的全部内容：数据项、数值、去年值、疑点、经过、批注、可办事项',
  params: filingParams,
  output: filingDetail,
});

export const cellHistory = route({
  name: 'filings.cellHistory',
  method: 'GET',
  path: '/api/filings/:filingId/cells/:field/history',
  access: 'filing.read',
  scoped: true,
  summary: '一个单元格的修改经过：何时、何人、由何值改为何值',
  params: filingParams.extend({ field: fieldKey }),
  output: z.object({
    entries: z
      .array(
        z.object({
          at: instant,
          actorName: z.string().nullable(),
          /** The reader wrote it, in whatever post. */
          own: z.boolean(),
          action: z.string(),
          before: cellValue,
          after: cellValue,
          explanation: z.string().nullable(),
        }),
      )
      .max(newestEntries),
  }),
});

export const printFiling = route({
  name: 'filings.print',
  method: 'GET',
  path: '/api/filings/:filingId/print',
  access: 'filing.read',
  scoped: true,
  summary: '打印、签字、盖章用的内容，带内容校验码',
  params: filingParams,
  output: z.object({
    title: z.string(),
    schoolName: z.string(),
    schoolCode: z.string().nullable(),
    unitName: z.string(),
    periodName: z.string(),
    stateTitle: z.string(),
    submittedAt: z.string().nullable(),
    approvedAt: z.string().nullable(),
    printedAt: z.string(),
    groups: z.array(
      z.object({
        title: z.string(),
        rows: z.array(
          z.object({
            key: fieldKey,
            label: z.string(),
            unit: z.string(),
            value: z.string(),
            lastYear: z.string(),
            explanation: z.string().nullable(),
          }),
        ),
      }),
    ),
    contentHash: z.string(),
    signatures: z.array(z.string()),
  }),
});
