import { z } from 'zod';
import { revision } from '../kit/steps.shape.ts';
import { file, listOutput, listQuery, route, workbookType } from '../route.ts';
import {
  foundBodies,
  inspectorDetail,
  inspectorFilter,
  inspectorForm,
  inspectorParams,
  inspectorSummary,
  stepped,
} from './inspectors.shape.ts';

export * from './inspectors.shape.ts';
export * from './own.ts';
export * from './photograph.ts';
export * from './steps.ts';

/** Sort columns: `place` (default), `name`, `kind`, `state`, `employer`, `termTo`. */
export const list = route({
  name: 'inspectors.list',
  method: 'GET',
  path: '/api/inspectors',
  access: 'inspector.read',
  reach: 'unit',
  scoped: true,
  summary: '督学名册：按类别、状态、单位、学段、待办筛选，按姓名、单位、证号、拼音查找',
  query: listQuery.extend(inspectorFilter),
  output: listOutput(inspectorSummary),
});

export const workbook = route({
  name: 'inspectors.workbook',
  method: 'GET',
  path: '/api/inspectors/workbook',
  access: 'inspector.read',
  reach: 'unit',
  scoped: true,
  summary: '按列表的筛选和排序下载督学名册（Excel）',
  query: z.object({ ...inspectorFilter, search: listQuery.shape.search, sort: listQuery.shape.sort }),
  output: file(workbookType),
});

export const read = route({
  name: 'inspectors.read',
  method: 'GET',
  path: '/api/inspectors/:inspectorId',
  access: 'inspector.read',
  reach: 'unit',
  scoped: true,
  summary: '一名督学：登记表、聘任条件逐项、任期、经历、材料、办理经过；回避事项只给登记和审核的人员',
  params: inspectorParams,
  output: inspectorDetail,
});

export const enter = route({
  name: 'inspectors.enter',
  method: 'POST',
  path: '/api/inspectors',
  access: 'inspector.write',
  reach: 'unit',
  scoped: true,
  summary: '登记一名督学或专家；关联账户的，由本人补充登记表',
  body: inspectorForm,
  output: stepped,
});

export const edit = route({
  name: 'inspectors.edit',
  method: 'PUT',
  path: '/api/inspectors/:inspectorId',
  access: 'inspector.write',
  reach: 'unit',
  summary: '修改登记表：推荐以前，或在任期间',
  params: inspectorParams,
  body: inspectorForm.extend(revision.shape),
  output: stepped,
});

export const bodies = route({
  name: 'inspectors.bodies',
  method: 'GET',
  path: '/api/inspector-bodies',
  access: 'inspector.write',
  reach: 'unit',
  scoped: true,
  summary: '按名称、代码、拼音查找单位和学校，用于登记工作单位、任职经历和回避事项',
  ...foundBodies,
});

export const avoidance = route({
  name: 'inspectors.avoidance',
  method: 'GET',
  path: '/api/inspectors/:inspectorId/avoidance',
  access: ['inspector.write', 'inspector.review'],
  reach: 'unit',
  scoped: true,
  summary: '核对一名督学对一个单位或一所学校是否须回避，逐条给出理由和依据',
  params: inspectorParams,
  query: z.object({ unitId: z.coerce.number().int().optional(), schoolId: z.coerce.number().int().optional() }),
  output: z.object({
    subject: z.string(),
    /** Bodies that the inspector declared and no register knows: a person has to look. */
    unlinked: z.array(z.string()).max(100),
    grounds: z
      .array(
        z.object({
          case: z.enum(['head', 'family', 'own', 'other']),
          effect: z.enum(['block', 'ask']),
          reason: z.string(),
          source: z.string(),
        }),
      )
      .max(100),
  }),
});
