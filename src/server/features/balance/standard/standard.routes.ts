import * as balance from '#contract/balance/balance.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { findDefaultPeriod } from '#core/calendar/period.store.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import { contradictedAssumptions } from '#domain/balance/run/assumptions.ts';
import { basesOf, withBases } from '#domain/balance/standard/bases.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import { prepareStandard } from '#domain/balance/standard/prepared-standard.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { problem } from '#domain/kit/problem.ts';
import { recomputeBalance } from '../balance.jobs.ts';
import { presentStandard } from '../balance.shape.ts';
import { type BalanceHandle, listCounties } from '../balance.store.ts';
import { registerDay } from '../balance-selection.act.ts';
import { countConditions } from './condition.act.ts';
import { findStandard, insertRevision, listRevisions, type StandardRow } from './standard.store.ts';
import { editionOf, preparedStandard, readNewDefinition, standardFields } from './standards.shape.ts';
import { tryRevision } from './trial.act.ts';

const on = serving<BalanceHandle>();
type Ctx = Context<BalanceHandle>;
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
    const prepared = preparedStandard(row.definition);
    return {
      ...present(row, revisions),
      definition: prepared.standard,
      contradicted: [...contradictedAssumptions(prepared)],
      next: { kind: 'own' as const, number: revisions.filter(({ shipped }) => !shipped).length + 1 },
      bases: basesOfAll(revisions),
      can: { revise: mayRevise(ctx) },
    };
  }),

  on(balance.tryRevision, async (ctx, { params, body }) => {
    const { basis, standard } = await draftOf(ctx, params.key, body);
    const trial = await trialOf(ctx, basis, standard);
    const changed = trial.counties.filter(({ verdicts }) => verdicts[0] !== verdicts[1]).length;
    const levels = trial.counties.flatMap((county) => county.levels);
    const count = (list: 'joined' | 'left' | 'flipped') => levels.reduce((sum, level) => sum + level[list].length, 0);
    await ctx.record({
      action: 'standard.tried',
      ...objectOf(params.key, basis.revision),
      after: { joined: count('joined'), left: count('left'), flipped: count('flipped'), verdicts: changed },
    });
    return trial;
  }),

  on(balance.countConditions, async (ctx, { body }) => {
    const period = await findDefaultPeriod(ctx.db, 'school-year', ctx.today);
    const conditions = await countConditions(ctx.db, { period, places: ctx.scope.places }, body.conditions);
    return { year: period?.year ?? null, conditions };
  }),

  on(balance.revise, async (ctx, { params, body }) => {
    const { basis, standard } = await draftOf(ctx, params.key, body);
    // Approvals go on between trial and publication. What counts is that the effect is the one that was seen.
    const { digest } = await trialOf(ctx, basis, standard);
    if (digest !== body.trial) throw problem('standard.trialOutdated');
    const revision = basis.revision + 1;
    const added = await insertRevision(ctx.db, {
      key: params.key,
      revision,
      definition: standard,
      shipped: false,
      source: editionText(editionOf(basis)),
      note: body.note,
      createdAt: ctx.now,
      createdBy: signatureOf(ctx.actor),
    });
    if (!added) throw problem('thing.changed', { what: '这个标准' });
    await ctx.record({
      action: 'standard.revised',
      ...objectOf(params.key, revision),
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

/** What the audit names as the object of an act on a revision. */
function objectOf(key: string, revision: number) {
  return { objectType: 'balance-standard', objectId: `${key} ${revision}` };
}

/** The edition that is in force and the draft that somebody sends to follow it. */
async function draftOf(
  ctx: Ctx,
  key: string,
  { basis: revision, definition }: { readonly basis: number; readonly definition: BalanceStandard },
) {
  const basis = await findStandard(ctx.db, key);
  if (!basis) throw problem('thing.notFound', { what: '个标准' });
  if (basis.revision !== revision) throw problem('thing.changed', { what: '这个标准' });
  const exclusions = withBases(definition.exclusions, basesOfAll(await listRevisions(ctx.db, key)));
  // The key identifies the standard: a document with another key is not a revision of it.
  return { basis, standard: readNewDefinition({ ...definition, key, exclusions }) };
}

async function trialOf(ctx: Ctx, basis: StandardRow, standard: BalanceStandard) {
  return await tryRevision(ctx.db, {
    period: await findDefaultPeriod(ctx.db, 'school-year', ctx.today),
    places: ctx.scope.places,
    editions: [preparedStandard(basis.definition), prepareStandard(standard, standardFields())],
  });
}

/** The newest revision first: where it rests a condition on another document, that one counts. */
function basesOfAll(revisions: readonly Revision[]) {
  return basesOf(revisions.map(({ definition }) => preparedStandard(definition).standard));
}

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
