import type { RouteOutput } from '#contract/route.ts';
import * as retention from '#contract/settings/retention.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { changedMeanwhile } from '#core/audit/last-change.ts';
import { objectOf, retentionEntry, termRevised } from '#core/audit/retention.shape.ts';
import {
  getKind,
  insertHold,
  listKinds,
  mustHaveTerm,
  type RetentionHandle,
  type RetentionKind,
  writeLift,
  writeTerm,
} from '#core/audit/retention.store.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';

const on = serving<RetentionHandle>();

/** What is kept for how long, and holds that stop the removal. */
export const retentionRoutes = [
  on(retention.listRetention, async (ctx) => replyOf(ctx)),

  on(retention.changeTerm, async (ctx, { params, body }) => {
    const kind = await getKind(ctx.db, params.kind);
    const { years, basis, revision } = body;
    mustHaveTerm(kind);
    if (years !== null && years < kind.leastYears) {
      const message = `“${kind.title}”至少保存 ${kind.leastYears} 年，期限不能更短`;
      throw problem('request.invalid', { issues: [{ path: 'years', message }] });
    }
    if (years === kind.years && basis === kind.basis) throw problem('thing.nothingChanges', { what: '保管期限' });
    const read = { key: kind.key, revision };
    if (!(await writeTerm(ctx.db, read, { years, basis }, signatureOf(ctx.actor), ctx.now))) {
      throw await changedMeanwhile(ctx, '保管期限', { id: objectOf(kind.key) }, termRevised);
    }
    await ctx.record(
      retentionEntry(kind, 'setting.termChanged', {
        before: { years: kind.years, basis: kind.basis },
        after: { years, basis },
      }),
    );
    return replyOf(ctx);
  }),

  on(retention.holdRetention, async (ctx, { params, body }) => {
    const kind = await getKind(ctx.db, params.kind);
    mustHaveTerm(kind);
    if (kind.holds.length >= retention.mostHolds) {
      throw problem('request.bound', {
        ...{ what: '暂停清理', most: retention.mostHolds, unit: '项', way: '请先解除不需要的' },
      });
    }
    await insertHold(ctx.db, kind.key, { id: newId(), reason: body.reason, placedBy: signatureOf(ctx.actor) });
    await ctx.record(retentionEntry(kind, 'setting.retentionHeld', { after: { reason: body.reason } }));
    return replyOf(ctx);
  }),

  on(retention.liftRetention, async (ctx, { params, body }) => {
    const kind = await getKind(ctx.db, params.kind);
    const lifted = await writeLift(ctx.db, kind.key, signatureOf(ctx.actor), ctx.now);
    if (lifted.length === 0) throw problem('thing.nothingChanges', { what: '暂停清理' });
    for (const { reason } of lifted) {
      await ctx.record(
        retentionEntry(kind, 'setting.retentionLifted', { before: { reason }, after: { liftedFor: body.reason } }),
      );
    }
    return replyOf(ctx);
  }),
];

async function replyOf(ctx: Context<RetentionHandle>) {
  return { rows: (await listKinds(ctx.db)).map(shownKind) };
}

/** A kind as the page shows it. */
function shownKind({
  changedAt,
  changedBy,
  holds,
  proof,
  ...kind
}: RetentionKind): RouteOutput<typeof retention.listRetention>['rows'][number] {
  return {
    ...kind,
    changed: changedAt === null || changedBy === null ? null : { at: changedAt.toISOString(), by: changedBy },
    holds: holds.map((hold) => ({ ...hold, placedAt: hold.placedAt.toISOString() })),
    proof: proof && {
      checkedAt: proof.checkedAt.toISOString(),
      removal: proof.removal && {
        ...{ removed: proof.removal.removed, digest: proof.removal.digest },
        at: proof.removal.at.toISOString(),
        oldest: proof.removal.oldest.toISOString(),
        newest: proof.removal.newest.toISOString(),
      },
    },
  };
}
