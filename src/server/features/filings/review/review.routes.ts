import * as filings from '#contract/filings/filings.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { type Advanced, advance, advanceAll, type StepRequest } from '#core/workflow/advance.act.ts';
import { fieldOf, isEntered, sectionsOf } from '#domain/filing/catalogue.ts';
import type { FilingStepAction } from '#domain/filing/flow.ts';
import { standing } from '#domain/flow/deadline.ts';
import { problem } from '#domain/kit/problem.ts';
import { loadFiling, lockFilingFor } from '../filing.act.ts';
import { countFilings, findFilingIds } from '../filing.list.store.ts';
import { steppedShape } from '../filing.shape.ts';
import { writeExtension } from '../filing.step.store.ts';
import { type FilingHandle, type FullFiling, lockFilings, recordOf } from '../filing.store.ts';
import { catalogueOf } from '../filing-catalogues.shape.ts';
import { check, uncheck } from './check.act.ts';
import { filingWorkflow } from './step.act.ts';
import { undo } from './undo.act.ts';

const on = serving<FilingHandle>();
type Ctx = Context<FilingHandle>;

export const filingReviewRoutes = [
  on(filings.submit, (ctx, { params, body }) => step(ctx, params.filingId, body.revision, { action: 'submit' })),

  on(filings.withdraw, (ctx, { params, body }) =>
    step(ctx, params.filingId, body.revision, { action: 'withdraw', reason: body.reason }),
  ),

  on(filings.returnFiling, async (ctx, { params, body }) => {
    assertKnownFields(await loadFiling(ctx, params.filingId), body.fields);
    return step(ctx, params.filingId, body.revision, { action: 'return', reason: body.reason, parts: body.fields });
  }),

  on(filings.check, async (ctx, { params, body }) => {
    const checked = await check(ctx, params.filingId, body.revision, body.note || null);
    return steppedShape(checked, ctx.actor, ctx.today);
  }),

  on(filings.uncheck, async (ctx, { params }) => {
    return steppedShape(await uncheck(ctx, params.filingId), ctx.actor, ctx.today);
  }),

  on(filings.approve, (ctx, { params, body }) => step(ctx, params.filingId, body.revision, { action: 'approve' })),

  on(filings.approveRest, async (ctx, { body }) => {
    // Each filing is judged for itself in the flow; the permission of the route opens the door.
    const revisions = new Map(body.filings.map(({ filingId, revision }) => [filingId, revision]));
    const found = await lockFilings(ctx.db, ctx.scope, [...revisions.keys()]);
    const result = steppedMany(await advanceAll(ctx, filingWorkflow, found, { action: 'approve' }, revisions));
    return { ...result, refused: [...result.refused, ...unknown(revisions, found)] };
  }),

  on(filings.accept, (ctx, { params, body }) => step(ctx, params.filingId, body.revision, { action: 'accept' })),

  on(filings.acceptSet, async (ctx, { body }) => {
    const filter = { year: body.year, unitId: body.unitId, managedBy: 'county' as const };
    const { actor, today } = ctx;
    const approved = { filter: { ...filter, state: 'approved' as const }, actor, today };
    // The number that the person saw must be the number that is taken: a school approved meanwhile is looked at first.
    const locked = await lockFilings(ctx.db, ctx.scope, await findFilingIds(ctx.db, ctx.scope, approved));
    const ready = locked.filter((filing) => filing.state === 'approved');
    if (ready.length !== body.expected) {
      throw problem('filing.setChanged', { expected: body.expected, found: ready.length });
    }
    const result = steppedMany(await advanceAll(ctx, filingWorkflow, ready, { action: 'accept' }));
    const open = { filter: { ...filter, state: ['draft', 'submitted'] as const }, actor, today };
    return { ...result, remaining: await countFilings(ctx.db, ctx.scope, open) };
  }),

  on(filings.reopen, async (ctx, { params, body }) => {
    assertKnownFields(await loadFiling(ctx, params.filingId), body.fields);
    return step(ctx, params.filingId, body.revision, { action: 'reopen', reason: body.reason, parts: body.fields });
  }),

  on(filings.undo, async (ctx, { body }) => steppedMany(await undo(ctx, body))),

  on(filings.extend, async (ctx, { params, body }) => {
    const filing = await lockFilingFor(ctx, params.filingId, 'extend');
    const { day } = standing(filing, filing.extension, ctx.today);
    if (body.until <= day || body.until < ctx.today) throw problem('filing.extensionTooShort', { deadline: day });
    const written = await writeExtension(ctx.db, filing, body.until, ctx.now);
    const extended = { before: { deadline: day }, after: { deadline: body.until, reason: body.reason } };
    await ctx.record(recordOf(filing, 'filing.extended', { fields: ['deadline'], ...extended }));
    return steppedShape({ ...filing, ...written }, ctx.actor, ctx.today);
  }),
];

/** One act on one filing, with where the filing stands then. */
async function step(ctx: Ctx, filingId: string, revision: number, request: StepRequest<FilingStepAction>) {
  return steppedShape(await advance(ctx, filingWorkflow, filingId, revision, request), ctx.actor, ctx.today);
}

/** The result of an act on many filings; refused ones are listed by name. */
function steppedMany({ done, refused }: Advanced<FullFiling>) {
  return {
    done: done.length,
    filingIds: done.map(({ id }) => id),
    refused: refused.map(({ row, refusal }) => ({
      filingId: row.id,
      schoolName: row.name,
      message: refusal.message,
    })),
  };
}

/** A return names fields that the school fills; other fields would have no effect. */
function assertKnownFields(filing: FullFiling, fields: readonly string[] | undefined): void {
  const catalogue = catalogueOf(filing.edition);
  const sections = sectionsOf(catalogue, filing.schoolType);
  for (const key of fields ?? []) {
    const field = fieldOf(catalogue, key);
    if (!field || !isEntered(field) || !sections.includes(field.section)) {
      throw problem('filing.unknownField', { field: key });
    }
  }
}

/** Ids that lead to nothing in this person's place: named like the other refusals. */
function unknown(revisions: ReadonlyMap<string, number>, found: readonly FullFiling[]) {
  const known = new Set(found.map((filing) => filing.id));
  const { message } = problem('thing.notFound', { what: '份填报' });
  return [...revisions.keys()]
    .filter((id) => !known.has(id))
    .map((filingId) => ({ filingId, schoolName: '', message }));
}
