import { z } from 'zod';
import { importRoutes } from '../kit/imports.shape.ts';
import { day } from '../kit/kit.shape.ts';
import { file, route, workbookType } from '../route.ts';
import { document } from './directory.shape.ts';

export const importTemplate = route({
  name: 'directory.importTemplate',
  method: 'GET',
  path: '/api/directory/schools/import-template',
  access: 'directory.manage',
  scoped: true,
  summary: '下载学校导入模板（含下拉选项和填写说明）',
  output: file(workbookType),
});

/** `day` is the day from which the changes hold; without it, today. */
export const schoolImport = importRoutes({
  name: 'directory',
  path: '/api/school-imports',
  access: 'directory.manage',
  // A table may hold schools of any kind in the whole unit: a post that does not reach all of it imports none.
  reach: 'unit',
  what: '学校表格',
  touches: 'everything',
  maxBytes: 8 * 1024 * 1024,
  fields: z.object({ day: day.optional() }),
  changes: z.object({
    /** The day from which the changes would hold. */
    day,
    /** The number of all rows; `rows` lists the first 5,000. */
    total: z.number().int(),
    rows: z.array(
      z.object({
        row: z.number().int(),
        code: z.string().nullable(),
        name: z.string(),
        countyName: z.string(),
        schoolTypeName: z.string(),
        act: z.enum(['open', 'rename', 'correct']),
        what: z.string(),
      }),
    ),
  }),
  take: z.object({ document }),
  taken: z.object({ opened: z.number().int(), renamed: z.number().int(), corrected: z.number().int() }),
});

export const { previewImport, readImport, confirmImport, markedWorkbook } = schoolImport;
