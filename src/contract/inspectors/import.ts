import { z } from 'zod';
import { degrees, inspectorStages, sexes } from '#domain/inspection/inspector.ts';
import { mostEarlierTerms } from '#domain/inspection/terms.ts';
import { importRoutes } from '../kit/imports.shape.ts';
import { day } from '../kit/kit.shape.ts';
import { file, route, workbookType } from '../route.ts';
import { inspectorKind } from './inspectors.shape.ts';

export const importTemplate = route({
  name: 'inspectors.importTemplate',
  method: 'GET',
  path: '/api/inspector-imports/template',
  access: 'inspector.write',
  reach: 'unit',
  scoped: true,
  summary: '下载督学名册导入模板',
  output: file(workbookType),
});

export const inspectorImport = importRoutes({
  name: 'inspectors',
  path: '/api/inspector-imports',
  access: 'inspector.write',
  reach: 'unit',
  what: '督学名册',
  maxBytes: 8 * 1024 * 1024,
  fields: z.object({}),
  changes: z.array(
    z.object({
      name: z.string(),
      kind: inspectorKind,
      sex: z.enum(sexes).nullable(),
      birthYear: z.number().int().nullable(),
      employer: z.string(),
      post: z.string(),
      degree: z.enum(degrees).nullable(),
      professionalTitle: z.string(),
      educationYears: z.number().int().nullable(),
      stages: z.array(z.enum(inspectorStages)).max(inspectorStages.length),
      subjects: z.string(),
      certificateNumber: z.string().nullable(),
      phone: z.string(),
      from: day.nullable(),
      to: day.nullable(),
      documentNumber: z.string().nullable(),
      /** Terms before the present one, in the order of their days. */
      earlier: z
        .array(z.object({ from: day, to: day }))
        .max(mostEarlierTerms)
        .default([]),
      /** The entry of the register that this row repeats; taking changes nothing of it. */
      known: z.object({ id: z.uuid() }).optional(),
    }),
  ),
  taken: z.object({ entered: z.number().int(), serving: z.number().int() }),
});

export const { previewImport, readImport, confirmImport, markedWorkbook } = inspectorImport;
