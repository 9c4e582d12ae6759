import * as outgoing from '#contract/settings/outgoing.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { deleteOutgoing, insertOutgoing, listOutgoing, type OutgoingHandle } from './outgoing.store.ts';
import { recordSetting } from './setting.act.ts';

const on = serving<OutgoingHandle>();

const { mostOutgoing } = outgoing;
const targetOf = ({ host, port }: { host: string; port: number }) => `${host}:${port}`;

/** Where the program may connect to: mail servers now, and whatever else it will speak to. */
export const outgoingRoutes = [
  on(outgoing.listOutgoing, async (ctx) => replyOf(ctx)),

  on(outgoing.addOutgoing, async (ctx, { body }) => {
    if ((await listOutgoing(ctx.db)).length >= mostOutgoing) {
      throw problem('request.bound', { what: '外部地址', most: mostOutgoing, unit: '个', way: '请先去掉不用的' });
    }
    const row = { ...body, addedBy: signatureOf(ctx.actor), addedAt: ctx.now };
    if (!(await insertOutgoing(ctx.db, row))) throw problem('thing.nothingChanges', { what: '外部地址' });
    await recordSetting(ctx, 'outgoingAdded', targetOf(body), { after: { ...body } });
    return replyOf(ctx);
  }),

  on(outgoing.removeOutgoing, async (ctx, { body }) => {
    const removed = await deleteOutgoing(ctx.db, body);
    if (removed === undefined) throw problem('thing.nothingChanges', { what: '外部地址' });
    await recordSetting(ctx, 'outgoingRemoved', targetOf(body), { before: { ...body, ...removed } });
    return replyOf(ctx);
  }),
];

async function replyOf(ctx: Context<OutgoingHandle>) {
  const rows = await listOutgoing(ctx.db);
  return { rows: rows.map((row) => ({ ...row, addedAt: row.addedAt.toISOString() })) };
}
