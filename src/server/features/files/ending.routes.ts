import * as contract from '#contract/files/attachments.ts';
import { type Served, serving } from '#core/access/serve.ts';
import { goneOn } from '#domain/file/notice.ts';
import { type EndingHandle, listEndingFor } from './ending.work.store.ts';
import type { Holders } from './holding.act.ts';

const on = serving<EndingHandle>();

export function endingRoutes(holders: () => Holders): readonly Served[] {
  return [
    on(contract.ending, async (ctx, { query }) => {
      const { rows, total } = await listEndingFor(ctx.db, holders(), ctx, query);
      return { rows: rows.map((row) => ({ ...row, goneOn: goneOn(row.keepUntil) })), total };
    }),
  ];
}
