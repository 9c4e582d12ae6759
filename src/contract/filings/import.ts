import { z } from 'zod';
import { instant } from '../kit.shape.ts';
import { file, route, upload } from '../route.ts';
import { cellValue, fieldKey } from './filings.shape.ts';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const importId = z.object({ importId: z.uuid() });

/** One cell of a workbook that could not be taken as it is. */
const importError = z.object({
  sheet: z.string(),
  cell: z.string(),
  schoolName: z.string(),
  field: fieldKey.nullable(),
  /** What stands in the cell, as text. */
  value: z.string(),
  rule: z.string(),
  allowed: z.string().nullable(),
});

/** What was understood of a workbook; nothing of it is written before the confirmation. */
export const importPreview = z.object({
  importId: z.uuid(),
  fileName: z.string(),
  kind: z.enum(['school', 'county']),
  unitName: z.string(),
  periodName: z.string(),
  understood: z.object({
    sheets: z.array(z.object({ name: z.string(), rows: z.number().int(), columns: z.number().int() })),
    schools: z.number().int(),
    columns: z.number().int(),
    /** Cells with a value, and those of them that equal what is stored. */
    cells: z.number().int(),
    unchanged: z.number().int(),
    emptyRows: z.number().int(),
  }),
  changes: z.object({
    cells: z.number().int(),
    schools: z.number().int(),
    /** At most 50. */
    sample: z.array(
      z.object({
        schoolName: z.string(),
        field: fieldKey,
        sheet: z.string(),
        cell: z.string(),
        before: cellValue,
        after: cellValue,
      }),
    ),
  }),
  /** What was understood although it was written unusually (full-width digits, numbers as text), and what was left out. */
  notes: z.array(z.string()),
  /** Errors by cause; `hard` ones forbid writing, `soft` ones will ask for an explanation. */
  groups: z.array(
    z.object({
      cause: z.string(),
      title: z.string(),
      weight: z.enum(['hard', 'soft']),
      errors: z.array(importError),
    }),
  ),
  hard: z.number().int(),
  soft: z.number().int(),
  writable: z.boolean(),
  expiresAt: instant,
});

export const schoolTemplate = route({
  name: 'filings.schoolTemplate',
  method: 'GET',
  path: '/api/filings/:filingId/template',
  access: 'filing.read',
  scoped: true,
  summary: '下载一所学校的填报模板（已填入现值）',
  params: z.object({ filingId: z.uuid() }),
  output: file(workbookType),
});

export const countyTemplate = route({
  name: 'filings.countyTemplate',
  method: 'GET',
  path: '/api/filings/template',
  access: 'filing.read',
  scoped: true,
  summary: '下载一个单位全部学校的填报模板（已填入现值）',
  query: z.object({ year: z.coerce.number().int().optional(), unitId: z.coerce.number().int() }),
  output: file(workbookType),
});

/** The workbook's hidden stamp says which filing or unit it is for; the fields only guard against a slip of the hand. */
const askedFields = z.object({
  filingId: z.uuid().optional(),
  unitId: z.coerce.number().int().optional(),
  year: z.coerce.number().int().min(2000).max(2200).optional(),
});

export const previewImport = route({
  name: 'filings.previewImport',
  method: 'POST',
  path: '/api/filing-imports',
  access: 'filing.fill',
  scoped: true,
  summary: '上传工作簿并预览：逐格列出错误，不写入任何数据；filingId 或 unitId、year 用来核对对象',
  body: upload(10 * 1024 * 1024, askedFields),
  output: importPreview,
});

export const readImport = route({
  name: 'filings.readImport',
  method: 'GET',
  path: '/api/filing-imports/:importId',
  access: 'filing.fill',
  scoped: true,
  summary: '重新打开尚未写入的导入预览',
  params: importId,
  output: importPreview,
});

export const confirmImport = route({
  name: 'filings.confirmImport',
  method: 'POST',
  path: '/api/filing-imports/:importId/confirmation',
  access: 'filing.fill',
  scoped: true,
  summary: '全部写入：要么全部写入，要么一格不写；预览后被他人改动的单元格会使写入停止',
  params: importId,
  output: z.object({ filings: z.number().int(), cells: z.number().int() }),
});

export const markedWorkbook = route({
  name: 'filings.markedWorkbook',
  method: 'GET',
  path: '/api/filing-imports/:importId/workbook',
  access: 'filing.fill',
  scoped: true,
  summary: '下载标注后的表格：模板中填好上传的数值，错误单元格标红并附批注',
  params: importId,
  output: file(workbookType),
});
