import * as inspectors from '#contract/inspectors/inspectors.ts';
import { serving } from '#core/access/serve.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { avoidanceOf, unlinkedBodies } from '#domain/inspection/avoidance.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { presentDetail } from './detail.act.ts';
import { changedBy, changedLine, readForm, tellInspector } from './form.act.ts';
import { loadInspector, lockFor, recordOf } from './inspector.act.ts';
import {
  findSubject,
  listBodies,
  listPosts,
  listRelations,
  mostBodies,
  writeEarlierTerms,
} from './inspector.detail.store.ts';
import { findInspectors, listInspectors, mostExported } from './inspector.list.store.ts';
import {
  type InspectorHandle,
  insertInspector,
  updateInspector,
  writeAccountBeside,
  writeBeside,
} from './inspector.store.ts';
import { registerReply } from './inspector.workbook.ts';
import { inspectorRules } from './inspector-rules.shape.ts';
import { listed } from './listed.shape.ts';

const on = serving<InspectorHandle>();

export const inspectorRoutes = [
  on(inspectors.list, async (ctx, { query }) => {
    const { actor, today } = ctx;
    const { rows, total } = await listInspectors(ctx.db, ctx.scope, { filter: query, actor, today });
    return { rows: rows.map((row) => listed(row, today)), total };
  }),

  on(inspectors.workbook, async (ctx, { query }) => {
    const { actor, today } = ctx;
    const rows = await findInspectors(ctx.db, ctx.scope, { filter: query, actor, today }, mostExported);
    return registerReply(rows, today, actor.userId);
  }),

  on(inspectors.read, async (ctx, { params }) => presentDetail(ctx, await loadInspector(ctx, params.inspectorId))),

  on(inspectors.enter, async (ctx, { body }) => {
    const placeId = ctx.actor.unitId;
    if (placeId === null) throw problem('access.denied');
    const id = newId();
    const { content, posts, relations, earlierTerms } = await readForm(ctx, body, { placeId, id });
    const { now } = ctx;
    await insertInspector(ctx.db, { ...content, placeId, id, enteredByName: signatureOf(ctx.actor), at: now });
    const own = { placeId, id, personId: content.personId };
    await writeBeside(ctx.db, own, posts, relations);
    if (earlierTerms !== undefined) await writeEarlierTerms(ctx.db, own, earlierTerms);
    const entered = await loadInspector(ctx, id);
    await writeSteps(ctx.db, [{ subject: entered, from: 'draft', to: 'draft' }], {
      ...{ action: 'entered', actor: ctx.actor, at: now },
    });
    await ctx.record(recordOf(entered, 'entered'));
    await tellInspector(ctx, entered, 'inspector.formAsked');
    return { id, state: entered.state, revision: entered.revision };
  }),

  on(inspectors.edit, async (ctx, { params, body: { revision, ...form } }) => {
    const inspector = await lockFor(ctx, params.inspectorId, 'edit', revision);
    // Whoever is in office was judged and announced in this kind: another one is another appointment.
    if (inspector.state === 'serving' && form.kind !== inspector.kind) throw problem('inspector.kindServing');
    const read = await readForm(ctx, form, inspector);
    const { fields, keys, ofPerson, before, after } = await changedBy(ctx, inspector, read);
    if (fields.length === 0) throw problem('thing.nothingChanges', { what: '登记表' });
    const linked = keys.includes('personId');
    // What the person never saw is not filled by the person: he looks at it and saves it again.
    const unseen = inspector.state === 'draft' && inspector.filledOn !== null && (linked || ofPerson);
    const content = unseen ? { ...read.content, filledOn: null } : read.content;
    const next = await updateInspector(ctx.db, inspector, content, ctx.now);
    const changed = { ...inspector, ...content };
    await writeBeside(ctx.db, changed, read.posts, read.relations);
    if (fields.includes('earlierTerms')) await writeEarlierTerms(ctx.db, changed, read.earlierTerms ?? []);
    if (linked) await writeAccountBeside(ctx.db, changed);
    await ctx.record(recordOf(changed, 'edited', { fields, before, after }));
    // Who is in office was judged as the form stood, and the person filled it as it stood: the history says what is another since.
    if (inspector.state === 'serving' || inspector.filledOn !== null) {
      await writeSteps(ctx.db, [{ subject: inspector, from: inspector.state, to: inspector.state }], {
        ...{ action: 'edit', actor: ctx.actor, at: ctx.now, reason: changedLine(fields) },
      });
    }
    if (inspector.state === 'draft' && (linked || unseen)) {
      const note = unseen && !linked ? `聘任单位修改了${changedLine(fields)}，请核对后保存` : null;
      await tellInspector(ctx, changed, 'inspector.formAsked', note);
    }
    return { id: inspector.id, state: inspector.state, revision: next };
  }),

  on(inspectors.bodies, async (ctx, { query }) => ({ rows: await listBodies(ctx.db, query.search, mostBodies) })),

  on(inspectors.avoidance, async (ctx, { params, query }) => {
    const inspector = await loadInspector(ctx, params.inspectorId);
    const subject = await findSubject(ctx.db, { unitId: query.unitId, schoolId: query.schoolId });
    if (!subject) throw problem('thing.notFound', { what: '个单位或学校' });
    const held = await listPosts(ctx.db, inspector);
    const { employer, employerUnitId, employerSchoolId, post } = inspector;
    const present = {
      body: { written: employer, unitId: employerUnitId, schoolId: employerSchoolId },
      ...{ post, leftOn: null, present: true },
    };
    const posts = [
      ...(employer === '' ? [] : [present]),
      ...held.map(({ body, post: held, leftOn }) => ({ body, post: held, leftOn, present: false })),
    ];
    const relations = await listRelations(ctx.db, inspector);
    const unlinked = unlinkedBodies([...posts, ...relations].map(({ body }) => body));
    const grounds = avoidanceOf({ posts, relations }, subject, inspectorRules, ctx.today);
    return { subject: subject.name, unlinked, grounds };
  }),
];
