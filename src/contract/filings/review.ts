import { z } from 'zod';
import { undoableFilingActions } from '#domain/filing/flow.ts';
import { meaningfulText } from '#domain/kit/meaningful-text.ts';
import { managingLevels } from '#domain/org/school-facts.ts';
import { day } from '../kit/kit.shape.ts';
import { revision } from '../kit/steps.shape.ts';
import { writtenReason, writtenText } from '../kit/texts.shape.ts';
import { listQuery, route } from '../route.ts';
import { fieldKey, filingFilter, filingParams, stepped, steppedMany } from './filings.shape.ts';

/**
 * The acts that move a filing forwards or back, and the acts of the reviewing level on its deadline. A decision about a filing that
 * changed meanwhile is refused. There is one exception: more fields of a partly returned filing can be sent back although the school
 * has typed meanwhile.
 */

const reason = writtenReason(500);

export const submit = route({
  name: 'filings.submit',
  method: 'POST',
  path: '/api/filings/:filingId/submission',
  access: 'filing.submit',
  summary: '提交审核；有硬性错误或未说明的疑点时拒绝并说明还缺什么',
  touches: ['balance', 'files'],
  params: filingParams,
  body: revision,
  output: stepped,
});

export const withdraw = route({
  name: 'filings.withdraw',
  method: 'POST',
  path: '/api/filings/:filingId/withdrawal',
  access: 'filing.submit',
  summary: '撤回尚未审核的提交',
  touches: ['balance', 'files'],
  params: filingParams,
  body: revision.extend({ reason: reason.optional() }),
  output: stepped,
});

export const returnFiling = route({
  name: 'filings.return',
  method: 'POST',
  path: '/api/filings/:filingId/return',
  access: 'filing.return',
  summary: '退回修改：须写原因；可只退回选定的数据项（连同硬性规则相关项开放）',
  touches: ['balance', 'files'],
  params: filingParams,
  body: revision.extend({ reason, fields: z.array(fieldKey).min(1).optional() }),
  output: stepped,
});

export const check = route({
  name: 'filings.check',
  method: 'POST',
  path: '/api/filings/:filingId/check',
  access: 'filing.return',
  summary: '核过：无批准权的审核人看过、交给批准人；可写一句话，版本不变，撤回、退回、批准后自动消失',
  params: filingParams,
  body: revision.extend({ note: writtenText(500).regex(meaningfulText, '请写明内容').optional() }),
  output: stepped,
});

export const uncheck = route({
  name: 'filings.uncheck',
  method: 'DELETE',
  path: '/api/filings/:filingId/check',
  access: 'filing.return',
  summary: '取消核过',
  params: filingParams,
  output: stepped,
});

export const approve = route({
  name: 'filings.approve',
  method: 'POST',
  path: '/api/filings/:filingId/approval',
  access: 'filing.approve',
  summary: '批准一份填报（县级批准；市直学校由市级批准即接收）',
  touches: ['balance', 'files'],
  params: filingParams,
  body: revision,
  output: stepped,
});

export const approveRest = route({
  name: 'filings.approveRest',
  method: 'POST',
  path: '/api/filings/approvals',
  access: 'filing.approve',
  scoped: true,
  summary: '批准其余 N 所：对列明的填报逐一批准，状态已变的列出不批',
  touches: ['balance', 'files'],
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
  touches: ['balance', 'files'],
  params: filingParams,
  body: revision,
  output: stepped,
});

export const acceptSet = route({
  name: 'filings.acceptSet',
  method: 'POST',
  path: '/api/filings/acceptances',
  access: 'filing.accept',
  reach: 'city',
  scoped: true,
  summary: '市级一次接收一个单位全部已批准的填报',
  touches: ['balance', 'files'],
  body: z.object({ year: z.number().int(), unitId: z.number().int(), expected: z.number().int().min(1) }),
  output: steppedMany.extend({ remaining: z.number().int() }),
});

export const reopen = route({
  name: 'filings.reopen',
  method: 'POST',
  path: '/api/filings/:filingId/reopening',
  access: 'filing.reopen',
  summary: '重新开放已批准的填报：上一级接收前归批准人，接收后归上一级；须写原因',
  touches: ['balance', 'files'],
  params: filingParams,
  body: revision.extend({ reason, fields: z.array(fieldKey).min(1).optional() }),
  output: stepped,
});

export const undo = route({
  name: 'filings.undo',
  method: 'POST',
  path: '/api/filings/undo',
  /** The act that is taken back decides which of them is needed. */
  access: ['filing.submit', 'filing.return', 'filing.approve', 'filing.accept', 'filing.reopen'],
  summary: '撤销本人一分钟内的提交、撤回、退回、核过、批准、接收、重新开放；之后又有变动的不撤销并说明',
  touches: ['balance', 'files'],
  body: z.object({
    action: z.enum(undoableFilingActions),
    /** As many as one act moves: the filings of a unit. */
    filingIds: z.array(z.uuid()).min(1).max(2000),
  }),
  output: steppedMany,
});

export const extend = route({
  name: 'filings.extend',
  method: 'POST',
  path: '/api/filings/:filingId/extension',
  access: 'filing.extend',
  summary: '一次性延长一份填报的期限',
  params: filingParams,
  body: z.object({ until: day, reason }),
  output: stepped,
});

/** Which schools: the filters of the list, and of these the filings in draft that were never submitted. */
const reminded = { ...filingFilter, search: listQuery.shape.search };

export const remindable = route({
  name: 'filings.remindable',
  method: 'GET',
  path: '/api/filings/remindable',
  access: 'filing.remind',
  scoped: true,
  summary: '按列表的筛选，可以催报的未报学校数，按审核单位分列',
  query: z.object(reminded),
  output: z.object({
    /** The units that review; 市直 schools are in the row of the city. A unit without such schools is left out. */
    units: z.array(
      z.object({
        unitId: z.number().int(),
        unitName: z.string(),
        managedBy: z.enum(managingLevels),
        schools: z.number().int(),
      }),
    ),
    /** 市直 schools of the same selection that have not filed either and that only the city reminds; 0 for the city. */
    cityManaged: z.number().int(),
  }),
});

export const remind = route({
  name: 'filings.remind',
  method: 'POST',
  path: '/api/filings/reminders',
  access: 'filing.remind',
  summary: '催报：按列表的筛选一次提醒全部未报学校，或提醒选定的学校，留有记录',
  body: z.object({
    ...reminded,
    year: z.number().int(),
    unitId: z.number().int().optional(),
    doubts: z.boolean().optional(),
    /** Only these, also the ones that were sent back. Without it: every school of the filter that has not submitted. */
    filingIds: z.array(z.uuid()).min(1).max(500).optional(),
    note: writtenText(300).optional(),
  }),
  output: z.object({
    reminded: z.number().int(),
    /** Schools that were reminded today already and now read the new note in place of the one before. */
    corrected: z.number().int(),
    /** Schools that were reminded today already, where nothing was to be corrected. */
    skippedToday: z.number().int(),
    /** As in `remindable`: 市直 schools of the selection that this reminder does not reach. */
    cityManaged: z.number().int(),
  }),
});
