import { z } from 'zod';
import { evaluationSteps, mostSubjects } from '#domain/evaluation/lists.ts';
import { frameworkKey, markedEdition } from '../kit/edition-name.shape.ts';
import { setDay } from '../kit/kit.shape.ts';
import { revision } from '../kit/steps.shape.ts';
import { writtenReason, writtenText } from '../kit/texts.shape.ts';
import { file, listOutput, listQuery, route, workbookType } from '../route.ts';
import {
  burden,
  campaignDetail,
  campaignForm,
  campaignKind,
  campaignParams,
  campaignState,
  campaignSummary,
  checkForm,
  heatCell,
  matrixRow,
  reasoned,
  stepped,
  subjectSlot,
  year,
} from './campaigns.shape.ts';

export * from './campaigns.shape.ts';
export * from './seats.ts';

const filter = {
  kind: campaignKind.optional(),
  state: campaignState.optional(),
  year: z.coerce.number().int().optional(),
  /** Those that are open while all their evaluations have ended. */
  ended: z.stringbool().optional(),
};
const act = {
  params: campaignParams,
  output: stepped,
  method: 'POST',
  reach: 'unit',
  touches: ['evaluations'],
} as const;
const readOne = {
  params: campaignParams,
  access: 'campaign.read',
  reach: 'unit',
  method: 'GET',
  scoped: true,
} as const;

/** Sort columns: `openedAt` (default, the newest first), `title`, `year`, `state`. */
export const list = route({
  name: 'campaigns.list',
  method: 'GET',
  path: '/api/campaigns',
  access: 'campaign.read',
  reach: 'unit',
  scoped: true,
  summary: '督导评估项目：按种类、状态、年度、是否待结束筛选',
  query: listQuery.extend(filter),
  output: listOutput(campaignSummary).extend({ can: z.object({ create: z.boolean() }) }),
});

export const workbook = route({
  name: 'campaigns.workbook',
  method: 'GET',
  path: '/api/campaigns/workbook',
  access: 'campaign.read',
  reach: 'unit',
  scoped: true,
  summary: '按筛选下载督导评估项目（Excel），标明各自的指标体系是不是官方文本',
  query: z.object({ ...filter, search: listQuery.shape.search, sort: listQuery.shape.sort }),
  output: file(workbookType),
});

/** What a new campaign of a kind would be: from an earlier one, or from the kind alone. */
export const template = route({
  name: 'campaigns.template',
  method: 'GET',
  path: '/api/campaign-template',
  access: 'campaign.manage',
  reach: 'unit',
  scoped: true,
  summary: '新项目的模板：按种类，或按以前的一个项目',
  query: z.object({
    kind: campaignKind,
    earlierId: z.uuid().optional(),
    year: z.coerce.number().pipe(year).optional(),
  }),
  output: z.object({
    form: campaignForm,
    /** `open`: places of it that are unseen or not countable. Such an edition is drafted with and not opened by. */
    editions: z.array(markedEdition.extend({ open: z.number().int() })).max(200),
    edition: z.object({ key: frameworkKey, revision: z.number().int() }).nullable(),
    earlier: z.array(z.object({ id: z.uuid(), title: z.string() })).max(30),
    units: z.array(z.object({ id: z.number().int(), name: z.string() })).max(500),
    subjects: z.number().int(),
  }),
});

export const create = route({
  name: 'campaigns.create',
  method: 'POST',
  path: '/api/campaigns',
  access: 'campaign.manage',
  reach: 'unit',
  scoped: true,
  summary: '新建督导评估项目（草稿）；对象先取模板的全部',
  body: campaignForm
    .extend({
      kind: campaignKind,
      editionKey: frameworkKey,
      editionRevision: z.number().int().min(1),
      earlierId: z.uuid().nullable(),
    })
    .superRefine(checkForm),
  output: stepped,
});

export const read = route({
  ...readOne,
  name: 'campaigns.read',
  path: '/api/campaigns/:campaignId',
  summary: '一个督导评估项目：安排、规则、还缺什么、办理经过',
  output: campaignDetail,
});

export const matrix = route({
  ...readOne,
  name: 'campaigns.matrix',
  path: '/api/campaigns/:campaignId/matrix',
  summary: '对象和步骤的矩阵：日期、进度、逾期、得分',
  query: listQuery.extend({ step: z.enum(evaluationSteps).optional(), late: z.stringbool().optional() }),
  output: listOutput(matrixRow),
});

export const matrixWorkbook = route({
  ...readOne,
  name: 'campaigns.matrixWorkbook',
  path: '/api/campaigns/:campaignId/matrix/workbook',
  summary: '按筛选下载对象和步骤的矩阵（Excel）',
  query: z.object({
    search: listQuery.shape.search,
    sort: listQuery.shape.sort,
    step: z.enum(evaluationSteps).optional(),
  }),
  output: file(workbookType),
});

export const heat = route({
  ...readOne,
  name: 'campaigns.heat',
  path: '/api/campaigns/:campaignId/heat',
  summary: '对象和指标分支的得分率',
  query: z.object({ layer: z.enum(['self', 'county', 'city']).default('city') }),
  output: z.object({
    branches: z.array(z.object({ code: z.string(), title: z.string().nullable(), max: z.string().nullable() })).max(60),
    rows: z
      .array(z.object({ evaluationId: z.uuid(), name: z.string(), cells: z.array(heatCell).max(60) }))
      .max(mostSubjects),
  }),
});

export const burdenOf = route({
  ...readOne,
  name: 'campaigns.burden',
  path: '/api/campaigns/:campaignId/burden',
  summary: '开启以前的负担测算：指标数、自动取数、要填写的和工时',
  output: burden,
});

export const edit = route({
  ...act,
  name: 'campaigns.edit',
  method: 'PUT',
  path: '/api/campaigns/:campaignId',
  access: 'campaign.manage',
  summary: '修改草稿：指标体系、名称、年度、单位、规则、时间安排',
  body: campaignForm
    .extend({
      ...revision.shape,
      /** The edition by which it is to judge; left out it stays. */
      edition: z.object({ key: frameworkKey, revision: z.number().int().min(1) }).optional(),
      /** The days of subjects in the step that goes in slots; those that are not named stay. */
      slots: z.array(subjectSlot).max(mostSubjects).optional(),
    })
    .superRefine(checkForm),
});

/** Units and schools that a campaign may have as subjects, by filter. */
export const subjects = route({
  ...readOne,
  name: 'campaigns.subjects',
  path: '/api/campaigns/:campaignId/subjects',
  summary: '可以列为对象的单位或学校，已列的带标记',
  query: listQuery.extend({
    countyId: z.coerce.number().int().optional(),
    schoolType: z.string().max(40).optional(),
    chosen: z.stringbool().optional(),
  }),
  output: listOutput(
    z.object({
      countyId: z.number().int(),
      schoolId: z.number().int().nullable(),
      name: z.string(),
      unitName: z.string(),
      type: z.string().nullable(),
      chosen: z.boolean(),
      /** Why the edition is not meant for it: it cannot be taken in. */
      unfit: z.string().nullable(),
    }),
    /** How many are chosen, and how many of those that were found cannot be. */
  ).extend({ chosen: z.number().int(), unfit: z.number().int() }),
});

/** Chooses all that the filter finds, or those that are named; what was chosen before and is not meant stays. */
export const chooseSubjects = route({
  ...act,
  name: 'campaigns.chooseSubjects',
  method: 'PUT',
  path: '/api/campaigns/:campaignId/subjects',
  access: 'campaign.manage',
  summary: '列入或移出评估对象',
  body: revision.extend({
    add: z.boolean(),
    countyId: z.number().int().nullable(),
    schoolType: z.string().max(40).nullable(),
    search: writtenText(60),
    /** Null: all that the filter finds. */
    only: z
      .array(z.object({ countyId: z.number().int(), schoolId: z.number().int().nullable() }))
      .max(mostSubjects)
      .nullable(),
  }),
});

export const open = route({
  ...act,
  name: 'campaigns.open',
  path: '/api/campaigns/:campaignId/opening',
  access: 'campaign.manage',
  touches: ['evaluations', 'official-documents', 'notices'],
  summary: '开启：锁定指标体系版本，给每个对象建立评估，通知到位',
  body: revision.extend({ letter: z.boolean().default(true) }),
});

export const extend = route({
  ...act,
  name: 'campaigns.extend',
  path: '/api/campaigns/:campaignId/extension',
  access: 'campaign.manage',
  touches: ['evaluations', 'notices'],
  summary: '延期：一个步骤的截止日，全部或部分对象，写明原因；以后的步骤顺延',
  body: reasoned.extend({
    step: z.enum(evaluationSteps),
    to: setDay,
    /** Another first day, for named subjects in the step that goes in slots: then the last day may be any that is not before it. */
    from: setDay.nullable().default(null),
    evaluationIds: z.array(z.uuid()).min(1).max(mostSubjects).nullable(),
  }),
});

export const remind = route({
  ...act,
  name: 'campaigns.remind',
  path: '/api/campaigns/:campaignId/reminder',
  access: 'campaign.manage',
  touches: ['notices'],
  summary: '提醒没有办完当前步骤的对象',
  body: revision.extend({ evaluationIds: z.array(z.uuid()).min(1).max(mostSubjects).nullable() }),
});

export const moveOn = route({
  ...act,
  name: 'campaigns.moveOn',
  path: '/api/campaigns/:campaignId/move',
  access: 'campaign.manage',
  touches: ['evaluations', 'notices'],
  summary: '转入下一步：全部或部分可以转入的对象；其余逐一写明缺什么',
  body: revision.extend({
    step: z.enum(evaluationSteps),
    evaluationIds: z.array(z.uuid()).min(1).max(mostSubjects).nullable(),
    /** Where notice was given otherwise than by the letter: its number. */
    reason: writtenReason(300).nullable().default(null),
  }),
});

export const dropPartner = route({
  ...act,
  name: 'campaigns.dropPartner',
  path: '/api/campaigns/:campaignId/partner-removal',
  access: 'campaign.manage',
  touches: ['evaluations', 'official-documents'],
  summary: '配合单位退出，写明原因：以后的公文由牵头单位一家出具；已拟、正等会签的公文一并免去会签',
  body: reasoned,
});

export const cancel = route({
  ...act,
  name: 'campaigns.cancel',
  path: '/api/campaigns/:campaignId/cancellation',
  access: 'campaign.manage',
  changesRights: true,
  touches: ['evaluations', 'notices'],
  summary: '取消项目，写明原因，通知到位，记录保留',
  body: reasoned,
});

export const close = route({
  ...act,
  name: 'campaigns.close',
  path: '/api/campaigns/:campaignId/closing',
  access: 'campaign.manage',
  changesRights: true,
  summary: '结束项目：每个对象都已办结或取消',
  body: revision,
});
