import { z } from 'zod';
import { importRoutes } from '../kit/imports.shape.ts';
import { file, route, workbookType } from '../route.ts';
import { cellValue, fieldKey } from './filings.shape.ts';

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

const changedCell = z.object({
  schoolName: z.string(),
  field: fieldKey,
  /** `填报表!E12` */
  place: z.string(),
  before: cellValue,
  after: cellValue,
});

/** The workbook's hidden stamp names its filing or unit; the fields only guard against picking the wrong file. */
export const filingImport = importRoutes({
  name: 'filings',
  path: '/api/filing-imports',
  access: 'filing.fill',
  what: '填报工作簿',
  maxBytes: 10 * 1024 * 1024,
  fields: z.object({
    filingId: z.uuid().optional(),
    unitId: z.coerce.number().int().optional(),
    year: z.coerce.number().int().min(2000).max(2200).optional(),
  }),
  changes: z.object({
    cells: z.number().int(),
    schools: z.number().int(),
    /** At most 50. */
    sample: z.array(changedCell).max(50),
  }),
  taken: z.object({ filings: z.number().int(), cells: z.number().int() }),
});

export const { previewImport, readImport, confirmImport, markedWorkbook } = filingImport;
