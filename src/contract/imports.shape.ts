import { z } from 'zod';
import { type Access, file, route, upload } from './route.ts';

/** What every table that comes in has in common: how it is looked at, taken, and given back with its findings. */

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const importId = z.object({ importId: z.uuid() });

/** One place of a table that could not be taken as it is. */
const importFinding = z.object({
  /** As Excel names it, with its sheet where there are several; a row in words where no cell can be named. */
  place: z.string(),
  /** Whom the row is about; empty where the row does not say. */
  subject: z.string(),
  /** Which column or field; empty where it concerns the row. */
  part: z.string(),
  /** What stands there, as text; null where nothing can be shown. */
  value: z.string().nullable(),
  rule: z.string(),
  allowed: z.string().nullable(),
});

/** Findings of one cause. `hard` ones forbid taking the table, `soft` ones will ask for an explanation. */
const importFindingGroup = z.object({
  cause: z.string(),
  title: z.string(),
  weight: z.enum(['hard', 'soft']),
  /** The first of them. */
  findings: z.array(importFinding),
  /** All of them, also where the list is cut. */
  total: z.number().int(),
});

/** What was understood of a table; nothing of it is written before it is taken. `changes` is the feature's own. */
function previewOf<Changes extends z.ZodType>(changes: Changes) {
  return z.object({
    importId: z.uuid(),
    fileName: z.string(),
    /** The sheets that were read, without their headings; of a CSV file one without a name. */
    sheets: z.array(z.object({ name: z.string(), rows: z.number().int(), columns: z.number().int() })),
    /** Label and value of what was understood, in the words of the feature. */
    facts: z.array(z.tuple([z.string(), z.string()])),
    /** What was understood although it was written unusually, and what was left out. */
    notes: z.array(z.string()),
    changes,
    groups: z.array(importFindingGroup),
    hard: z.number().int(),
    soft: z.number().int(),
    /** Nothing forbids taking it, and there is something to take. */
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
  /** What comes in, for the summaries: `学校表格`. */
  readonly what: string;
  /** Whose reads become stale when it is taken. */
  readonly touches?: readonly string[] | 'everything';
  readonly maxBytes: number;
  /** What is said beside the file: from which day it holds. */
  readonly fields: Fields;
  /** What would change. */
  readonly changes: Changes;
  /** What is said when it is taken: the number of a document. */
  readonly take?: Take;
  /** What was done. */
  readonly taken: Taken;
}

/**
 * The routes of one kind of table: looked at, opened again, taken whole as it was looked at, given back with its findings
 * marked. The template to begin with is the feature's own.
 */
export function importRoutes<
  const Name extends string,
  Fields extends z.ZodObject,
  Changes extends z.ZodType,
  Taken extends z.ZodType,
  Take extends z.ZodObject | undefined = undefined,
>(given: ImportDefinition<Fields, Changes, Take, Taken> & { readonly name: Name }) {
  const { name, path, access, what, changes } = given;
  return {
    previewImport: route({
      name: `${name}.previewImport`,
      method: 'POST',
      path,
      access,
      scoped: true,
      summary: `上传${what}并检查：逐处列出问题，不写入任何数据；预览保留一天`,
      body: upload(given.maxBytes, given.fields),
      output: previewOf(changes),
    }),
    readImport: route({
      name: `${name}.readImport`,
      method: 'GET',
      path: `${path}/:importId`,
      access,
      scoped: true,
      summary: `重新打开${what}的预览`,
      params: importId,
      output: previewOf(changes),
    }),
    confirmImport: route({
      name: `${name}.confirmImport`,
      method: 'POST',
      path: `${path}/:importId/confirmation`,
      access,
      scoped: true,
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
      access,
      scoped: true,
      summary: `下载标注后的${what}：有问题的单元格标红并附批注`,
      params: importId,
      output: file(workbookType),
    }),
  };
}
