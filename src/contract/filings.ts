import { z } from 'zod';
import { written } from '#domain/kit/written.ts';
import {
  catalogue,
  cellValue,
  fieldGroup,
  fieldKey,
  filingComment,
  filingDetail,
  filingState,
  filingSummary,
  gridRow,
  saved,
  stepped,
  steppedMany,
} from './filings.shapes.ts';
import { file, listOutput, listQuery, route } from './route.ts';

export * from './filings.shapes.ts';

const filingId = z.object({ filingId: z.uuid() });
const reason = z.string().trim().min(2).max(500).regex(written, '请写明原因');
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Which filings: a school year (the newest period without it), a unit, and what the list is narrowed to. */
export const filingFilter = {
  year: z.coerce.number().int().optional(),
  /** A county-level unit; the city or nothing for the whole scope. */
  unitId: z.coerce.number().int().optional(),
  state: z.union([filingState, z.array(filingState)]).optional(),
  /** `owed`: neither submitted nor further; `returned`: sent back and not yet submitted again; `changed`: differs
   * from what was approved last. */
  mark: z.enum(['owed', 'overdue', 'late', 'returned', 'changed', 'untouched', 'to-review', 'to-fill']).optional(),
  level: z.enum(['primary', 'junior', 'senior', 'special', 'vocational']).optional(),
  managedBy: z.enum(['county', 'city']).optional(),
  doubts: z.stringbool().optional(),
};

/** Sort columns: `name` (default), `code`, `state`, `submittedAt`, `updatedAt`, `findings`, `filled`. */
export const list = route({
  name: 'filings.list',
  method: 'GET',
  path: '/api/filings',
  access: 'filing.read',
  summary: '一个学年的填报列表，含状态、进度、疑点数和可办事项',
  query: listQuery.extend(filingFilter),
  output: listOutput(filingSummary),
});

export const progress = route({
  name: 'filings.progress',
  method: 'GET',
  path: '/api/filings/progress',
  access: 'filing.read',
  summary: '各单位填报进度：应报、未开始、填报中、待审核、已批准、已接收、逾期、有疑点',
  query: z.object({ year: filingFilter.year, unitId: filingFilter.unitId }),
  output: z.object({
    period: z
      .object({
        id: z.number().int(),
        schoolYear: z.number().int(),
        name: z.string(),
        state: z.string(),
        deadline: z.string(),
        daysLeft: z.number().int(),
        cityDeadline: z.string(),
        cityDaysLeft: z.number().int(),
      })
      .nullable(),
    /** One row a reviewing unit; 市直 schools are the row of the city. */
    rows: z.array(
      z.object({
        unitId: z.number().int(),
        unitName: z.string(),
        managedBy: z.enum(['county', 'city']),
        owes: z.number().int(),
        untouched: z.number().int(),
        draft: z.number().int(),
        submitted: z.number().int(),
        approved: z.number().int(),
        accepted: z.number().int(),
        returned: z.number().int(),
        late: z.number().int(),
        overdue: z.number().int(),
        doubts: z.number().int(),
        exempt: z.number().int(),
      }),
    ),
  }),
});

export const readCatalogue = route({
  name: 'filings.catalogue',
  method: 'GET',
  path: '/api/filing-catalogues/:edition',
  access: 'filing.read',
  summary: '数据项目录的一个版本：学段、分组、数据项、规则说明',
  params: z.object({ edition: z.string().max(60) }),
  output: catalogue,
});

export const read = route({
  name: 'filings.read',
  method: 'GET',
  path: '/api/filings/:filingId',
  access: 'filing.read',
  summary: '一份填报的全部内容：数据项、数值、去年值、疑点、经过、批注、可办事项',
  params: filingId,
  output: filingDetail,
});

export const saveCells = route({
  name: 'filings.saveCells',
  method: 'PATCH',
  path: '/api/filings/:filingId/cells',
  access: 'filing.fill',
  summary: '保存一批单元格（带版本）；同一格先到先得，后到者得到双方数值',
  params: filingId,
  body: z.object({
    changes: z
      .array(
        z.object({
          field: fieldKey,
          /** Absent: only the explanation changes. A text that is no number is kept and reported as a finding. */
          value: cellValue.optional(),
          explanation: z.string().trim().max(500).nullable().optional(),
          /** `n` of the cell that the person saw; 0 for a cell never written. */
          version: z.number().int().min(0),
        }),
      )
      .min(1)
      .max(500),
  }),
  output: saved,
});

export const copyLastYear = route({
  name: 'filings.copyLastYear',
  method: 'POST',
  path: '/api/filings/:filingId/last-year-values',
  access: 'filing.fill',
  summary: '复制去年值：只填入空着的校舍、图书等变化少的数据项',
  params: filingId,
  output: saved.extend({ copied: z.number().int() }),
});

export const cellHistory = route({
  name: 'filings.cellHistory',
  method: 'GET',
  path: '/api/filings/:filingId/cells/:field/history',
  access: 'filing.read',
  summary: '一个单元格的修改经过：何时、何人、由何值改为何值',
  params: filingId.extend({ field: fieldKey }),
  output: z.object({
    entries: z.array(
      z.object({
        at: z.iso.datetime({ offset: true }),
        actorName: z.string().nullable(),
        action: z.string(),
        before: cellValue,
        after: cellValue,
        explanation: z.string().nullable(),
      }),
    ),
  }),
});

export const comment = route({
  name: 'filings.comment',
  method: 'POST',
  path: '/api/filings/:filingId/comments',
  access: ['filing.fill', 'filing.return'],
  summary: '在一个单元格上写批注',
  params: filingId,
  body: z.object({ field: fieldKey, body: z.string().trim().min(1).max(1000).regex(written, '请写明内容') }),
  output: filingComment,
});

export const resolveComment = route({
  name: 'filings.resolveComment',
  method: 'POST',
  path: '/api/filings/:filingId/comments/:commentId/resolution',
  access: ['filing.fill', 'filing.return'],
  summary: '把一条批注标为已处理',
  params: filingId.extend({ commentId: z.uuid() }),
  output: filingComment,
});

/** `revision` is the one the person read: whoever decides about a filing that changed meanwhile is told. */
const decided = z.object({ revision: z.number().int() });

export const submit = route({
  name: 'filings.submit',
  method: 'POST',
  path: '/api/filings/:filingId/submission',
  access: 'filing.submit',
  summary: '提交审核；有硬性错误或未说明的疑点时拒绝并说明还缺什么',
  params: filingId,
  body: decided,
  output: stepped,
});

export const withdraw = route({
  name: 'filings.withdraw',
  method: 'POST',
  path: '/api/filings/:filingId/withdrawal',
  access: 'filing.submit',
  summary: '撤回尚未审核的提交',
  params: filingId,
  body: decided.extend({ reason: reason.optional() }),
  output: stepped,
});

export const returnFiling = route({
  name: 'filings.return',
  method: 'POST',
  path: '/api/filings/:filingId/return',
  access: 'filing.return',
  summary: '退回修改：须写原因；可只退回选定的数据项（连同硬性规则相关项开放）',
  params: filingId,
  body: decided.extend({ reason, fields: z.array(fieldKey).min(1).optional() }),
  output: stepped,
});

export const approve = route({
  name: 'filings.approve',
  method: 'POST',
  path: '/api/filings/:filingId/approval',
  access: 'filing.approve',
  summary: '批准一份填报（县级批准；市直学校由市级批准即接收）',
  params: filingId,
  body: decided,
  output: stepped,
});

export const approveRest = route({
  name: 'filings.approveRest',
  method: 'POST',
  path: '/api/filings/approvals',
  access: 'filing.approve',
  summary: '批准其余 N 所：对列明的填报逐一批准，状态已变的列出不批',
  body: z.object({
    filings: z
      .array(z.object({ filingId: z.uuid(), revision: z.number().int() }))
      .min(1)
      .max(500),
  }),
  output: steppedMany,
});

export const accept = route({
  name: 'filings.accept',
  method: 'POST',
  path: '/api/filings/:filingId/acceptance',
  access: 'filing.accept',
  summary: '市级接收一份已批准的填报',
  params: filingId,
  body: decided,
  output: stepped,
});

export const acceptSet = route({
  name: 'filings.acceptSet',
  method: 'POST',
  path: '/api/filings/acceptances',
  access: 'filing.accept',
  summary: '市级一次接收一个单位全部已批准的填报',
  body: z.object({ year: z.number().int(), unitId: z.number().int(), expected: z.number().int().min(1) }),
  output: steppedMany.extend({ remaining: z.number().int() }),
});

export const reopen = route({
  name: 'filings.reopen',
  method: 'POST',
  path: '/api/filings/:filingId/reopening',
  access: 'filing.reopen',
  summary: '重新开放已批准的填报：上一级接收前归批准人，接收后归上一级；须写原因',
  params: filingId,
  body: decided.extend({ reason, fields: z.array(fieldKey).min(1).optional() }),
  output: stepped,
});

export const extend = route({
  name: 'filings.extend',
  method: 'POST',
  path: '/api/filings/:filingId/extension',
  access: 'filing.extend',
  summary: '一次性延长一份填报的期限',
  params: filingId,
  body: z.object({ until: z.iso.date(), reason }),
  output: stepped,
});

export const remind = route({
  name: 'filings.remind',
  method: 'POST',
  path: '/api/filings/reminders',
  access: 'filing.remind',
  summary: '催报：一次提醒全部未报学校，或提醒选定的学校，留有记录',
  body: z.object({
    year: z.number().int(),
    unitId: z.number().int().optional(),
    /** Without it: every school of the unit that has not submitted. */
    filingIds: z.array(z.uuid()).min(1).max(500).optional(),
    note: z.string().trim().max(300).optional(),
  }),
  output: z.object({ reminded: z.number().int(), skippedToday: z.number().int() }),
});

export const grid = route({
  name: 'filings.grid',
  method: 'GET',
  path: '/api/filings/grid',
  access: 'filing.read',
  summary: '一个单位的填报表格：每校一行，选定分组或数据项为列',
  query: listQuery.extend({
    ...filingFilter,
    pageSize: z.coerce.number().int().min(1).max(500).default(300),
    group: fieldGroup.optional(),
    /** Field keys joined by commas; wins over `group`. */
    fields: z.string().max(4000).optional(),
  }),
  output: listOutput(gridRow).extend({ edition: z.string().nullable(), fields: z.array(fieldKey) }),
});

export const exportScreen = route({
  name: 'filings.export',
  method: 'GET',
  path: '/api/filings/export',
  access: 'filing.read',
  summary: '导出屏幕所见：同样的筛选、同样的列，xlsx 或 csv',
  query: listQuery.omit({ page: true, pageSize: true }).extend({
    ...filingFilter,
    group: fieldGroup.optional(),
    fields: z.string().max(4000).optional(),
    format: z.enum(['xlsx', 'csv']).default('xlsx'),
  }),
  output: file(workbookType, 'text/csv'),
});

export const printFiling = route({
  name: 'filings.print',
  method: 'GET',
  path: '/api/filings/:filingId/print',
  access: 'filing.read',
  summary: '打印、签字、盖章用的内容，带内容校验码',
  params: filingId,
  output: z.object({
    title: z.string(),
    schoolName: z.string(),
    schoolCode: z.string(),
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
