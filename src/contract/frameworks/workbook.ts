import { z } from 'zod';
import { importRoutes } from '../kit/imports.shape.ts';
import { file, route, workbookType } from '../route.ts';
import { editionName, editionPoints, frameworkKey, frameworkSubjects } from './framework.shape.ts';

export const exportWorkbook = route({
  name: 'frameworks.exportWorkbook',
  method: 'GET',
  path: '/api/frameworks/:key/workbook',
  access: 'framework.read',
  reach: 'unit',
  scoped: true,
  summary: '导出一个版本的工作簿（Excel）：可以改过以后再导入，没有改动时校验码不变',
  params: z.object({ key: frameworkKey }),
  query: z.object({ revision: z.coerce.number().int().min(1).optional() }),
  output: file(workbookType),
});

export const exportDraft = route({
  name: 'frameworks.exportDraft',
  method: 'GET',
  path: '/api/framework-drafts/:draftId/workbook',
  access: 'framework.manage',
  reach: 'city',
  scoped: true,
  summary: '导出一份草稿的工作簿（Excel）',
  params: z.object({ draftId: z.uuid() }),
  output: file(workbookType),
});

/** One indicator as it was understood. */
const understood = z.object({
  code: z.string(),
  parent: z.string().nullable(),
  title: z.string(),
  points: editionPoints,
  /** The name of its scoring method; null for an inner indicator. */
  method: z.string().nullable(),
  /** The words from which the method was guessed; null where it was not guessed. */
  guessedFrom: z.string().nullable(),
  /** `指标!C7` */
  place: z.string(),
});

export const frameworkImport = importRoutes({
  name: 'frameworks',
  path: '/api/framework-imports',
  access: 'framework.manage',
  reach: 'city',
  what: '指标体系工作簿',
  maxBytes: 8 * 1024 * 1024,
  fields: z.object({
    /** For which subjects it is, where the workbook was not exported from this product. */
    subject: z.enum(frameworkSubjects).default('county'),
  }),
  changes: z.object({
    title: z.string(),
    edition: z.string(),
    key: frameworkKey,
    /** The digest of what was read, as it would stand in an edition of this content. */
    hash: z.string(),
    /** The published edition that has exactly this content. */
    same: editionName.nullable(),
    /** Whether the workbook was exported from this product and carries what the table does not show. */
    isCarried: z.boolean(),
    indicators: z.array(understood).max(5000),
    /** Visible cells that differ from what the workbook carries: they count. */
    edits: z
      .array(z.object({ place: z.string(), code: z.string(), column: z.string(), from: z.string(), to: z.string() }))
      .max(5000),
  }),
  taken: z.object({ draftId: z.uuid(), leaves: z.number().int() }),
});

export const { previewImport, readImport, confirmImport, markedWorkbook } = frameworkImport;
