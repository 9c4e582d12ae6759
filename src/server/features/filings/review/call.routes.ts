import * as filings from '#contract/filings/filings.ts';
import { serving } from '#core/access/serve.ts';
import { workbookReply } from '#platform/documents/workbook.ts';
import type { FilingHandle } from '../filing.store.ts';
import { listCalls } from './call.act.ts';
import { callSheet } from './call.workbook.ts';

const on = serving<FilingHandle>();

/** 电话催报单: whom no mail has reached is called. */
export const filingCallRoutes = [
  on(filings.callList, (ctx, { query }) => listCalls(ctx, query)),

  on(filings.exportCalls, async (ctx, { query }) => {
    const { rows } = await listCalls(ctx, query);
    return workbookReply(`电话催报单_${ctx.today}.xlsx`, [callSheet(rows, ctx.today)], ctx.actor.userId);
  }),
];
