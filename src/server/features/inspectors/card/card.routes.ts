import * as inspectors from '#contract/inspectors/inspectors.ts';
import { type FileToMake, pdfType } from '#contract/route.ts';
import { type Beforehand, type Context, serving } from '#core/access/serve.ts';
import { type Actor, signatureOf } from '#domain/access/actor.ts';
import { cardLacking, cardOf, mostCards } from '#domain/inspection/card.ts';
import { problem } from '#domain/kit/problem.ts';
import { officeOf } from '#domain/letter/office.ts';
import { loadInspector, loadOwn, lockFor, lockOwn, recordOf } from '../inspector.act.ts';
import { findUnitNames } from '../inspector.detail.store.ts';
import { findInspectors, findListed, type ListedInspector, mostExported } from '../inspector.list.store.ts';
import {
  findInspector,
  findOwnInspector,
  type Inspector,
  type InspectorHandle,
  updateInspector,
} from '../inspector.store.ts';
import { addressOf, squareOf } from './photograph.act.ts';
import { findPhotographs, type PhotographRow, writePhotograph } from './photograph.store.ts';

const on = serving<InspectorHandle>();
type Ctx = Context<InspectorHandle>;

/** The picture of an entry, drawn before the act: nobody holds a connection meanwhile. */
async function drawn(
  actor: Actor,
  { reading, files, gone }: Beforehand<InspectorHandle>,
  find: (db: InspectorHandle) => Promise<Inspector | undefined>,
): Promise<string | null> {
  const photograph = await reading(async (db): Promise<PhotographRow | undefined> => {
    const inspector = await find(db);
    return inspector && (await findPhotographs(db, inspector.placeId, [inspector.id]))[0];
  });
  return addressOf(await squareOf(photograph, { files, actor, gone }));
}

async function hang(ctx: Ctx, inspector: Inspector, uploadId: string): Promise<{ id: string }> {
  if (!(await writePhotograph(ctx.db, inspector, uploadId, signatureOf(ctx.actor)))) {
    throw problem('inspector.photograph');
  }
  // Whoever judged or sent back the entry has seen another picture.
  await updateInspector(ctx.db, inspector, {}, ctx.now);
  await ctx.record(recordOf(inspector, 'photographSet', { fields: ['photograph'] }));
  return { id: inspector.id };
}

/** Cards of inspectors who lack nothing for them, printed when the transaction has ended. */
async function printed(ctx: Ctx, rows: readonly ListedInspector[], fileName: string): Promise<FileToMake> {
  const { db, files, press, actor, today } = ctx;
  const places = [...new Set(rows.map(({ placeId }) => placeId))];
  const units = await findUnitNames(db, places);
  const photographs = new Map<string, PhotographRow>();
  for (const placeId of places) {
    const ids = rows.filter((row) => row.placeId === placeId).map(({ id }) => id);
    for (const one of await findPhotographs(db, placeId, ids)) photographs.set(one.inspectorId, one);
  }
  const issuerOf = ({ placeId }: ListedInspector) => officeOf(units.get(placeId) ?? '');
  return {
    fileName,
    contentType: pdfType,
    body: async (gone) => {
      const signal = gone as AbortSignal | undefined;
      const cards = [];
      // One after another: a person has one turn at the drawing of pictures.
      for (const row of rows) {
        const picture = await squareOf(photographs.get(row.id), { files, actor, gone: signal });
        cards.push(cardOf(row, issuerOf(row), picture));
      }
      const sheet = { title: '督学证', author: issuerOf(rows[0]!), day: today, cards };
      return (await press.printCards(sheet, { who: actor.userId, gone: signal })).bytes;
    },
  };
}

export const inspectorCardRoutes = [
  on(
    inspectors.photograph,
    async (ctx, { params }, picture: string | null) => {
      await loadInspector(ctx, params.inspectorId);
      return { picture };
    },
    ({ params }, actor, beforehand) =>
      drawn(actor, beforehand, (db) => findInspector(db, beforehand.scope, params.inspectorId)),
  ),

  on(
    inspectors.ownPhotograph,
    async (ctx, { params }, picture: string | null) => {
      await loadOwn(ctx, params.inspectorId);
      return { picture };
    },
    ({ params }, actor, beforehand) =>
      drawn(actor, beforehand, (db) => findOwnInspector(db, actor.userId, params.inspectorId)),
  ),

  on(inspectors.setPhotograph, async (ctx, { params, body }) =>
    hang(ctx, await lockFor(ctx, params.inspectorId, 'edit'), body.uploadId),
  ),

  on(inspectors.setOwnPhotograph, async (ctx, { params, body }) => {
    if ((await loadOwn(ctx, params.inspectorId)).state !== 'draft') throw problem('inspector.formClosed');
    return hang(ctx, await lockOwn(ctx, params.inspectorId), body.uploadId);
  }),

  on(inspectors.cards, async (ctx, { query }) => {
    const { actor, today } = ctx;
    const found = await findInspectors(ctx.db, ctx.scope, { filter: query, actor, today }, mostExported);
    const rows = found.filter((row) => cardLacking(row, today) === null);
    if (rows.length === 0) throw problem('inspector.noCards');
    if (rows.length > mostCards) throw problem('inspector.cardsMany', { count: rows.length, most: mostCards });
    return printed(ctx, rows, `督学证_${today}.pdf`);
  }),

  on(inspectors.card, async (ctx, { params }) => {
    const row = await findListed(ctx.db, await loadInspector(ctx, params.inspectorId));
    const why = cardLacking(row, ctx.today);
    if (why !== null) throw problem('inspector.noCard', { why });
    return printed(ctx, [row], `督学证_${row.name}.pdf`);
  }),
];
