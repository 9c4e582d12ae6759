import * as balance from '#contract/balance/balance.ts';
import { serving } from '#core/access/serve.ts';
import { findDefaultPeriod } from '#core/calendar/period.store.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { recomputeBalance } from '../balance.jobs.ts';
import { presentStandard } from '../balance.shape.ts';
import { type BalanceHandle, listCounties } from '../balance.store.ts';
import { registerDay } from '../balance-selection.act.ts';
import { findStandard, insertRevision, listRevisions } from './standard.store.ts';
import { preparedStandard, readNewDefinition } from './standards.shape.ts';

const on = serving<BalanceHandle>();
type Revision = Awaited<ReturnType<typeof listRevisions>>[number];

export const balanceStandardRoutes = [
  on(balance.standards, async (ctx) => {
    const revisions = await listRevisions(ctx.db);
    return { standards: revisions.map((row) => present(row, revisions)), can: { revise: mayRevise(ctx) } };
  }),

  on(balance.standard, async (ctx, { params, query }) => {
    const revisions = await listRevisions(ctx.db, params.key);
    const row = revisions.find((one) => query.revision === undefined || one.revision === query.revision);
    if (!row) throw problem('thing.notFound', { what: '个标准' });
    return {
      ...present(row, revisions),
      definition: preparedStandard(row.definition).standard,
      can: { revise: mayRevise(ctx) },
    };
  }),

  on(balance.revise, async (ctx, { params, body }) => {
    const basis = await findStandard(ctx.db, params.key);
    if (!basis) throw problem('thing.notFound', { what: '个标准' });
    if (basis.revision !== body.basis) throw problem('thing.changed', { what: '这个标准' });
    // The key identifies the standard: a document with another key is not a revision of it.
    const standard = readNewDefinition({ ...body.definition, key: params.key });
    const revision = basis.revision + 1;
    const added = await insertRevision(ctx.db, {
      key: params.key,
      revision,
      definition: standard,
      shipped: false,
      source: `第 ${basis.revision} 次修订`,
      note: body.note,
      createdAt: ctx.now,
      createdBy: signatureOf(ctx.actor),
    });
    if (!added) throw problem('thing.changed', { what: '这个标准' });
    await ctx.record({
      action: 'standard.revised',
      objectType: 'balance-standard',
      objectId: `${params.key} ${revision}`,
      before: { definition: basis.definition },
      after: { definition: standard, note: body.note },
    });
    // The year under way is judged by the new revision; earlier years keep the runs that they have.
    const period = await findDefaultPeriod(ctx.db, 'school-year', ctx.today);
    for (const { id: countyId } of period ? await listCounties(ctx.db, ctx.scope.places, registerDay(period)) : []) {
      await ctx.enqueue(recomputeBalance, { places: [countyId], countyId, periodId: period!.id });
    }
    const revisions = await listRevisions(ctx.db, params.key);
    return present(revisions.find((row) => row.revision === revision)!, revisions);
  }),
];

function mayRevise(ctx: { actor: Parameters<typeof holds>[0] }): boolean {
  return holds(ctx.actor, 'standard.manage');
}

function present(row: Revision, all: readonly Revision[]) {
  return {
    ...presentStandard(row),
    effectiveFrom: row.effectiveFrom,
    effectiveTo: row.effectiveTo,
    source: row.source,
    note: row.note,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    newest: all.every((other) => other.key !== row.key || other.revision <= row.revision),
    runs: Number(row.runs ?? 0),
  };
}
