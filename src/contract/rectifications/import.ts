import { z } from 'zod';
import { importRoutes } from '../kit/imports.shape.ts';
import { day } from '../kit/kit.shape.ts';
import { file, route, workbookType } from '../route.ts';
import { findingSeverity, findingState } from './rectifications.shape.ts';

export const importTemplate = route({
  name: 'rectifications.importTemplate',
  method: 'GET',
  path: '/api/finding-imports/template',
  access: 'rectification.enter',
  reach: 'unit',
  scoped: true,
  summary: '下载整改台账导入模板',
  output: file(workbookType),
});

export const findingImport = importRoutes({
  name: 'rectifications',
  path: '/api/finding-imports',
  access: 'rectification.enter',
  reach: 'unit',
  what: '整改台账',
  maxBytes: 8 * 1024 * 1024,
  fields: z.object({}),
  changes: z.array(
    z.object({
      title: z.string(),
      kind: z.string(),
      severity: findingSeverity,
      dutyName: z.string(),
      dutyPerson: z.string(),
      measure: z.string(),
      foundOn: day,
      dueOn: day.nullable(),
      report: z.string(),
      closedOn: day.nullable(),
      /** The finding of the ledger that this row repeats; taking changes nothing of it. */
      known: z.object({ id: z.uuid(), state: findingState, dueOn: day.nullable() }).optional(),
    }),
  ),
  taken: z.object({ entered: z.number().int(), closed: z.number().int() }),
});

export const { previewImport, readImport, confirmImport, markedWorkbook } = findingImport;
