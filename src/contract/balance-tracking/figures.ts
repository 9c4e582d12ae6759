import { z } from 'zod';
import { importRoutes } from '../kit/imports.shape.ts';
import { day } from '../kit/kit.shape.ts';
import { file, route, workbookType } from '../route.ts';
import { level, newPlanYear, newPublication, publication, schoolYear } from './tracking.shape.ts';

/** What the province published, and the planned years of 优质均衡. */

export const publications = route({
  name: 'balance-tracking.publications',
  method: 'GET',
  path: '/api/province-figures',
  access: 'tracking.read',
  reach: 'unit',
  scoped: true,
  summary: '一个学年省公布的各县（市、区）数据',
  query: z.object({ year: schoolYear.optional() }),
  output: z.object({
    year: z.number().int(),
    standardName: z.string(),
    /** The figures that can be entered for each level, the composite first. */
    indicators: z.array(z.object({ key: z.string(), name: z.string() })).max(50),
    rows: z
      .array(
        z.object({
          countyId: z.number().int(),
          name: z.string(),
          publication: publication.nullable(),
          /** Composite and number of schools of the run that is shown, by which figures in the wrong place are noticed. */
          ours: z.array(z.object({ level, indicator: z.string(), value: z.number() })).max(4),
        }),
      )
      .max(200),
    mayEnter: z.boolean(),
  }),
});

export const recordFigures = route({
  name: 'balance-tracking.recordFigures',
  method: 'POST',
  path: '/api/province-figures',
  access: 'tracking.manage',
  reach: 'city',
  scoped: true,
  summary: '录入省公布的一个县一学年的数据；更正的写明原因，原来的保留',
  body: newPublication,
  output: z.object({ id: z.uuid() }),
});

export const planYear = route({
  name: 'balance-tracking.planYear',
  method: 'POST',
  path: '/api/balance-plan-years',
  access: 'tracking.manage',
  reach: 'city',
  scoped: true,
  summary: '登记一个县优质均衡的计划年度和文号；修改的保留原来的',
  body: newPlanYear,
  output: z.object({ id: z.uuid() }),
});

export const figuresTemplate = route({
  name: 'balance-tracking.figuresTemplate',
  method: 'GET',
  path: '/api/province-figure-imports/template',
  access: 'tracking.manage',
  reach: 'city',
  scoped: true,
  summary: '下载省公布数据导入模板：每县一行',
  output: file(workbookType),
});

export const figuresImport = importRoutes({
  name: 'balance-tracking',
  path: '/api/province-figure-imports',
  access: 'tracking.manage',
  reach: 'city',
  what: '省公布数据',
  maxBytes: 4 * 1024 * 1024,
  fields: z.object({}),
  changes: z.array(
    z.object({
      year: z.number().int(),
      countyName: z.string(),
      countyId: z.number().int().nullish(),
      documentNumber: z.string(),
      edition: z.string(),
      publishedOn: day,
      source: z.string(),
      reason: z.string(),
      /** The publication that this row would correct. */
      replaces: z.uuid().nullish(),
      figures: z.array(z.object({ level, indicator: z.string(), value: z.string() })),
    }),
  ),
  taken: z.object({ entered: z.number().int(), revised: z.number().int() }),
});

export const { previewImport, readImport, confirmImport, markedWorkbook } = figuresImport;
