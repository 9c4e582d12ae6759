import { exportDraft, exportWorkbook, frameworkImport } from '#contract/frameworks/workbook.ts';
import { serving } from '#core/access/serve.ts';
import { digestOfBytes } from '#core/evidence/digest.ts';
import { importing } from '#core/imports/importing.act.ts';
import { readEdition } from '#domain/framework/edition/prepare-edition.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import { workbookReply } from '#platform/documents/workbook.ts';
import { findDraft } from '../draft.store.ts';
import { wordsOfEdition } from '../framework.shape.ts';
import { type FrameworkHandle, findEdition } from '../framework.store.ts';
import { frameworkWorkbook } from './framework.workbook.ts';
import { frameworkImporting } from './framework-import.act.ts';

const on = serving<FrameworkHandle>();

export const frameworkWorkbookRoutes = [
  on(exportWorkbook, async (ctx, { params, query }) => {
    const row = await findEdition(ctx.db, params.key, query.revision);
    if (row === undefined) throw problem('thing.notFound', { what: '个指标体系的版本' });
    const edition = readEdition(row.definition);
    const sheets = frameworkWorkbook(edition, row.hash, wordsOfEdition(edition));
    return workbookReply(`${row.title}_${row.edition}_${row.hash.slice(0, 8)}.xlsx`, sheets, ctx.actor.userId);
  }),

  on(exportDraft, async (ctx, { params }) => {
    const row = await findDraft(ctx.db, ctx.scope.places, params.draftId);
    if (row === undefined) throw problem('thing.notFound', { what: '份草稿' });
    const edition = readEdition(row.definition);
    const hash = digestOfBytes(canonicalJson(edition));
    return workbookReply(
      `${row.title}_草稿_${hash.slice(0, 8)}.xlsx`,
      frameworkWorkbook(edition, hash, wordsOfEdition(edition)),
      ctx.actor.userId,
    );
  }),

  ...importing<FrameworkHandle>()(frameworkImport, frameworkImporting),
];
