import { importTemplate, inspectorImport } from '#contract/inspectors/import.ts';
import { serving } from '#core/access/serve.ts';
import { importing } from '#core/imports/importing.act.ts';
import { workbookReply } from '#platform/documents/workbook.ts';
import type { InspectorHandle } from '../inspector.store.ts';
import { registerImporting } from './register-import.act.ts';
import { registerTemplate } from './register-template.workbook.ts';

const on = serving<InspectorHandle>();

export const inspectorImportRoutes = [
  on(importTemplate, async (ctx) => workbookReply('督学名册模板.xlsx', registerTemplate(), ctx.actor.userId)),
  ...importing<InspectorHandle>()(inspectorImport, registerImporting),
];
