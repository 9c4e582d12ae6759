import * as imports from '#contract/directory/import.ts';
import { serving } from '#core/access/serve.ts';
import { importing } from '#core/imports/importing.act.ts';
import { workbookReply } from '#platform/documents/workbook.ts';
import type { DirectoryHandle } from '../directory.store.ts';
import { listUnits } from '../unit/unit.store.ts';
import { schoolImporting } from './school-import.act.ts';
import { importTemplate } from './school-import.workbook.ts';

const on = serving<DirectoryHandle>();

/** Schools from a table: first a preview, then everything is written or nothing. */
export const schoolImportRoutes = [
  on(imports.importTemplate, async (ctx) =>
    workbookReply('学校导入模板.xlsx', importTemplate(await listUnits(ctx.db)), ctx.actor.userId),
  ),
  ...importing<DirectoryHandle>()(imports.schoolImport, schoolImporting),
];
