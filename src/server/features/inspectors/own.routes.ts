import * as inspectors from '#contract/inspectors/inspectors.ts';
import { serving } from '#core/access/serve.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { presentOwn } from './detail.act.ts';
import { changedBy, readOwnForm, readRelation } from './form.act.ts';
import { loadOwn, lockOwn, overtaken, recordOf } from './inspector.act.ts';
import { listBodies, mostBodies } from './inspector.detail.store.ts';
import { listOwn } from './inspector.list.store.ts';
import { type InspectorHandle, updateInspector, writeBeside, writeDeclared } from './inspector.store.ts';
import { listed } from './listed.shape.ts';
import { handPaper } from './steps/paper.act.ts';

const on = serving<InspectorHandle>();

/** Entries of one person: far more than anybody has. */
const mostOwn = 40;

/** What an inspector does with the own entry: the row names the account, and the policies ask for it wherever the row lies. */
export const ownRoutes = [
  on(inspectors.mine, async ({ db, actor, today }) => {
    const own = await listOwn(db, actor.userId, mostOwn);
    return { rows: own.map((row) => listed(row, today)) };
  }),

  on(inspectors.own, async (ctx, { params }) => presentOwn(ctx, await loadOwn(ctx, params.inspectorId))),

  // The names of the register are open to everybody who fills the own form or declares something, and to nobody else from outside.
  on(inspectors.ownBodies, async (ctx, { params, query }) => {
    const { state } = await loadOwn(ctx, params.inspectorId);
    if (state !== 'draft' && state !== 'serving') throw problem('inspector.formClosed');
    return { rows: await listBodies(ctx.db, query.search, mostBodies) };
  }),

  on(inspectors.fill, async (ctx, { params, body: { revision, ...form } }) => {
    if ((await loadOwn(ctx, params.inspectorId)).state !== 'draft') throw problem('inspector.formClosed');
    const inspector = await lockOwn(ctx, params.inspectorId);
    if (inspector.revision !== revision) throw await overtaken(inspector, ctx);
    const read = await readOwnForm(ctx, form);
    const { fields } = await changedBy(ctx, inspector, read);
    if (fields.length === 0 && inspector.filledOn !== null) {
      throw problem('thing.nothingChanges', { what: '登记表' });
    }
    await updateInspector(ctx.db, inspector, { ...read.content, filledOn: ctx.today }, ctx.now);
    await writeBeside(ctx.db, inspector, read.posts, read.relations);
    await ctx.record(recordOf(inspector, 'filled', { fields: [...fields, 'filledOn'] }));
    return presentOwn(ctx, await loadOwn(ctx, params.inspectorId));
  }),

  on(inspectors.declare, async (ctx, { params, body }) => {
    const inspector = await loadOwn(ctx, params.inspectorId);
    if (inspector.state !== 'serving') throw problem('inspector.declareClosed');
    const relation = await readRelation(ctx, body);
    const at = await writeDeclared(ctx.db, inspector, relation, { name: signatureOf(ctx.actor), at: ctx.now });
    // Somebody ended the appointment meanwhile.
    if (at === null) throw problem('inspector.declareClosed');
    if (at === 0) throw problem('inspector.relationsFull');
    await ctx.record(recordOf(inspector, 'declared', { fields: ['relations'] }));
    return presentOwn(ctx, await loadOwn(ctx, params.inspectorId));
  }),

  on(inspectors.handOwnPaper, async (ctx, { params, body }) => {
    const inspector = await loadOwn(ctx, params.inspectorId);
    await handPaper(ctx, inspector, body);
    return presentOwn(ctx, inspector);
  }),
];
