import * as notices from '#contract/notices/notices.ts';
import { type Context, serving } from '#core/access/serve.ts';
import {
  type InboxHandle,
  type InboxRow,
  type Looking,
  listInbox,
  listInboxKinds,
  writeRead,
} from '#core/notices/inbox.store.ts';

const on = serving<InboxHandle>();

/** The inbox of whoever is at work. */
export const noticeRoutes = [
  on(notices.list, async (ctx, { query }) => {
    const { rows, total } = await listInbox(ctx.db, lookingOf(ctx), query);
    const kinds = await listInboxKinds(ctx.db, lookingOf(ctx));
    return { rows: rows.map(shapeOf), total, asOf: ctx.now.toISOString(), kinds };
  }),

  on(notices.read, async (ctx, { body }) => {
    const which = 'ids' in body ? { ids: body.ids } : { until: new Date(body.until) };
    const places = await writeRead(ctx.db, lookingOf(ctx), which);
    // One row for each place in which something was read, however much it was.
    await ctx.recordAll(
      [...new Set(places)].map((placeId) => ({
        action: 'notice.read',
        objectType: 'notice',
        objectId: 'ids' in body && body.ids.length === 1 ? body.ids[0]! : ctx.actor.userId,
        placeId,
        after: { notices: places.filter((one) => one === placeId).length },
      })),
    );
    return { read: places.length };
  }),
];

function lookingOf({ actor, scope, now }: Context<InboxHandle>): Looking {
  return { actor, scope, now };
}

function shapeOf({ id, kind, subjectType, subjectId, about, note, by, at, readAt }: InboxRow) {
  return {
    ...{ id, kind, subjectType, subjectId, about, note, by },
    ...{ at: at.toISOString(), readAt: readAt?.toISOString() ?? null },
  };
}
