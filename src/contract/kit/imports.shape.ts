import { z } from 'zod';
import type { RequiredReach } from '#domain/access/actor.ts';
import { findingWeights } from '#domain/kit/finding-weight.ts';
import { type Access, file, route, upload, workbookType } from '../route.ts';

/** The common parts of every imported table: its preview, its confirmation, and its return with the findings. */

const importId = z.object({ importId: z.uuid() });

/** One place of a table that could not be imported as it is. */
const importFinding = z.object({
  /** The cell as Excel names it, with its sheet if there are several; the row in words if no cell can be named. */
  place: z.string(),
  /** The person or school of the row; empty if the row does not say. */
  subject: z.string(),
  /** The column or field; empty if the finding concerns the whole row. */
  part: z.string(),
  /** The content of the cell as text; null if nothing can be shown. */
  value: z.string().nullable(),
  rule: z.string(),
  allowed: z.string().nullable(),
});

/** Findings of one cause. `hard` findings forbid importing the table; `soft` ones will need an explanation. */
const importFindingGroup = z.object({
  cause: z.string(),
  title: z.string(),
  weight: z.enum(findingWeights),
  /** The first findings. */
  findings: z.array(importFinding).max(2000),
  /** The number of all findings, even if the list is cut. */
  total: z.number().int(),
});

/** The preview of a table. Nothing is written before the table is confirmed. Each feature defines its own `changes`. */
function previewOf<Changes extends z.ZodType>(changes: Changes) {
  return z.object({
    importId: z.uuid(),
    fileName: z.string(),
    /** The sheets that were read, without their headings; of a CSV file one without a name. */
    sheets: z.array(z.object({ name: z.string(), rows: z.number().int(), columns: z.number().int() })),
    /** The facts that were read from the table, as label and value in the words of the feature. */
    facts: z.array(z.tuple([z.string(), z.string()])),
    /** Notices about content that was read although it was written unusually, and about content that was left out. */
    notes: z.array(z.string()),
    changes,
    groups: z.array(importFindingGroup),
    hard: z.number().int(),
    soft: z.number().int(),
    /** Whether the table can be confirmed: nothing forbids it and there is something to import. */
    writable: z.boolean(),
    expiresAt: z.iso.datetime({ offset: true }),
  });
}

export type ImportFinding = z.output<typeof importFinding>;
export type ImportFindingGroup = z.output<typeof importFindingGroup>;
/** A preview whose changes are of this kind. */
export type ImportPreview<Changes = unknown> = Omit<z.output<ReturnType<typeof previewOf>>, 'changes'> & {
  changes: Changes;
};

interface ImportDefinition<
  Fields extends z.ZodObject,
  Changes extends z.ZodType,
  Take extends z.ZodObject | undefined,
  Taken extends z.ZodType,
> {
  /** The feature, which stands before the names of the routes. */
  readonly name: string;
  /** `/api/filing-imports` */
  readonly path: `/api/${string}`;
  readonly access: Access;
  /** How far the post must reach for each of the four routes; without it every reach may call them. */
  readonly reach?: RequiredReach;
  /** The name of the imported table, for the summaries: `学校表格`. */
  readonly what: string;
  /** The features whose reads become stale when the table is confirmed. */
  readonly touches?: readonly string[] | 'everything';
  readonly maxBytes: number;
  /** The fields sent with the file: the day from which it holds. */
  readonly fields: Fields;
  /** The changes that the table would make. */
  readonly changes: Changes;
  /** The fields sent with the confirmation: the number of a document. */
  readonly take?: Take;
  /** The result of the import. */
  readonly taken: Taken;
}

/**
 * The routes of one kind of table: preview it, open the preview again, confirm it whole exactly as previewed, download
 * it with its findings marked. Each feature has its own route for the empty template.
 */
export function importRoutes<
  const Name extends string,
  Fields extends z.ZodObject,
  Changes extends z.ZodType,
  Taken extends z.ZodType,
  Take extends z.ZodObject | undefined = undefined,
>(given: ImportDefinition<Fields, Changes, Take, Taken> & { readonly name: Name }) {
  const { name, path, what, changes } = given;
  const right = {
    access: given.access,
    ...(given.reach === undefined ? {} : { reach: given.reach }),
    scoped: true,
  };
  return {
    previewImport: route({
      name: `${name}.previewImport`,
      method: 'POST',
      path,
      ...right,
      summary: `上传${what}并检查：逐处列出问题，不写入任何数据；预览保留一天`,
      body: upload(given.maxBytes, given.fields),
      output: previewOf(changes),
    }),
    readImport: route({
      name: `${name}.readImport`,
      method: 'GET',
      path: `${path}/:importId`,
      ...right,
      summary: `重新打开${what}的预览`,
      params: importId,
      output: previewOf(changes),
    }),
    confirmImport: route({
      name: `${name}.confirmImport`,
      method: 'POST',
      path: `${path}/:importId/confirmation`,
      ...right,
      summary: `写入预览过的${what}：全部写入，或一处也不写；预览之后有了变化即停止`,
      touches: given.touches ?? [],
      params: importId,
      body: given.take as Take,
      output: given.taken,
    }),
    markedWorkbook: route({
      name: `${name}.markedWorkbook`,
      method: 'GET',
      path: `${path}/:importId/workbook`,
      ...right,
      summary: `下载标注后的${what}：有问题的单元格标红并附批注`,
      params: importId,
      output: file(workbookType),
    }),
  };
}
