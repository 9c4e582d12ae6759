import { z } from 'zod';
import { day } from '../kit.shape.ts';
import { file, route, upload } from '../route.ts';
import { workbookType } from './directory.shape.ts';

/** One fault of an uploaded table: where it is, what stands there, which rule it breaks, what would be allowed. */
export const importFinding = z.object({
  sheet: z.string(),
  row: z.number().int(),
  /** As Excel names it: `C14`; the row in words where the cell is empty. */
  cell: z.string(),
  column: z.string(),
  value: z.string(),
  rule: z.string(),
  allowed: z.string(),
});

export const importPreview = z.object({
  fileName: z.string(),
  /** Both to be sent with the confirmation: what is written is what was looked at, in the file and in the register. */
  fileHash: z.string(),
  planHash: z.string(),
  /** From when the changes would hold. */
  day,
  sheet: z.string(),
  /** What was not read although it looks as if it belonged to the table, and rows that were passed over. */
  notes: z.array(z.string()),
  rows: z.number().int(),
  opens: z.number().int(),
  renames: z.number().int(),
  corrects: z.number().int(),
  unchanged: z.number().int(),
  findings: z.array(importFinding),
  /** All findings, also where the list is cut. */
  findingCount: z.number().int(),
  /** All changes, at most 5,000. */
  changes: z.array(
    z.object({
      row: z.number().int(),
      code: z.string().nullable(),
      name: z.string(),
      act: z.enum(['open', 'rename', 'correct']),
      what: z.string(),
    }),
  ),
});

export const importTemplate = route({
  name: 'directory.importTemplate',
  method: 'GET',
  path: '/api/directory/schools/import-template',
  access: 'directory.manage',
  scoped: true,
  summary: '下载学校导入模板（含下拉选项和填写说明）',
  output: file(workbookType),
});

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const maxBytes = 8 * 1024 * 1024;
/** The day of the changes; today where none is given. */
const previewFields = z.object({ day: day.optional() });

export const previewImport = route({
  name: 'directory.previewImport',
  method: 'POST',
  path: '/api/directory/schools/import/preview',
  access: 'directory.manage',
  scoped: true,
  summary: '检查学校表格（Excel 或 CSV），逐格列出错误；不写入；day 是变动日期，不填为当天',
  body: upload(maxBytes, previewFields),
  output: importPreview,
});

/** The same check as the preview, told in the table itself. */
export const markImport = route({
  name: 'directory.markImport',
  method: 'POST',
  path: '/api/directory/schools/import/marked',
  access: 'directory.manage',
  scoped: true,
  summary: '检查学校表格并下载标注后的表格：有问题的单元格标红并附批注；不写入',
  body: upload(maxBytes, previewFields),
  output: file(workbookType),
});

export const confirmImport = route({
  name: 'directory.confirmImport',
  method: 'POST',
  path: '/api/directory/schools/import',
  access: 'directory.manage',
  scoped: true,
  summary: '写入检查过的学校表格：全部写入，或一行也不写',
  touches: ['filings', 'balance', 'people'],
  body: upload(
    maxBytes,
    z.object({ fileHash: hash, planHash: hash, day, document: z.string().trim().max(60).optional() }),
  ),
  output: z.object({ opened: z.number().int(), renamed: z.number().int(), corrected: z.number().int() }),
});
