import { findingImport, importTemplate } from '#contract/rectifications/import.ts';
import { serving } from '#core/access/serve.ts';
import { importing } from '#core/imports/importing.act.ts';
import { workbookReply } from '#platform/documents/workbook.ts';
import type { FindingHandle } from '../finding.store.ts';
import { listKinds } from '../kind.store.ts';
import { ledgerImporting } from './ledger-import.act.ts';
import { ledgerTemplate } from './ledger-template.workbook.ts';

const on = serving<FindingHandle>();

export const findingImportRoutes = [
  on(importTemplate, async (ctx) => {
    const kinds = (await listKinds(ctx.db)).filter(({ active }) => active).map(({ name }) => name);
    return workbookReply('整改台账模板.xlsx', ledgerTemplate(kinds), ctx.actor.userId);
  }),
  ...importing<FindingHandle>()(findingImport, ledgerImporting),
];
